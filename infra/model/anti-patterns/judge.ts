// Runs rules over a system and sorts the findings: errors, warnings and accepted exceptions.
import type { Problem } from "../../../components/kit/problems";
import type { Acceptance } from "../acceptance";
import type { System } from "../system";
import type { AntiPatternId } from "./catalogue";
import { type Day, daysBetween, type Exception, exceptionPath, exceptionProblems, exceptionsOf } from "./exceptions";
import { type Deployed, graphOf } from "./graph";
import { type Rule, type Sighting, WHOLE_SYSTEM } from "./rule";

/** Findings in a system. */
export interface Judgement {
  /** Findings that stop a deployment. */
  readonly errors: readonly Problem[];
  /** Findings that are printed and do not stop a deployment. */
  readonly warnings: readonly Problem[];
  readonly accepted: readonly Accepted[];
}

/** A sighting that an exception excuses. */
export interface Accepted {
  readonly id: AntiPatternId;
  readonly path: string;
  readonly found: string;
  /** The exception's path. */
  readonly by: string;
  readonly acceptance: Acceptance;
  /** Days after today on which the exception still holds. */
  readonly daysLeft: number;
}

/** Judges a system by rules. */
export function judgeBy(rules: readonly Rule[], system: System, today: Day, deployed?: Deployed): Judgement {
  const graph = graphOf(system, deployed);
  const known = rules.map(({ id }) => id);
  const exceptions = exceptionsOf(system);
  const errors: Problem[] = [];
  const warnings: Problem[] = [];
  const accepted: Accepted[] = [];
  const sound: Exception[] = [];
  for (const exception of exceptions) {
    const problems = [...exceptionProblems(exception, known, today), ...inadmissible(exception, rules)];
    errors.push(...problems);
    if (problems.length === 0) sound.push(exception);
  }
  const byPath = new Map(sound.map((exception) => [exceptionPath(exception), exception]));
  const used = new Set<string>();
  for (const rule of rules) {
    for (const sighting of rule.find(graph)) {
      const paths = sighting.places.map((place) => exceptionPath({ place, id: rule.id }));
      for (const path of paths) used.add(path);
      const candidates = paths.flatMap((path) => byPath.get(path) ?? []);
      const holding = candidates.find(({ acceptance }) => acceptance.until >= today);
      if (holding) accepted.push(acceptedBy(holding, rule, sighting, today));
      else (rule.severity === "error" ? errors : warnings).push(problemOf(rule, sighting, candidates[0]));
    }
  }
  const stale = sound.filter((exception) => !used.has(exceptionPath(exception)) && isJudged(exception, rules));
  return { errors, warnings: [...warnings, ...stale.map(staleProblem)], accepted };
}

function acceptedBy(exception: Exception, { id }: Rule, { path, found }: Sighting, today: Day): Accepted {
  const { acceptance } = exception;
  const daysLeft = daysBetween(today, acceptance.until);
  return { id, path, found, by: exceptionPath(exception), acceptance, daysLeft };
}

/** A finding as a Problem; it names an expired exception, and the places where an exception can be declared. */
function problemOf(rule: Rule, { path, found, remedy, places }: Sighting, expired: Exception | undefined): Problem {
  const over = expired ? ` (the exception at ${exceptionPath(expired)} ended on ${expired.acceptance.until})` : "";
  const [place = WHOLE_SYSTEM] = places;
  const beside = place === WHOLE_SYSTEM ? "the system" : place;
  const accept = rule.unacceptable === undefined ? `; or accept it, with a reason and a day, in ${beside}` : "";
  return {
    path,
    value: `${found}${over}`,
    allowed: `${rule.allowed}: ${rule.why} (${rule.id})`,
    remedy: `${remedy}${accept}`,
  };
}

/** Exceptions from rules that allow no exception. */
function inadmissible(exception: Exception, rules: readonly Rule[]): Problem[] {
  const rule = rules.find(({ id }) => id === exception.id);
  if (rule?.unacceptable === undefined) return [];
  const { id, acceptance } = exception;
  return [
    {
      path: exceptionPath(exception),
      value: acceptance.reason,
      allowed: `no exception from ${id}: ${rule.unacceptable}`,
      remedy: "remove the exception and change the description",
    },
  ];
}

/** Whether a rule looked for what the exception excuses: some things are found only where the system is to run. */
function isJudged({ id }: Exception, rules: readonly Rule[]): boolean {
  return rules.find((rule) => rule.id === id)?.varies !== true;
}

function staleProblem(exception: Exception): Problem {
  return {
    path: exceptionPath(exception),
    value: exception.acceptance.reason,
    allowed: `exceptions from what is there: no ${exception.id} is seen here`,
    remedy: "remove the exception, or move it to where the anti-pattern is",
  };
}
