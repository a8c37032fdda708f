// Where things are: the code of this package, the project that it runs on, and the cache of the user.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The code of this package: the clone, or `dist` in the installed package. */
export const root = join(__dirname, "..");

/** Whether the sources run; in the installed package, what was compiled from them runs. */
export const isClone = __filename.endsWith(".ts");

/** The folder of this package's package.json. */
export const packageFolder = isClone ? root : join(root, "..");

/** The project: the nearest folder with a Pulumi.yaml at or above the working directory; else the clone, which is one itself. */
export const project = projectAbove(process.cwd()) ?? (isClone ? packageFolder : process.cwd());

/** Files of offline runs; ignored by git, removed by `make clean`. */
export const work = join(project, ".archipelago");

/** The policy pack with every rule. */
export const everyRule = join(packageFolder, "policy", "all");

/** Node's option that loads TypeScript and makes the SDK start faster; for offline runs and for programs of this package. */
export const preload = ["--require", join(root, "cli", "preload.cjs")] as const;

/** The command line of a program of this package, named without its extension: `cli/host/main`. */
export function programOf(path: string, args: readonly string[] = []) {
  return { file: process.execPath, args: [...preload, join(root, `${path}${isClone ? ".ts" : ".js"}`), ...args] };
}

function projectAbove(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** CLIs that were downloaded or built, one folder a version, for every project of this user. */
export function userCache(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME;
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "archipelago");
}

/** The files of one offline stack. */
export interface StackPlaces {
  /** The engine's file backend. */
  readonly state: string;
  /** What the emulated cloud holds, apart from the engine's state: one for every stack, by account and region as in AWS. */
  readonly cloud: string;
  /** A project folder for the engine to write the stack's encryption salt into, away from tracked files. */
  readonly init: string;
  /** The engine's login at the server of the state. */
  readonly login: string;
  /** The stack's configuration as the engine reads it: the tracked file and the salt. */
  readonly config: string;
}

export function stackPlaces(folder: string, stack: string): StackPlaces {
  const base = join(folder, "stacks", stack);
  return {
    state: join(base, "state"),
    cloud: join(folder, "cloud"),
    init: join(base, "init"),
    login: join(base, "login"),
    config: join(base, `Pulumi.${stack}.yaml`),
  };
}
