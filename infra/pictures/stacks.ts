// The plans of the stacks that have a file in this project, read without the engine.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { InvalidInput } from "../../components/base/problems";
import { environments } from "../environments";
import { examine } from "../examine";
import type { Day } from "../model/anti-patterns";
import { compare } from "../model/order";
import type { Plan } from "../model/plan";
import { systems } from "../systems";

/** Names of the stacks that a folder holds files for, sorted. */
export function stacksIn(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort(compare);
}

/**
 * The plan of a stack, as an offline run makes it: examples and values that only the real stack's key opens will do.
 *
 * @throws InvalidInput with every problem
 */
export function planOfStack(folder: string, stack: string, today: Day): Plan {
  const file = load(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8"));
  const config = asRecord(asRecord(file).config);
  const values = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const run = { stack, values: Object.fromEntries(values) as Record<string, string>, offline: true };
  const { plan, problems } = examine(run, { systems, environments }, today);
  if (!plan) throw new InvalidInput(`configuration of stack "${stack}"`, problems);
  return plan;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
