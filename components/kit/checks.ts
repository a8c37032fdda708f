// The few questions that all checks of arguments ask. Pure; each answers with problems, so that a check goes on.
import type { Problem } from "./problems";
import { type Duration, seconds } from "./units";

const DAY = 86_400;

/** A problem unless a condition holds. */
export function unless(holds: boolean, problem: Problem): Problem[] {
  return holds ? [] : [problem];
}

/** A problem when a value is no whole number between two bounds (`most` may be `Infinity`); none when it isn't set. */
export function wholeNumber(
  path: string,
  value: number | undefined,
  least: number,
  most: number,
  remedy = "choose a value in this range",
): Problem[] {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return [];
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  return [{ path, value, allowed: `a whole number, ${range}`, remedy }];
}

/** A problem when a text is no duration between two bounds; none when it isn't set. */
export function durationWithin(path: string, value: string | undefined, least: Duration, most: Duration): Problem[] {
  if (value === undefined) return [];
  const given = seconds(value);
  if (given !== undefined && given >= (seconds(least) ?? 0) && given <= (seconds(most) ?? 0)) return [];
  return [
    { path, value, allowed: `${least} to ${most}`, remedy: 'write a whole number and a unit, such as "30s" or "5m"' },
  ];
}

/** A problem when a duration is not made of whole days between two bounds (`most` may be `Infinity`); none when it isn't set. */
export function wholeDays(path: string, value: string | undefined, least: number, most: number): Problem[] {
  if (value === undefined) return [];
  const days = (seconds(value) ?? NaN) / DAY;
  if (Number.isInteger(days) && days >= least && days <= most) return [];
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  return [{ path, value, allowed: `whole days, ${range}`, remedy: 'write it like "7d"' }];
}
