// docs/runbooks/recovery.md as a program: the same steps in the same order, nothing that a person could not do.
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { OfflineStack } from "../offline-stack";
import type { Outcome } from "../process";
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

/** How often the verb is tried again before a person is called. */
const attempts = 3;

/**
 * Recovers a stack.
 * @param verb what was wanted: `up` or `destroy`
 * @param kept identities of data that must never be deleted as an orphan
 */
export async function recover(
  stack: OfflineStack,
  verb: "up" | "destroy",
  kept: ReadonlySet<string>,
): Promise<Recovery> {
  const steps: string[] = [];
  const printed: string[] = [];
  const problems: string[] = [];
  const note = ({ code, stdout, stderr }: Outcome, what: string): number => {
    printed.push(stdout, stderr);
    if (code === 0) steps.push(what);
    return code;
  };
  // Step 1. With no lock left there is nothing to cancel, and the command says so.
  if (locked(stack)) note(await stack.collect(["cancel", "--yes"]), "cancel");
  // Step 2.
  const whole = restore(stack);
  if (whole === "lost") return { steps, orphans: 0, problems: ["no whole state is left"], printed: "" };
  if (whole === "restored") steps.push("restore");
  // Step 3.
  if (note(await stack.collect(["state", "repair", "--yes"]), "repair") !== 0) problems.push("state repair failed");
  const found = await reconcile(stack, kept, note);
  problems.push(...found.problems);
  // Step 6.
  const left: string[] = [];
  for (let tries = 0; tries < attempts; tries += 1) {
    const outcome = await stack.collect([...operation(stack, verb), "--skip-preview"]);
    if (note(outcome, verb) === 0) return { steps, orphans: found.orphans, problems, printed: printed.join("\n") };
    left.push(errorsOf(outcome));
  }
  problems.push(`${verb} did not end well in ${attempts} tries: ${left.at(-1) ?? ""}`);
  return { steps, orphans: found.orphans, problems, printed: printed.join("\n") };
}

/** Steps 4 and 5: the state learns what exists, and what no state knows goes. */
async function reconcile(
  stack: OfflineStack,
  kept: ReadonlySet<string>,
  note: (outcome: Outcome, what: string) => number,
): Promise<{ readonly orphans: number; readonly problems: readonly string[] }> {
  const refreshed = await stack.collect([...operation(stack, "refresh"), "--skip-preview", "--clear-pending-creates"]);
  const problems = note(refreshed, "refresh") === 0 ? [] : [`refresh failed: ${errorsOf(refreshed)}`];
  const strangers = await orphans(stack);
  const data = new Set(storesOf(strangers).filter((key) => kept.has(key)));
  const made = strangers.filter((entry) => !data.has(keyOf(entry)));
  const refusals = deleteAll(stack.places.cloud, made);
  return {
    orphans: made.length,
    problems: [
      ...problems,
      ...refusals,
      ...[...data].map((key) => `the state no longer knows ${key}, which holds data`),
    ],
  };
}

function operation(stack: OfflineStack, verb: string): readonly string[] {
  return [verb, "--yes", "--color", "never", "--config-file", stack.setup.configFile ?? ""];
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
