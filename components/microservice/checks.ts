// The few questions that all checks of arguments ask.
import { type Problem, seconds } from "../base";

/** A problem when a value is no whole number between two bounds; none when it isn't set. */
export function wholeNumber(path: string, value: number | undefined, least: number, most: number): Problem[] {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return [];
  return [{ path, value, allowed: `a whole number, ${least} to ${most}`, remedy: "choose a value in this range" }];
}

/** A problem when a text is no duration between two bounds, in seconds; none when it isn't set. */
export function durationWithin(path: string, value: string | undefined, least: number, most: number): Problem[] {
  if (value === undefined) return [];
  const given = seconds(value);
  if (given !== undefined && given >= least && given <= most) return [];
  return [
    { path, value, allowed: `${least} to ${most} seconds`, remedy: 'write a whole number and a unit, such as "30s"' },
  ];
}

/** A problem unless a condition holds. */
export function unless(holds: boolean, problem: Problem): Problem[] {
  return holds ? [] : [problem];
}
