// Builds the CLI from its Go module, with the versions that go/go.sum locks, once per version and user.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Attempt } from "./find-cli";
import { versions } from "./pinned";
import { collect, onPath } from "./process";
import { duration, type Say } from "./say";

const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const progressMilliseconds = 15_000;

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
  }, progressMilliseconds);
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
