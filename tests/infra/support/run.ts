// Configuration as the engine hands it over, for specs that load plans.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import yaml from "js-yaml";
import { InvalidInput, type Problem } from "../../../components/kit/problems";
import { awsPlanOf as planOf } from "./aws";
import { environments } from "../../../infra/environments";
import type { RunInput } from "../../../infra/model/parse-settings";
import type { AwsPlan } from "../../../infra/targets/aws/plan";
import { systems } from "../../../infra/systems";

export type EnvironmentName = keyof typeof environments;

/** The configuration that Pulumi.<stack>.yaml ships, as text by key: structured values are JSON, as the engine gives them. */
export function shipped(stack: string): Record<string, string> {
  const file = readFileSync(join(__dirname, "../../..", `Pulumi.${stack}.yaml`), "utf8");
  const { config } = yaml.load(file) as { readonly config: Readonly<Record<string, unknown>> };
  return flat(config);
}

/** Values by full key, as text. */
export function flat(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** A run of a shipped stack with some of its keys changed; `undefined` removes a key. */
export function runOf(stack: string, changes: Readonly<Record<string, unknown>> = {}): RunInput {
  const values = shipped(stack);
  for (const [key, value] of Object.entries(changes)) {
    const full = `archipelago:${key}`;
    if (value === undefined) Reflect.deleteProperty(values, full);
    else Object.assign(values, flat({ [full]: value }));
  }
  return { stack, values, offline: true };
}

/** The plan of a run against everything that the program knows. */
export function planFor(run: RunInput): AwsPlan {
  return planOf(run, { systems, environments });
}

/** The problems that stop a run. */
export function problemsOf(run: RunInput): readonly Problem[] {
  try {
    planFor(run);
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
  return [];
}
