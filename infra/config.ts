// The only reader of configuration and of the process's environment in a run of the engine; everything below is told.
import * as pulumi from "@pulumi/pulumi";
import { InvalidInput, listOf, type Problem } from "../components/kit/problems";
import { examine, thisDay } from "./examine";
import type { Day } from "./model/anti-patterns";
import type { Known, RunInput } from "./model/parse-settings";
import type { Plan } from "./model/plan";
import type { Target } from "./targets/target";

/** A plan and the target that builds it. */
export interface Loaded {
  readonly plan: Plan;
  readonly target: Target;
}

/**
 * The plan of the selected stack; warnings are logged, once.
 *
 * @param known the systems and environments that the configuration can name
 * @throws InvalidInput with every problem of configuration, system and environment, before anything is created
 */
export function loadPlan(known: Known): Loaded {
  const values = pulumi.runtime.allConfig();
  const run: RunInput = {
    values,
    secrets: secretKeys(),
    stack: pulumi.getStack(),
    offline: process.env.ARCHIPELAGO_OFFLINE === "1",
  };
  return loadedOf(run, known, { warn: (text) => void pulumi.log.warn(text) });
}

/** What a plan is made with. */
export interface Surroundings {
  /** The day on which exceptions are judged. @default today, in UTC */
  readonly today?: Day;
  /** Is told of what stops nothing, at most once. @default nobody is */
  readonly warn?: (text: string) => void;
}

/**
 * The plan of a run; what {@link loadPlan} does with what the engine gave it.
 *
 * @throws InvalidInput with every problem
 */
export function planOf(run: RunInput, known: Known, surroundings: Surroundings = {}): Plan {
  return loadedOf(run, known, surroundings).plan;
}

function loadedOf(run: RunInput, known: Known, { today = thisDay(), warn }: Surroundings): Loaded {
  const { problems, warnings, plan, target } = examine(run, known, today);
  if (warnings.length > 0) warn?.(warningText(run.stack, warnings));
  if (plan === undefined) throw new InvalidInput(`configuration of stack "${run.stack}"`, problems);
  return { plan, target };
}

function warningText(stack: string, warnings: readonly Problem[]): string {
  const count = warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`;
  return `stack "${stack}": ${count}\n${listOf(warnings)}`;
}

/** Keys whose values are secret; the engine tells them in the environment, and the SDK has no public way to ask. */
function secretKeys(): ReadonlySet<string> {
  const text = process.env.PULUMI_CONFIG_SECRET_KEYS;
  const keys = text ? (JSON.parse(text) as unknown) : [];
  return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : []);
}
