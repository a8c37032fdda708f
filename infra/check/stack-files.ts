// The stacks that the project ships: Pulumi.<stack>.yaml, read without the engine.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import yaml from "js-yaml";
import { isMapping } from "../model/raw-config";

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

/** Reads a stack's file. */
export function readStack(folder: string, stack: string): StackFile {
  const file = yaml.load(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8"));
  const config = isMapping(file) && isMapping(file.config) ? file.config : {};
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
