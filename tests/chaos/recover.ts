// docs/runbooks/recovery.md as a program: the same steps in the same order, nothing that a person could not do.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { OfflineStack } from "../../cli/offline-stack";
import type { Outcome } from "../../cli/process";
import type { Tags } from "./account";
import { locked, projectOf, stateFile } from "./inject";
import { deleteAll, keyOf, orphans, storesOf } from "./inventory";

/** What a recovery did. */
export interface Recovery {
  /** Steps that had something to do. */
  readonly steps: readonly string[];
  readonly orphans: number;
  /** Why it did not get to the end. */
  readonly problems: readonly string[];
  /** All that was printed. */
  readonly printed: string;
}

/** How often steps 4 to 6 are gone through before a person is called. */
const rounds = 8;

interface Log {
  readonly steps: string[];
  readonly printed: string[];
  /** Keeps what a command printed, and that it was of use; answers whether it ended well. */
  readonly note: (outcome: Outcome, what: string) => boolean;
}

/**
 * Recovers a stack.
 * @param verb what was wanted: `up` or `destroy`
 * @param tags what everything of the stack carries
 * @param kept identities of data that must never be deleted as an orphan
 */
export async function recover(
  stack: OfflineStack,
  verb: "up" | "destroy",
  tags: Tags,
  kept: ReadonlySet<string>,
): Promise<Recovery> {
  const steps: string[] = [];
  const printed: string[] = [];
  const note = ({ code, stdout, stderr }: Outcome, what: string): boolean => {
    printed.push(stdout, stderr);
    if (code === 0) steps.push(what);
    return code === 0;
  };
  const log: Log = { steps, printed, note };
  const made = await prepared(stack, log);
  const found = made.length > 0 ? { orphans: 0, problems: made } : await again(stack, verb, tags, kept, log);
  return { steps, ...found, printed: printed.join("\n") };
}

/** Steps 1 to 3: nobody holds the lock, and the state is whole. */
async function prepared(stack: OfflineStack, { steps, note }: Log): Promise<readonly string[]> {
  await unlock(stack, note);
  if (dropCutOffAttributes(stack) > 0) steps.push("attributes");
  const whole = restore(stack);
  if (whole === "lost") return ["no whole state is left"];
  if (whole === "restored") steps.push("restore");
  const repaired = await stack.collect(["state", "repair", "--yes"]);
  return note(repaired, "repair") ? [] : [`state repair failed: ${errorsOf(repaired)}`];
}

/** Step 1. With no lock left there is nothing to cancel, and the command says so. */
async function unlock(stack: OfflineStack, note: Log["note"]): Promise<void> {
  if (locked(stack)) note(await stack.collect(["cancel", "--yes"]), "cancel");
}

/** Steps 4 to 6, until what was wanted is done. */
async function again(
  stack: OfflineStack,
  verb: "up" | "destroy",
  tags: Tags,
  kept: ReadonlySet<string>,
  { note }: Log,
): Promise<Pick<Recovery, "orphans" | "problems">> {
  let removed = 0;
  let last = "";
  for (let round = 0; round < rounds; round += 1) {
    // A run of the recovery's own may have been cut off as well.
    await unlock(stack, note);
    const learn = [...operation(stack, "refresh"), "--skip-preview", "--clear-pending-creates"];
    const refreshed = await stack.collect(learn);
    // Without step 4 the state may not know what it should: step 5 would delete it.
    if (!note(refreshed, "refresh")) {
      last = errorsOf(refreshed);
      continue;
    }
    const { orphans: gone, problems } = await clear(stack, tags, kept);
    removed += gone;
    if (problems.length > 0) return { orphans: removed, problems };
    // What fails for the moment holds up what needs it, and nothing else.
    const outcome = await stack.collect([...operation(stack, verb), "--skip-preview", "--continue-on-error"]);
    if (note(outcome, verb)) return { orphans: removed, problems: [] };
    last = errorsOf(outcome);
  }
  return { orphans: removed, problems: [`${verb} did not end well in ${rounds} rounds: ${last}`] };
}

/** Step 5: what no state knows goes, unless it holds data that was there before. */
async function clear(
  stack: OfflineStack,
  tags: Tags,
  kept: ReadonlySet<string>,
): Promise<Pick<Recovery, "orphans" | "problems">> {
  const strangers = await orphans(stack, tags);
  const data = new Set(storesOf(strangers).filter((key) => kept.has(key)));
  const made = strangers.filter((entry) => !data.has(keyOf(entry)));
  const refusals = deleteAll(stack.places.cloud, made);
  const needed = [...data].map((key) => `the state no longer knows ${key}, which holds data`);
  return { orphans: made.length, problems: [...refusals, ...needed] };
}

function operation(stack: OfflineStack, verb: string): readonly string[] {
  return [verb, "--yes", "--color", "never", "--config-file", stack.setup.configFile ?? ""];
}

/**
 * Removes attribute files that an engine was killed in the middle of writing: the backend writes them in place, reads none where
 * there is none, and can't read a state beside an empty one.
 */
function dropCutOffAttributes({ places }: OfflineStack): number {
  const folder = join(places.state, ".pulumi");
  const cutOff = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".attrs"))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).size === 0);
  for (const file of cutOff) rmSync(file);
  return cutOff.length;
}

/** Copies the newest whole backup over a state that was cut off while it was written. */
function restore(stack: OfflineStack): "whole" | "restored" | "lost" {
  const file = stateFile(stack);
  if (isWhole(file)) return "whole";
  const backups = join(stack.places.state, ".pulumi", "backups", projectOf(stack.places.init), stack.stack);
  const older = existsSync(backups)
    ? readdirSync(backups)
        .filter((name) => name.endsWith(".json"))
        .map((name) => join(backups, name))
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    : [];
  const source = [`${file}.bak`, ...older].find(isWhole);
  if (source === undefined) return "lost";
  copyFileSync(source, file);
  return "restored";
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

/** The lines of an outcome that tell of an error. */
export function errorsOf({ stdout, stderr }: Outcome): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => /\berror\b/i.test(line));
  return lines.slice(0, 3).join(" | ").slice(0, 600);
}
