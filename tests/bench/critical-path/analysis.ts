// How long a stack takes to create as its program declares it, against what the cloud needs.
import { holdsPiece, refers, sourcesOf } from "./inputs";
import { type Chain, longestChain } from "./longest";
import { orderings } from "./orderings";
import { type Declared, type Step, stepsOf } from "./steps";

/** A dependency on the declared path for which the cloud has no use. */
export interface Needless {
  readonly step: Step;
  readonly on: Step;
  /** The places where the program declares it. */
  readonly by: readonly string[];
}

/** Both chains of a stack. */
export interface CriticalPath {
  readonly steps: readonly Step[];
  /** Through all that the program declares. */
  readonly declared: Chain;
  /** Through what the cloud needs: values that only a creation gives, references, and documented orders. */
  readonly needed: Chain;
  /** On the declared path. */
  readonly needless: readonly Needless[];
  /** Why the cloud needs one step after another; undefined when it does not. */
  readonly why: (step: Step, before: Step) => string | undefined;
}

/** Compares both chains of a stack. */
export function criticalPath(stack: readonly Declared[]): CriticalPath {
  const steps = stepsOf(stack);
  const needs = needsOf(steps);
  const why = (step: Step, before: Step): string | undefined => needs.get(step)?.get(before);
  const declared = longestChain(steps, (step) => step.waits.map(({ on }) => on));
  const needed = longestChain(steps, (step) => [...(needs.get(step)?.keys() ?? [])]);
  return { steps, declared, needed, needless: needlessOn(declared, why), why };
}

/** For each step, what the cloud needs before it, and why. */
function needsOf(steps: readonly Step[]): ReadonlyMap<Step, ReadonlyMap<Step, string>> {
  const sources = sourcesOf(steps);
  return new Map(
    steps.map((step) => {
      const needs = new Map<Step, string>(sources.get(step) ?? []);
      for (const wait of step.waits) {
        if (needs.has(wait.on)) continue;
        const reason = orderOf(step, wait.on) ?? (refers(step, wait) ? "reference" : undefined);
        if (reason !== undefined) needs.set(wait.on, reason);
        else if (holdsPiece(step, wait)) needs.set(wait.on, "piece of an identifier");
      }
      return [step, needs];
    }),
  );
}

/** The reason of the documented order that a dependency keeps, if it does. */
function orderOf({ type }: Step, before: Step): string | undefined {
  return orderings.find((ordering) => ordering.before === before.type && ordering.after === type)?.reason;
}

/** A chain leaves out what takes no time; a dependency through a component counts as the component's. */
function needlessOn({ steps }: Chain, why: CriticalPath["why"]): readonly Needless[] {
  return steps.slice(1).flatMap((step, index) => {
    const before = steps[index];
    if (before === undefined || why(step, before) !== undefined) return [];
    const by = step.waits.filter((wait) => wait.on === before).map((wait) => wait.by);
    return [{ step, on: before, by: by.length > 0 ? by : ["a component"] }];
  });
}
