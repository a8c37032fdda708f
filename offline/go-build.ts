// Builds programs from their Go modules, with the versions that a go.sum locks, once per version and user: the Pulumi CLI and what a local
// cluster consists of, where nothing official can be downloaded.
import { spawn } from "node:child_process";
import {
  copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync,
} from "node:fs"; // prettier-ignore
import { constants, setPriority } from "node:os";
import { basename, delimiter, join } from "node:path";
import { locked } from "./kubernetes/lock";

/** Prints a progress line. */
export type Say = (line: string) => void;

/** A Go module and the programs that are built from it. */
export interface Part {
  /** For a person. */
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** Folder whose go.mod and go.sum pin the module and all that it needs. */
  readonly source: string;
  /** Its folder in the user's cache (`kubernetes-etcd-v3.6.16-built`). */
  readonly folder: string;
  /** Name of each program and its Go package. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables that the linker sets. */
  readonly variables: Readonly<Record<string, string>>;
  /** Files of a module that the build needs beside `main.go`, as paths in the module. */
  readonly sources?: readonly string[];
  /** Folders of the module that are kept beside the programs, and their new names. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** CPU minutes of a cold build, for the progress line. */
  readonly minutes: number;
  /** Packages that a cold build compiles, for the progress line. */
  readonly packages: number;
}

/** Where a finished part is. */
export const partFolder = (cache: string, { folder }: Part): string => join(cache, folder);

/** A failure that its message explains to a person. */
export class NotBuilt extends Error {}

export interface BuildPlace {
  /** The user's cache. */
  readonly cache: string;
  readonly say: Say;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Lets everything else on the machine go first.
   * @default false
   */
  readonly background?: boolean;
}

const LOW_PRIORITY = constants.priority.PRIORITY_BELOW_NORMAL;
const progressMilliseconds = 15_000;
/** Bytes that the largest part's build needs in Go's caches and beside them. */
const neededDisk = 6e9;

/** Whether all programs of a part are there. */
export function isBuilt(cache: string, part: Part): boolean {
  return existsSync(partFolder(cache, part));
}

/**
 * Builds a part into the cache unless it is there.
 *
 * @returns the folder with its programs
 * @throws NotBuilt with the reason
 */
export async function buildPart(part: Part, place: BuildPlace): Promise<string> {
  const { cache, say } = place;
  const folder = partFolder(cache, part);
  if (isBuilt(cache, part)) return folder;
  const waiting = ({ pid }: { readonly pid: number }): void => {
    say(`process ${pid} is building ${part.name}; waiting for it`);
  };
  return locked(
    `${folder}.lock`,
    async () => {
      if (!isBuilt(cache, part)) await buildInto(folder, part, place);
      return folder;
    },
    waiting,
  );
}

/** A build that is cut off leaves nothing that would be taken for a finished one; the next build removes what it left. */
async function buildInto(folder: string, part: Part, place: BuildPlace): Promise<void> {
  const { cache } = place;
  mkdirSync(cache, { recursive: true });
  const { bavail, bsize } = statfsSync(cache);
  if (bavail * bsize < neededDisk)
    throw new NotBuilt(`the disk of ${cache} has ${gigabytes(bavail * bsize)} free: a build needs ${gigabytes(neededDisk)}`);
  const prefix = `.building-${basename(folder)}-`;
  for (const left of readdirSync(cache).filter((name) => name.startsWith(prefix)))
    rmSync(join(cache, left), { recursive: true, force: true });
  const stage = mkdtempSync(join(cache, prefix));
  const removeStage = (): void => {
    rmSync(stage, { recursive: true, force: true });
  };
  process.once("exit", removeStage);
  try {
    await compile(goIn(join(stage, "source"), place), part, stage, place.say);
    removeStageSource(stage);
    renameSync(stage, folder);
  } finally {
    removeStage();
    process.off("exit", removeStage);
  }
} // prettier-ignore

/** Copies of files in Go's module cache are read-only: they are removed with the stage's source. */
function removeStageSource(stage: string): void {
  rmSync(join(stage, "source"), { recursive: true, force: true });
}

