// What `make doctor` and `make test` say of the local cluster.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildPart, type BuildPlace, NotBuilt, type Part, partFolder } from "../go-build";
import { clusterStatus } from "./cluster";
import { missingParts, parts } from "./parts";
import { findProvider, presentProvider } from "./provider";

/** A line of `make doctor`. */
export interface Line {
  readonly what: string;
  readonly found: string;
  readonly remedy?: string;
}

/**
 * How the parts of the cluster are, and whether it runs.
 *
 * @param cache the user's cache
 * @param folder the cluster's folder
 */
export function statusLines(cache: string, folder: string, hasGo: boolean): readonly Line[] {
  const missing = missingParts(cache);
  const minutes = missing.reduce((sum, part) => sum + part.minutes, 0);
  const there = parts.filter((part) => !missing.includes(part)).map((part) => described(cache, part));
  const lacking = missing.map(({ name, version }) => `${name} ${version} is not built`);
  const builds = "the first run of a program with Kubernetes objects, or `make test`, builds them";
  const remedy = hasGo
    ? `${builds}: about ${minutes} CPU minutes`
    : "install Go 1.26 or later (https://go.dev/doc/install), or name a test cluster of your own: KUBECONTEXT=kind-test with the official plugin";
  const provider = presentProvider(cache);
  return [
    { what: "kubernetes", found: [...there, ...lacking].join(", "), ...(missing.length > 0 && { remedy }) },
    { what: "kubernetes plugin", found: provider === undefined ? "none yet" : `from ${provider.from} (${provider.file})` },
    { what: "kubernetes cluster", found: running(folder) },
  ];
} // prettier-ignore

function running(folder: string): string {
  const status = clusterStatus(folder);
  if (status === undefined) return "not running; it is started when it is needed (about 15 s)";
  const { readyAfter, supervisor } = status.running;
  const ready = readyAfter === undefined ? "is starting" : `was ready after ${(readyAfter / 1000).toFixed(1)} s`;
  return `process ${supervisor.pid}, ${ready}, ${(status.memory / 2 ** 30).toFixed(1)} GiB of memory`;
}

function described(cache: string, part: Part): string {
  return `${part.name} ${part.version} (${Math.round(sizeOf(partFolder(cache, part)) / 1e6)} MB)`;
}

function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}

/**
 * Builds all parts, so that specs of Kubernetes have something to run on.
 *
 * @returns why they can't be had; undefined when they are there
 */
export async function buildAll(place: BuildPlace, cli: string): Promise<string | undefined> {
  try {
    await findProvider(place, cli);
    for (const part of missingParts(place.cache)) await buildPart(part, place);
    return undefined;
  } catch (error) {
    if (!(error instanceof NotBuilt)) throw error;
    return error.message;
  }
}
