// Everything that can be said of a stack before anything is built: needs no engine, so that `make check` is quick.
import type { Problem } from "../components/kit/problems";
import { type Accepted, type Day, deployedIn, judge } from "./model/anti-patterns";
import { derive } from "./model/derive";
import { leftOut } from "./model/partition-fit";
import { type Known, parseSettings, type RunInput } from "./model/parse-settings";
import { memoryWarnings } from "./model/kinds/service/memory-left";
import type { Plan } from "./model/plan";
import { quotaProblems } from "./model/quotas";
import { validateSystem } from "./model/validate";
import { validateEnvironment, validateFit } from "./model/validate-environment";

/** What was found in a stack. */
export interface Examination {
  /** What stops it: configuration, system, environment and anti-patterns together. */
  readonly problems: readonly Problem[];
  /** What stops nothing and somebody should know. */
  readonly warnings: readonly Problem[];
  /** Anti-patterns that the system accepts for the time being. */
  readonly accepted: readonly Accepted[];
  /** Undefined exactly when there are problems. */
  readonly plan: Plan | undefined;
}

/** Reads, checks and judges a stack, and derives its plan when nothing stops it. */
export function examine(run: RunInput, known: Known, today: Day): Examination {
  const { systemName, environmentName, system, environment, read, settings, problems } = parseSettings(run, known);
  const found = [...problems];
  const within = (problem: Problem): Problem => ({ ...problem, path: `${systemName ?? ""}.${problem.path}` });
  if (systemName !== undefined) found.push(...validateSystem(known.systems[systemName]).map(within));
  if (environmentName !== undefined) found.push(...validateEnvironment(known.environments[environmentName]));
  const judged = system && judge(system, today, environment && deployedIn(environment, read, system));
  if (judged) found.push(...judged.errors.map(within));
  if (system && environment) {
    // A value of a wrong form is reported once, and not as one that is missing.
    const told = new Set(problems.flatMap(({ path }) => withAncestors(path)));
    found.push(...validateFit(system, environment, read, run.offline).filter(({ path }) => !told.has(path)));
  }
  const complete = found.length === 0 && system && environment && settings;
  if (found.length === 0 && !complete) throw new Error("configuration is incomplete, but nothing says why");
  const plan = complete ? derive(system, environment, settings) : undefined;
  if (plan) found.push(...quotaProblems(plan, read.quotas));
  return {
    problems: masked(found, run.secrets ?? new Set()),
    warnings: [
      ...(judged?.warnings ?? []).map(within),
      ...(plan ? memoryWarnings(plan) : []).map(within),
      ...(system ? leftOut(system, read) : []),
    ],
    accepted: judged?.accepted ?? [],
    plan: found.length === 0 ? plan : undefined,
  };
}

/** A path and all that it lies below: `a.b[0]` lies below `a.b` and `a`. */
function withAncestors(path: string): string[] {
  return [path, ...[...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index))];
}

/** Problems without the values of secret keys. */
function masked(problems: readonly Problem[], secrets: ReadonlySet<string>): Problem[] {
  return problems.map((problem) => {
    const [key = ""] = problem.path.split(/[.[]/);
    return secrets.has(key) ? { ...problem, value: "[secret]" } : problem;
  });
}

/** Today in UTC. */
export function thisDay(): Day {
  return new Date().toISOString().slice(0, 10);
}
