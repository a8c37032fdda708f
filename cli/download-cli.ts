// Gets the official CLI with the SDK's own installer, which also brings the official language hosts.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Attempt } from "./find-cli";
import { versions } from "./pinned";
import { root } from "./places";
import { collect, executable } from "./process";
import { duration, type Say } from "./say";

const site = "https://get.pulumi.com/";
const answerMilliseconds = 10_000;
const installMilliseconds = 300_000;

/** Where a finished download is. */
export function downloadedCli(cache: string): string {
  return join(cache, `pulumi-v${versions.cli}-official`, "bin", "pulumi");
}

/** Downloads into the cache; gives up after 10 s when nothing answers. */
export async function downloadCli(cache: string, say: Say): Promise<Attempt> {
  say(`looking for the official Pulumi CLI ${versions.cli} at get.pulumi.com (10 s at most)`);
  const unreachable = await silence(site);
  if (unreachable !== undefined) return { failed: `get.pulumi.com does not answer (${unreachable})` };
  const start = performance.now();
  mkdirSync(cache, { recursive: true });
  const stage = mkdtempSync(join(cache, ".downloading-"));
  try {
    const { code, stderr } = await collect({
      file: process.execPath,
      args: ["-r", join(root, "start.cjs"), join(__dirname, "install-official.ts"), stage, versions.cli],
      timeout: installMilliseconds,
    });
    if (code !== 0 || !executable(join(stage, "bin", "pulumi"))) {
      return { failed: `the official installer ended with status ${code}: ${stderr.trim().split("\n").at(-1) ?? ""}` };
    }
    const target = join(cache, `pulumi-v${versions.cli}-official`);
    rmSync(target, { recursive: true, force: true });
    renameSync(stage, target);
    say(`installed the official Pulumi CLI ${versions.cli} (${duration(performance.now() - start)})`);
    return { path: downloadedCli(cache) };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Why a site does not answer; nothing when it does. */
async function silence(url: string): Promise<string | undefined> {
  try {
    await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(answerMilliseconds) });
    return undefined;
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return reason instanceof Error ? reason.message : String(reason);
  }
}
