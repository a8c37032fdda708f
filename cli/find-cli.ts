// Finds the Pulumi CLI: an installed one that is recent enough; else the official download; else one built from source.
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { gte, valid } from "semver";
import { type Attempt, buildCli, builtCli, downloadCli, downloadedCli } from "./install-cli";
import { userCache } from "./places";
import { collect, executable, Explained, onPath } from "./process";
import type { Say } from "./say";
import { versions } from "./versions";

/** A CLI that has answered `pulumi version`. */
export interface Cli {
  readonly path: string;
  readonly version: string;
  readonly from: "PATH" | "cache" | "download" | "build";
}

/** The functions of the machine that the search uses; specs replace them. */
export interface Machine {
  /** CLIs that the user has, best first. */
  readonly own: () => readonly string[];
  /** CLIs that an earlier run has left in the cache, best first. */
  readonly cached: () => readonly string[];
  /** Version that a CLI prints; undefined when it does not run. */
  readonly version: (path: string) => Promise<string | undefined>;
  /** Gets the official CLI; returns its path, or the reason why it is not to be had. */
  readonly download: () => Promise<Attempt>;
  /** Builds the CLI; returns its path, or the reason why it can't be built. */
  readonly build: () => Promise<Attempt>;
}

/** Finds a CLI that is already here. */
export async function presentCli(machine: Machine, say: Say): Promise<Cli | undefined> {
  for (const path of machine.own()) {
    const version = await machine.version(path);
    if (version !== undefined && gte(version, versions.minimumCli)) return { path, version, from: "PATH" };
    say(`${path} is ${version ?? "not working"}; ${versions.minimumCli} or later is needed, so it is not used`);
  }
  for (const path of machine.cached()) {
    const version = await machine.version(path);
    if (version !== undefined) return { path, version, from: "cache" };
  }
  return undefined;
}

/** Finds a CLI, and gets one when there is none. */
export async function findCli(machine: Machine, say: Say): Promise<Cli> {
  const present = await presentCli(machine, say);
  if (present !== undefined) return present;
  const downloaded = await checked(machine, await machine.download());
  if ("path" in downloaded) return { ...downloaded, from: "download" };
  say(`the official CLI is not to be had here: ${downloaded.failed}`);
  const built = await checked(machine, await machine.build());
  if ("path" in built) return { ...built, from: "build" };
  throw new Explained(noCli(downloaded.failed, built.failed));
}

/** The error message when neither the download nor the build yields a CLI. */
export function noCli(download: string, build: string): string {
  return [
    "There is no Pulumi CLI here, and it could not be got in either of the two ways:",
    `  1. download: ${download}`,
    `  2. build: ${build}`,
    "One of these helps:",
    `  1. install the official CLI, ${versions.minimumCli} or later, so that \`pulumi\` is on PATH (https://www.pulumi.com/docs/install/),`,
    "     or let this machine reach get.pulumi.com",
    `  2. install Go 1.25 or later (https://go.dev/doc/install) with a module proxy within reach: the CLI is then built once, in about 4 minutes`,
  ].join("\n");
}

/** Where a CLI came from, for a person. */
export function sourceOf(cli: Cli): string {
  switch (cli.from) {
    case "PATH":
      return cli.path;
    case "cache":
      return "the user's cache";
    case "download":
      return "the official site";
    case "build":
      return "its Go module";
  }
}

async function checked(
  machine: Machine,
  attempt: Attempt,
): Promise<{ path: string; version: string } | { failed: string }> {
  if ("failed" in attempt) return attempt;
  const version = await machine.version(attempt.path);
  return version === undefined ? { failed: `${attempt.path} does not run here` } : { path: attempt.path, version };
}

/** The machine we are on. */
export function thisMachine(say: Say, environment: NodeJS.ProcessEnv = process.env): Machine {
  const cache = userCache(environment);
  return {
    own: () => ownClis(environment),
    cached: () => [downloadedCli(cache), builtCli(cache)].filter(executable),
    version: (path) => versionOf(path),
    download: () => downloadCli(cache, say),
    build: () => buildCli(cache, say, environment),
  };
}

/** CLIs on PATH, then where the official installer puts them without being on PATH. */
function ownClis(environment: NodeJS.ProcessEnv): readonly string[] {
  const usual = join(environment.HOME ?? homedir(), ".pulumi", "bin", "pulumi");
  return [...new Set([...onPath("pulumi", environment.PATH), ...[usual].filter(executable)])];
}

async function versionOf(path: string): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { code, stdout } = await collect({ file: path, args: ["version"], env, timeout: 20_000 });
  const version = valid(stdout.trim());
  return code === 0 && version !== null ? version : undefined;
}

/** The Node language host that comes with a CLI; the engine looks for it beside the real file first. */
export function languageHostBeside(cli: string): string | undefined {
  const host = join(dirname(realpathSync(cli)), "pulumi-language-nodejs");
  return executable(host) ? host : undefined;
}
