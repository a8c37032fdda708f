// The longest chain of creations: what a run takes at least, however much happens at once.
import type { Step } from "./steps";

/** Steps in the order of their creation, and what they take together. */
export interface Chain {
  readonly steps: readonly Step[];
  readonly seconds: number;
}

/** When a step is done at the earliest, and what it waited for last. */
interface Done {
  readonly at: number;
  readonly after: Step | undefined;
}

/**
 * The chain of steps that is done last, where each begins when everything that it waits for is done. Of chains as long, the first.
 * @param waitsOf what a step waits for, such as all that is declared, or only what is needed
 */
export function longestChain(steps: readonly Step[], waitsOf: (step: Step) => readonly Step[]): Chain {
  const done = new Map<Step, Done>();
  for (const step of inOrder(steps, waitsOf)) {
    let last: Done = { at: 0, after: undefined };
    for (const wait of waitsOf(step)) {
      const at = done.get(wait)?.at ?? 0;
      if (at > last.at) last = { at, after: wait };
    }
    done.set(step, { at: last.at + step.seconds, after: last.after });
  }
  let [end, seconds]: [Step | undefined, number] = [undefined, 0];
  for (const [step, { at }] of done) if (at > seconds) [end, seconds] = [step, at];
  const chain: Step[] = [];
  for (let step = end; step !== undefined; step = done.get(step)?.after) if (step.seconds > 0) chain.unshift(step);
  return { steps: chain, seconds };
}

/** Each step after all that it waits for. Throws on a circle, which no stack can have. */
export function inOrder(steps: readonly Step[], waitsOf: (step: Step) => readonly Step[]): readonly Step[] {
  const state = new Map<Step, "open" | "closed">();
  const ordered: Step[] = [];
  const visit = (step: Step): void => {
    const known = state.get(step);
    if (known === "closed") return;
    if (known === "open") throw new Error(`${step.urn} waits for itself`);
    state.set(step, "open");
    waitsOf(step).forEach(visit);
    state.set(step, "closed");
    ordered.push(step);
  };
  steps.forEach(visit);
  return ordered;
}
