// Step scaling: from steps in messages, as people think of them, to bounds relative to an alarm's threshold, as AWS does.
// A change of 0 is no adjustment but the absence of an alarm.
import type { QueueScalingSettings } from "./args";

type Steps = QueueScalingSettings["steps"];

/** An alarm's threshold, and what is done at which distance from it. */
export interface StepPolicy {
  readonly threshold: number;
  /** Bounds relative to the threshold; an end left out is open. */
  readonly adjustments: readonly { readonly lower?: number; readonly upper?: number; readonly change: number }[];
}

/** Scaling out, for an alarm on "greater than or equal"; bounds include their lower end. */
export function outPolicy(steps: Steps): StepPolicy | undefined {
  const more = steps.filter(({ change }) => change > 0);
  const threshold = more[0]?.from;
  if (threshold === undefined) return undefined;
  return {
    threshold,
    adjustments: more.map(({ from, change }, index) => {
      const next = more[index + 1];
      return { lower: from - threshold, ...(next && { upper: next.from - threshold }), change };
    }),
  };
}

/**
 * Scaling in, for an alarm on "less than or equal"; bounds include their upper end, and messages are whole, so the
 * threshold is the last number of messages inside the steps.
 *
 * @param othersScaleIn whether target tracking brings tasks down: a queue that is short most of the time must not work
 * against a CPU that is busy, so then only steps with a negative change count
 */
export function inPolicy(steps: Steps, othersScaleIn: boolean): StepPolicy | undefined {
  const quiet = steps.filter(({ change }) => change <= 0);
  const declared = steps.filter(({ change }) => change < 0);
  const less =
    declared.length === 0 && !othersScaleIn ? quiet.slice(0, 1).map(({ from }) => ({ from, change: -1 })) : declared;
  const end = declared.length === 0 ? steps[quiet.length]?.from : steps[declared.length]?.from;
  if (less.length === 0 || end === undefined) return undefined;
  const threshold = end - 1;
  return {
    threshold,
    adjustments: less.map(({ from, change }, index) => {
      const next = less[index + 1];
      return {
        ...(index > 0 && { lower: from - 1 - threshold }),
        upper: next ? next.from - 1 - threshold : 0,
        change,
      };
    }),
  };
}
