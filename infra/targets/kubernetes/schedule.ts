// Schedules of a description as those of a CronJob, as far as a CronJob can have them. Pure.
import { cronFault } from "../../../components/kubernetes/microservice/cron";
import { scheduleProblems } from "../../../components/kit/schedules";

/** A schedule in the five fields of cron, or why there is none and what to write instead. */
export type CronSchedule = { readonly cron: string } | { readonly allowed: string; readonly remedy: string };

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 24 * 60 };
const WEEK = 7 * 24 * 60;

/** The schedule of a CronJob. */
export function cronOf(schedule: string): CronSchedule {
  const [problem] = scheduleProblems("schedule", schedule);
  if (problem) return problem;
  const [, kind = "", inner = ""] = /^(rate|cron|at)\((.*)\)$/.exec(schedule) ?? [];
  if (kind === "rate") return fromRate(inner);
  if (kind === "cron") return fromFields(inner.trim().split(/\s+/));
  return {
    allowed: "rate(…) or cron(…): a CronJob has no year, so it would start each year",
    remedy: "write cron(…), or start it by hand on the day: the stack's output jobs has the command",
  };
}

/** Cron counts from the start of an hour or a day, so a rate divides one of them; a week starts on Sunday. */
function fromRate(inner: string): CronSchedule {
  const [count = "", unit = ""] = inner.split(" ");
  const minutes = Number(count) * (MINUTES[unit.replace(/s$/, "")] ?? 0);
  const hours = minutes / 60;
  if (60 % minutes === 0 && minutes < 60) return { cron: `${every(minutes)} * * * *` };
  if (minutes % 60 === 0 && 24 % hours === 0 && hours < 24) return { cron: `0 ${every(hours)} * * *` };
  if (hours === 24) return { cron: "0 0 * * *" };
  if (minutes === WEEK) return { cron: "0 0 * * 0" };
  return {
    allowed: "a rate that divides an hour or a day, or is 7 days: a CronJob starts by the clock",
    remedy: "write a rate such as rate(15 minutes) or rate(6 hours), or cron(…)",
  };
}

const every = (count: number): string => (count === 1 ? "*" : `*/${count}`);

/** Days of the week are 1 to 7 in a description and 0 to 6 in a CronJob, both from Sunday on. */
function fromFields([
  minute = "",
  hour = "",
  dayOfMonth = "",
  month = "",
  dayOfWeek = "",
  year = "",
]: readonly string[]): CronSchedule {
  const numbers = [...dayOfWeek.matchAll(/(?<!\/)\b\d+/g)].map(([day]) => Number(day));
  const days = dayOfWeek.replace(/(?<!\/)\b\d+/g, (day) => String(Number(day) - 1));
  const cron = [minute, hour, dayOfMonth, month, days].join(" ").replaceAll("?", "*");
  const fault =
    specialFault(dayOfMonth, dayOfWeek) ??
    (numbers.every((day) => day >= 1 && day <= 7) ? undefined : "days of the week from 1 (Sunday) to 7") ??
    (year === "*" ? undefined : 'the year "*": a CronJob has no year') ??
    cronFault(cron);
  return fault === undefined ? { cron } : { allowed: fault, remedy: 'write it like "cron(0 6 * * ? *)"' };
}

const specialFault = (...days: readonly string[]): string | undefined =>
  days.some((field) => /L|W(?!ED)|#/.test(field)) ? "days without L, W and #: a CronJob has none of them" : undefined;
