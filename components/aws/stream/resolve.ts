// What a stream's arguments mean: defaults and checks. Pure, so that it is decided before anything is created.
import { durationWithin, lowerCaseProblems, nameTooLong, type Problem, seconds, unless } from "../../kit";
import type { StreamArgs } from "./args";

const HOUR = 3600;
const NAME_LIMIT = 128;

/** Hours that records are kept. */
export function retentionHours({ retention = "7d" }: Pick<StreamArgs, "retention">): number {
  return (seconds(retention) ?? 0) / HOUR;
}

/** Age in seconds of the oldest unread record above which an alarm goes off. */
export function oldestAge({ maxAge = "1h" }: Pick<StreamArgs, "maxAge">): number {
  return seconds(maxAge) ?? 0;
}

/** Everything that is wrong with the arguments. */
export function validateStream(name: string, args: StreamArgs): Problem[] {
  const tooLong = nameTooLong(name, "stream", NAME_LIMIT);
  const { retention, maxAge } = args;
  const range = durationWithin("retention", retention, "1d", "365d");
  return [
    ...(tooLong ? [tooLong] : []),
    ...lowerCaseProblems("name", name, "rename the component: the stream's name begins with it"),
    ...range,
    ...unless(range.length > 0 || Number.isInteger(retentionHours(args)), {
      path: "retention",
      value: retention,
      allowed: "whole hours",
      remedy: 'write it like "36h"',
    }),
    ...durationWithin("maxAge", maxAge, "1m", "365d"),
    ...unless(range.length > 0 || maxAge === undefined || oldestAge(args) < retentionHours(args) * HOUR, {
      path: "maxAge",
      value: maxAge,
      allowed: "less than retention: a record that is older is lost",
      remedy: "shorten maxAge or lengthen retention",
    }),
  ];
}
