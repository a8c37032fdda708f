// Everything that can be said of a stack before anything is built: needs no engine, so that `make check` is quick.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { bootstrapProblems } from "../components/aws/kit/bootstrap-archive";
import type { Problem } from "../components/kit/problems";
import { type Accepted, type Day, deployedIn, judge } from "./model/anti-patterns";
import { derive } from "./model/derive";
import { thingsOf } from "./model/described";
import { type Known, parseSettings, type RunInput } from "./model/parse-settings";
import { functionsOf } from "./model/kinds/function/uses";
import { memoryWarnings } from "./model/kinds/service/memory-left";
import type { Plan } from "./model/plan";
import { withAncestors } from "./model/schema/path";
import type { System } from "./model/system";
import { validateSystem } from "./model/validate";
import { validateEnvironment, validateFit } from "./model/validate-environment";
import { projectFolder } from "./project-folder";
import { targetKeys, targets } from "./targets";
import { type Target, unboundProblems } from "./targets/target";

/** What was found in a stack. */
export interface Examination {
  /** What stops it: configuration, system, environment and anti-patterns together. */
  readonly problems: readonly Problem[];
  /** What stops nothing and somebody should know. */
  readonly warnings: readonly Problem[];
  /** Anti-patterns that the system accepts for the time being. */
  readonly accepted: readonly Accepted[];
  /** The target that the stack names. */
  readonly target: Target;
  /** Undefined exactly when there are problems. */
  readonly plan: Plan | undefined;
}

/** Reads, checks and judges a stack, and derives its plan when nothing stops it. */
export function examine(run: RunInput, known: Known, today: Day): Examination {
  const parsed = parseSettings(run, known, targetKeys);
  const { systemName, environmentName, system, environment, read, own, settings, problems, byKey } = parsed;
  const target = targetOf(parsed.target);
  const within = (problem: Problem): Problem => ({ ...problem, path: `${systemName ?? ""}.${problem.path}` });
  // A value of a wrong form is reported once, and not as one that is missing.
  const told = new Set(problems.flatMap(({ path }) => withAncestors(path)));
  const untold = (others: readonly Problem[]): Problem[] => others.filter(({ path }) => !told.has(path));
  const described = systemName === undefined ? [] : validateSystem(known.systems[systemName]).map(within);
  for (const { path } of described) told.add(path);
  const conflicts = target.conflicts({ offline: run.offline, system, environment, settings: read, own });
  const found = byKey([...problems, ...untold(conflicts.problems)]);
  found.push(...described);
  if (environmentName !== undefined) found.push(...validateEnvironment(known.environments[environmentName]));
  const judged = system && judge(system, today, environment && deployedIn(environment, read, system));
  // An anti-pattern of a value that can't be read is no second mistake.
  const reported = new Set(found.map(({ path }) => path));
  if (judged) found.push(...judged.errors.map(within).filter(({ path }) => !reported.has(path)));
  if (system) found.push(...untold(codeProblems(system).map(within)));
  if (system && environment) found.push(...untold(validateFit(system, environment, read)));
  const things = (system ? thingsOf(system) : []).filter((thing) => target.leavesOut?.(thing, own) !== true);
  found.push(...unboundProblems(target, things).map(within));
  const complete = found.length === 0 && system && environment && settings;
  if (found.length === 0 && !complete) throw new Error("configuration is incomplete, but nothing says why");
  const whole = complete ? derive(system, environment, settings) : undefined;
  const derived = whole && (target.without?.(whole, own) ?? whole);
  const plan = derived && target.plan(derived, own);
  found.push(...(plan ? target.limits(plan) : []));
  return {
    problems: masked(found, run.secrets ?? new Set()),
    warnings: [
      ...(judged?.warnings ?? []).map(within),
      ...(plan ? memoryWarnings(plan) : []).map(within),
      ...conflicts.warnings,
    ],
    accepted: judged?.accepted ?? [],
    target,
    plan: found.length === 0 ? plan : undefined,
  };
}

function targetOf(name: string): Target {
  const target = targets[name];
  if (target === undefined) throw new Error(`there is no target ${name}`);
  return target;
}

/** Code of functions that is not there, or that Lambda could not start. */
function codeProblems(system: System): Problem[] {
  return functionsOf(system).flatMap(({ path, settings: { code, architecture = "ARM64" } }) => {
    if ("provided" in code) return [];
    const [key, file] = "entry" in code ? ["entry", code.entry] : ["archive", code.archive];
    if (existsSync(resolve(projectFolder(), file))) {
      if ("entry" in code || (code.runtime ?? "provided.al2023") !== "provided.al2023") return [];
      return bootstrapProblems(`${path}.code.archive`, resolve(projectFolder(), file), architecture);
    }
    const remedy = key === "entry" ? "correct the path" : "build it first, or correct the path";
    return [
      {
        path: `${path}.code.${key}`,
        value: file,
        allowed: "a file that is there, from the folder of Pulumi.yaml on",
        remedy,
      },
    ];
  });
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
