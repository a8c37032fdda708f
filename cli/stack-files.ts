// The stacks that the project ships: Pulumi.<stack>.yaml, read without the engine.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput, type Problem } from "../components/kit/problems";
import { readStackYaml } from "./stack-yaml";
import { isMapping } from "../infra/model/schema/words";

/** A stack's configuration as the engine would hand it over. */
export interface StackFile {
  readonly stack: string;
  /** Text by full key; structured values are JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose values are encrypted, which only the engine can read. */
  readonly encrypted: readonly string[];
}

/** Names of the stacks that a folder has files for, sorted. */
export function stacksIn(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/**
 * Reads a stack's file.
 *
 * @throws InvalidInput with the line, when it is no YAML or no mapping
 */
export function readStack(folder: string, stack: string): StackFile {
  const name = `Pulumi.${stack}.yaml`;
  const read = readStackYaml(readFileSync(join(folder, name)));
  if ("unreadable" in read) {
    const { line, text, what, remedy } = read.unreadable;
    const path = line === undefined ? name : `${name}, line ${line}`;
    throw new InvalidInput(name, [{ path, value: text, allowed: `YAML in UTF-8; this is ${what}`, remedy }]);
  }
  const config = isMapping(read.value.config) ? read.value.config : {};
  const entries = Object.entries(config);
  const isEncrypted = (value: unknown): boolean => isMapping(value) && "secure" in value;
  return {
    stack,
    values: Object.fromEntries(
      entries
        .filter(([, value]) => !isEncrypted(value))
        .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    encrypted: entries.filter(([, value]) => isEncrypted(value)).map(([key]) => key),
  };
}

/** A stack whose file can't be read, with what is wrong with it. */
export interface UnreadableStack {
  readonly stack: string;
  readonly unreadable: readonly Problem[];
}

/** A stack's file; one that can't be read does not keep the others from being checked. */
export function readOrProblems(folder: string, stack: string): StackFile | UnreadableStack {
  try {
    return readStack(folder, stack);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { stack, unreadable: error.problems };
  }
}

/** A line for each system that no stack runs: nothing checks it. */
export function systemsWithoutStack(
  systems: readonly string[],
  stacks: readonly (StackFile | UnreadableStack)[],
): string[] {
  const used = stacks.map((stack) => ("values" in stack ? stack.values["archipelago:system"] : undefined));
  // A stack that can't be read may be of any system.
  if (stacks.some((stack) => !("values" in stack))) return [];
  return systems
    .filter((system) => !used.includes(system))
    .map(
      (system) =>
        `note      no stack runs the system ${system}, so it was not checked: write Pulumi.${system}-local.yaml`,
    );
}
