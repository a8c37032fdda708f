// Gets a Pulumi CLI into the user's cache: the official one with the SDK's own installer, which also brings the official language hosts;
// or one built from its Go module, with the versions that go/go.sum locks. Once per version and user.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildPart, NotBuilt, type Part, partFolder } from "../offline/go-build";
import { collect, executable } from "./process";
import { duration, type Say } from "./say";
import { versions } from "./versions";

/** Where an attempt to get a CLI has put it, or why it failed. */
export type Attempt = { readonly path: string } | { readonly failed: string };

const site = "https://get.pulumi.com/";
const answerMilliseconds = 10_000;
const installMilliseconds = 300_000;
/** A process of its own, because the SDK's installer has no time limit. */
const installer = `
  const [automation, semver, root, version] = process.argv.slice(1);
  const { PulumiCommand } = require(automation);
  PulumiCommand.install({ root, version: new (require(semver).SemVer)(version) }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
`;

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
      args: ["-e", installer, ...installerModules(), stage, versions.cli],
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

function installerModules(): readonly string[] {
  const { resolve } = createRequire(__filename);
  return ["@pulumi/pulumi/automation", "semver"].map((name) => resolve(name));
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

/** The CLI as it is built from its Go module. */
const built: Part = {
  name: "the Pulumi CLI",
  module: "github.com/pulumi/pulumi/pkg/v3",
  version: versions.cli,
  source: join(__dirname, "go"),
  folder: `pulumi-v${versions.cli}-built`,
  programs: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${versions.cli}` },
  minutes: 8,
  packages: versions.buildPackages,
};

/** Where a finished build is. */
export function builtCli(cache: string): string {
  return join(partFolder(cache, built), "pulumi");
}

/** Builds into the cache. */
export async function buildCli(cache: string, say: Say, environment: NodeJS.ProcessEnv): Promise<Attempt> {
  try {
    await buildPart(built, { cache, say, environment });
    return { path: builtCli(cache) };
  } catch (error) {
    if (!(error instanceof NotBuilt)) throw error;
    return { failed: error.message };
  }
}
