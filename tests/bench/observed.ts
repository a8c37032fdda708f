// Which chain of a real `up` ended last, read from the times that the engine records.
import { type Declared, nameOf, type Step, stepsOf } from "./critical-path/steps";

/** Where the time of the chain that ended last went. */
export interface Observed {
  /** The logical name of the last one. */
  readonly last: string;
  /** Seconds that its creations take in the cloud. */
  readonly creating: number;
  /** Seconds that passed beside the (shrunk) creations. */
  readonly else: number;
}

/** @param shrunk what creations took, of their time in the cloud */
export function observed(resources: readonly (Declared & { readonly created?: string })[], shrunk: number): Observed {
  const ends = new Map(resources.map(({ urn, created }) => [urn, Date.parse(created ?? "") / 1000]));
  const endOf = ({ urn }: Step): number => ends.get(urn) ?? NaN;
  const lastOf = (steps: readonly Step[]): Step | undefined =>
    steps.reduce<Step | undefined>((last, step) => (last && endOf(last) >= endOf(step) ? last : step), undefined);
  const steps = stepsOf(resources).filter((step) => !Number.isNaN(endOf(step)));
  const last = lastOf(steps);
  if (!last) throw new Error("the engine recorded no time of any resource");
  const chain: Step[] = [];
  for (let step: Step | undefined = last; step; step = lastOf(step.waits.map(({ on }) => on))) chain.unshift(step);
  const [first = last] = chain;
  const creating = chain.reduce((sum, { seconds }) => sum + seconds, 0);
  const passed = endOf(last) - endOf(first) + first.seconds * shrunk;
  return { last: nameOf(last), creating, else: passed - creating * shrunk };
}
