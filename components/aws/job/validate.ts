// Everything that is wrong with the arguments of a job. Pure.
import {
  durationWithin,
  lowerCaseProblems,
  nameTooLong,
  type Problem,
  scheduleProblems,
  timeZoneProblems,
  unless,
  wholeNumber,
} from "../../kit";
import type { JobArgs } from "./args";

/** Names of roles, schedules and their groups hold 64 characters. */
const NAME_LIMIT = 64;

/** All problems at once. */
export function validateJob(name: string, { description, schedule, timezone, retries, maxAge }: JobArgs): Problem[] {
  const tooLong = nameTooLong(name, "schedule", NAME_LIMIT);
  return [
    ...(tooLong ? [tooLong] : []),
    ...lowerCaseProblems("name", name, "rename the component: the schedule's name begins with it"),
    ...unless(description.length > 0 && description.length <= 512, {
      path: "description",
      value: description,
      allowed: "1 to 512 characters",
      remedy: "say in one sentence what the job is for",
    }),
    ...scheduleProblems("schedule", schedule),
    ...timeZoneProblems("timezone", timezone),
    ...wholeNumber("retries", retries, 0, 185, "choose a number in this range"),
    ...durationWithin("maxAge", maxAge, "1m", "1d"),
  ];
}
