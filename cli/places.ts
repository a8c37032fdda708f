// Where things are: in the clone what belongs to it, in the user's cache what every clone shares.
import { homedir } from "node:os";
import { join } from "node:path";

/** The clone. */
export const root = join(__dirname, "..");

/** What offline runs make; ignored by git, removed by `make clean`. */
export const work = join(root, ".archipelago");

/** CLIs that were downloaded or built, one folder a version, for every clone of this user. */
export function userCache(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME;
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "archipelago");
}

/** The files of one offline stack. */
export interface StackPlaces {
  /** The engine's file backend. */
  readonly state: string;
  /** What the emulated cloud holds, apart from the engine's state: one for every stack, by account and region as in life. */
  readonly cloud: string;
  /** A project folder for the engine to write the stack's encryption salt into, away from tracked files. */
  readonly init: string;
  /** The stack's configuration as the engine reads it: the tracked file and the salt. */
  readonly config: string;
}

export function stackPlaces(folder: string, stack: string): StackPlaces {
  const base = join(folder, "stacks", stack);
  return {
    state: join(base, "state"),
    cloud: join(folder, "cloud"),
    init: join(base, "init"),
    config: join(base, `Pulumi.${stack}.yaml`),
  };
}
