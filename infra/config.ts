// The only reader of configuration and of the process's environment; everything below is told.
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwIfAny } from "../components/base/problems";
import { environments } from "./environments";
import { derive } from "./model/derive";
import { type Known, parseSettings, type RunInput } from "./model/parse-settings";
import type { Plan } from "./model/plan";
import { validateSystem } from "./model/validate";
import { validateEnvironment, validateFit } from "./model/validate-environment";
import { systems } from "./systems";

/**
 * The plan of the selected stack.
 *
 * @throws InvalidInput with every problem of configuration, system and environment, before anything is created
 */
export function loadPlan(): Plan {
  const values = pulumi.runtime.allConfig();
  const run: RunInput = {
    values,
    secrets: secretKeys(),
    stack: pulumi.getStack(),
    offline: process.env.ARCHIPELAGO_OFFLINE === "1",
  };
  return planOf(run, { systems, environments });
}

/** The plan of a run; what {@link loadPlan} does with what the engine gave it. */
export function planOf(run: RunInput, known: Known): Plan {
  const { system, environment, read, settings, problems } = parseSettings(run, known);
  const found = [...problems];
  if (system) {
    found.push(...validateSystem(system).map((problem) => ({ ...problem, path: `${system.name}.${problem.path}` })));
  }
  if (environment) found.push(...validateEnvironment(environment));
  if (system && environment) found.push(...validateFit(system, environment, read, run.offline));
  throwIfAny(`configuration of stack "${run.stack}"`, masked(found, run.secrets ?? new Set()));
  if (!system || !environment || !settings) throw new Error("configuration is incomplete, but nothing says why");
  return derive(system, environment, settings);
}

/** Keys whose values are secret; the engine tells them in the environment, and the SDK has no public way to ask. */
function secretKeys(): ReadonlySet<string> {
  const text = process.env.PULUMI_CONFIG_SECRET_KEYS;
  const keys = text ? (JSON.parse(text) as unknown) : [];
  return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : []);
}

/** Problems without the values of secret keys. */
function masked(problems: readonly Problem[], secrets: ReadonlySet<string>): Problem[] {
  return problems.map((problem) => {
    const [key = ""] = problem.path.split(/[.[]/);
    return secrets.has(key) ? { ...problem, value: "[secret]" } : problem;
  });
}
