// Gets a Pulumi CLI into the user's cache: the official one with the SDK's own installer, which also brings the official language hosts;
// or one built from its Go module, with the versions that go/go.sum locks. Once per version and user.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { collect, executable, onPath } from "./process";
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

const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const buildProgressMilliseconds = 15_000;

/** Where a finished build is. */
export function builtCli(cache: string): string {
  return join(cache, `pulumi-v${versions.cli}-built`, "pulumi");
}

/** Builds into the cache. A build that is cut off leaves nothing that would be taken for a finished one. */
export async function buildCli(cache: string, say: Say, environment: NodeJS.ProcessEnv): Promise<Attempt> {
  const go = onPath("go", environment.PATH)[0];
  if (go === undefined) return { failed: "there is no Go here (no `go` on PATH)" };
  mkdirSync(cache, { recursive: true });
  const stage = mkdtempSync(join(cache, ".building-"));
  const removeStage = (): void => {
    rmSync(stage, { recursive: true, force: true });
  };
  process.once("exit", removeStage);
  try {
    cpSync(join(__dirname, "go"), join(stage, "source"), { recursive: true });
    const failed = await compile(go, stage, say, environment);
    if (failed !== undefined) return { failed };
    rmSync(join(stage, "source"), { recursive: true });
    const target = join(cache, `pulumi-v${versions.cli}-built`);
    // Another clone may have finished first; its build is as good as this one.
    if (!existsSync(builtCli(cache))) {
      rmSync(target, { recursive: true, force: true });
      renameSync(stage, target);
    }
    return { path: builtCli(cache) };
  } finally {
    removeStage();
    process.off("exit", removeStage);
  }
}

async function compile(
  go: string,
  stage: string,
  say: Say,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const start = performance.now();
  const expected = versions.buildPackages;
  let compiled = 0;
  let fetched = 0;
  say(`building the Pulumi CLI ${versions.cli} from its Go module, once: about 4 minutes on two cores`);
  const progress = setInterval(() => {
    const share = `${Math.min(compiled, expected)} of about ${expected} packages compiled, ${fetched} modules fetched`;
    say(`building the Pulumi CLI: ${share}, ${duration(performance.now() - start)}`);
  }, buildProgressMilliseconds);
  const { code, stderr } = await collect({
    file: go,
    args: [
      "build",
      "-v",
      "-trimpath",
      `-ldflags=-s -w -X ${versionVariable}=v${versions.cli}`,
      "-o",
      join(stage, "pulumi"),
      command,
    ],
    cwd: join(stage, "source"),
    env: goEnvironment(environment),
    onErrorLine: (line) => {
      if (line.startsWith("go: downloading")) fetched += 1;
      else compiled += 1;
    },
  });
  clearInterval(progress);
  if (code !== 0) return `go build failed:\n${lastLines(stderr)}`;
  say(`built the Pulumi CLI (${duration(performance.now() - start)})`);
  return undefined;
}

/** Whatever the user has set for Go's own work must not change this build; proxies and caches stay theirs. */
function goEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...environment,
    GOFLAGS: "-mod=readonly",
    GOWORK: "off",
    GOTOOLCHAIN: "auto",
    GO111MODULE: "on",
    CGO_ENABLED: "0",
  };
}

function lastLines(text: string): string {
  const lines = text
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("go: downloading"));
  return lines
    .slice(-12)
    .map((line) => `     ${line}`)
    .join("\n");
}
