// Checks several stacks and reports a problem that they share once.
import type { Problem } from "../../components/kit/problems";
import { examine } from "../../infra/examine";
import type { Accepted, Day } from "../../infra/model/anti-patterns";
import type { Known } from "../../infra/model/parse-settings";
import { meetingsOf } from "./stack-conflicts";
import type { StackFile, UnreadableStack } from "../stack-files";

/** Something that was found, and the stacks in which it was. */
export interface Found<T> {
  readonly what: T;
  readonly stacks: readonly string[];
}

/** Result of `make check`. */
export interface CheckResult {
  readonly stacks: readonly string[];
  readonly errors: readonly Found<Problem>[];
  readonly warnings: readonly Found<Problem>[];
  readonly accepted: readonly Found<Accepted>[];
  /** Keys that hold examples, which a run for an account refuses. */
  readonly examples: readonly Found<string>[];
  /** Keys that only the engine can read. */
  readonly encrypted: readonly Found<string>[];
}

/**
 * Examines stacks as an offline run would; for those that may have an account, also what such a run would refuse.
 *
 * @param files every stack of the project, so that stacks of one account are compared
 * @param asked the stacks whose problems are reported
 */
export function checkStacks(
  files: readonly (StackFile | UnreadableStack)[],
  known: Known,
  today: Day,
  asked: readonly string[] = files.map(({ stack }) => stack),
): CheckResult {
  const wanted = files.filter(({ stack }) => asked.includes(stack));
  const checked = wanted.map((file) => ("unreadable" in file ? unread(file) : checkStack(file, known, today)));
  const together = <T>(pick: (one: (typeof checked)[number]) => readonly T[]): Found<T>[] =>
    grouped(checked.flatMap((one) => pick(one).map((what) => ({ what, stack: one.stack }))));
  const readable = files.flatMap((file) => ("unreadable" in file ? [] : [file]));
  const meetings = meetingsOf(readable, known).filter(({ stacks }) => stacks.some((stack) => asked.includes(stack)));
  const told = (stops: boolean): Found<Problem>[] =>
    meetings.filter((meeting) => meeting.stops === stops).map(({ problem, stacks }) => ({ what: problem, stacks }));
  return {
    stacks: checked.map(({ stack }) => stack),
    errors: [...together(({ errors }) => errors), ...told(true)],
    warnings: [...together(({ warnings }) => warnings), ...told(false)],
    accepted: together(({ accepted }) => accepted),
    examples: together(({ examples }) => examples),
    encrypted: together(({ encrypted }) => encrypted),
  };
}

function unread({ stack, unreadable }: UnreadableStack): ReturnType<typeof checkStack> {
  return { stack, errors: [...unreadable], warnings: [], accepted: [], examples: [], encrypted: [] };
}

function checkStack({ stack, values, encrypted }: StackFile, known: Known, today: Day) {
  const readable = ({ path }: Problem): boolean => !encrypted.some((key) => path === key);
  const { problems, warnings, accepted } = examine({ stack, values, offline: true }, known, today);
  const errors = problems.filter(readable);
  const told = new Set(problems.map(({ path }) => path));
  const real = /(?:^|-)local$/.test(stack) ? [] : examine({ stack, values, offline: false }, known, today).problems;
  const examples = real.filter((problem) => readable(problem) && !told.has(problem.path)).map(({ path }) => path);
  return { stack, errors, warnings, accepted, examples, encrypted };
}

function grouped<T>(ones: readonly { readonly what: T; readonly stack: string }[]): Found<T>[] {
  const groups = new Map<string, { readonly what: T; readonly stacks: string[] }>();
  for (const { what, stack } of ones) {
    const key = JSON.stringify(what);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { what, stacks: [stack] });
    else if (!group.stacks.includes(stack)) group.stacks.push(stack);
  }
  return [...groups.values()];
}
