// Bad input is reported whole: every problem found, in one error, before anything is created.
// Pure, because configuration and the system model report in the same words.
import { type Duration, seconds } from "./units";

const DAY = 86_400;

/** One thing that is wrong with what was given. */
export interface Problem {
  /** Where it is: the property path, or the configuration key (`services.order.scaling.max`). */
  readonly path: string;
  /** What was given. */
  readonly value: unknown;
  /** What would be accepted. */
  readonly allowed: string;
  /** What to do about it, as an instruction. */
  readonly remedy: string;
}

/** Thrown once, with all problems; Pulumi prints its message without a stack trace. */
export class InvalidInput extends Error {
  /** Tells Pulumi's Node runtime that this is a user's error: the message is all that is shown. */
  readonly __pulumiRunError = true;

  constructor(
    /** What was checked: a component and its instance (`archipelago:network:Network "main"`), or a file. */
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    super(describe(subject, problems));
    this.name = "InvalidInput";
  }
}

/** Throws {@link InvalidInput} when there is at least one problem. */
export function throwIfAny(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidInput(subject, problems);
}

function describe(subject: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return `${subject}: ${count}; nothing was created.\n${listOf(problems)}`;
}

/** Problems as text: numbered, each with what is allowed and what to do. */
export function listOf(problems: readonly Problem[]): string {
  return problems
    .map(
      ({ path, value, allowed, remedy }, index) =>
        `  ${index + 1}. ${path}: ${show(value)}\n     allowed: ${allowed}\n     to do:   ${remedy}`,
    )
    .join("\n");
}

/** Longest text of a value in a message: more of it hides the rest. */
const LONGEST_VALUE = 300;

/** A value as messages show it. */
export function show(value: unknown): string {
  if (value === undefined) return "(not set)";
  if (typeof value === "number") return String(value);
  // JSON has no text for a function.
  const text = (JSON.stringify(value) as string | undefined) ?? `a ${typeof value}`;
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)`;
}

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