async function compile(go: Go, part: Part, stage: string, say: Say): Promise<void> {
  const { name, module, version, programs, variables, minutes, packages } = part;
  const what = `${Object.keys(programs).join(", ")} ${version}`;
  const start = performance.now();
  const elapsed = (): string => inMinutes(performance.now() - start);
  let [compiled, fetched] = [0, 0];
  say(`building ${what} from the Go module ${module}, once: about ${minutes} CPU minutes`);
  const progress = setInterval(() => {
    const share = `${Math.min(compiled, packages)} of about ${packages} packages compiled, ${fetched} modules fetched`;
    say(`building ${name}: ${share}, ${elapsed()}`);
  }, progressMilliseconds);
  try {
    cpSync(part.source, join(stage, "source"), { recursive: true });
    const count = (line: string): void => {
      if (line.startsWith("go: downloading")) fetched += 1;
      else compiled += 1;
    };
    await copyFromModule(go, part, stage, count);
    const flags = ["-s", "-w", ...Object.entries(variables).map(([key, value]) => `-X ${key}=${value}`)].join(" ");
    for (const [program, goPackage] of Object.entries(programs))
      await go.run(["build", "-v", "-trimpath", `-ldflags=${flags}`, "-o", join(stage, program), goPackage], count);
  } finally {
    clearInterval(progress);
  }
  say(`built ${what} (${elapsed()})`);
}

async function copyFromModule(go: Go, part: Part, stage: string, onLine: (line: string) => void): Promise<void> {
  const { module, sources = [], keeps = {} } = part;
  if (sources.length === 0 && Object.keys(keeps).length === 0) return;
  // `go list -m` names no folder for a module that nobody has fetched yet.
  const { Dir: folder } = JSON.parse(await go.run(["mod", "download", "-json", module], onLine)) as { Dir: string };
  for (const file of sources) copyFileSync(join(folder, file), join(stage, "source", basename(file)));
  for (const [from, to] of Object.entries(keeps)) copyFolder(join(folder, from), join(stage, to));
}

/**
 * Go in a folder.
 *
 * @throws NotBuilt when there is no Go
 */
export function goIn(folder: string, place: BuildPlace): Go {
  const file = goOnPath(place.environment.PATH);
  if (file === undefined) throw new NotBuilt("there is no Go here (no `go` on PATH)");
  return new Go(file, folder, place);
}

/** Copies without the read-only mode of Go's module cache. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copyFolder(join(from, entry.name), join(to, entry.name));
    else copyFileSync(join(from, entry.name), join(to, entry.name));
  }
}

/** Go in a folder with a go.mod. What the user has set for Go's own work must not change a build; proxies and caches stay theirs. */
class Go {
  constructor(
    private readonly file: string,
    private readonly folder: string,
    private readonly place: BuildPlace,
  ) {}

  /** @throws NotBuilt with the last lines that Go printed */
  run(args: readonly string[], onLine: (line: string) => void): Promise<string> {
    const own = { GOFLAGS: "-mod=readonly", GOWORK: "off", GOTOOLCHAIN: "auto", GO111MODULE: "on", CGO_ENABLED: "0" };
    const { environment, background = false } = this.place;
    const child = spawn(this.file, args, { cwd: this.folder, env: { ...environment, ...own } });
    // Go's compilers inherit it.
    if (background && child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
    const end = (): void => {
      child.kill();
    };
    process.once("exit", end);
    let [out, rest] = ["", ""];
    const lines: string[] = [];
    child.stdout.on("data", (data: Buffer) => (out += data.toString("utf8")));
    child.stderr.on("data", (data: Buffer) => {
      const read = (rest + data.toString("utf8")).split("\n");
      rest = read.pop() ?? "";
      lines.push(...read.filter((line) => !line.startsWith("go: downloading")));
      read.forEach(onLine);
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        process.off("exit", end);
        if (code === 0) resolve(out);
        else reject(new NotBuilt(`go ${args[0] ?? ""} failed:\n${[...lines, rest].slice(-12).join("\n").trim()}`));
      });
    });
  }
}

/** The `go` of a PATH. */
export function goOnPath(path: string | undefined): string | undefined {
  return (path ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "go"))
    .find((file) => existsSync(file));
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function inMinutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
