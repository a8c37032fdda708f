// The five fields of a CronJob's schedule, as its controller reads them: github.com/robfig/cron/v3, ParseStandard. Pure.
import { type Problem, unless } from "../../kit";

interface Field {
  readonly title: string;
  readonly least: number;
  readonly most: number;
  /** Names instead of numbers; the first one is `least`. */
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { title: "minute", least: 0, most: 59 },
  { title: "hour", least: 0, most: 23 },
  { title: "day of the month", least: 1, most: 31 },
  { title: "month", least: 1, most: 12, names: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ") },
  { title: "day of the week", least: 0, most: 6, names: "SUN MON TUE WED THU FRI SAT".split(" ") },
];

/** A problem when a schedule is not one that a CronJob takes. */
export function cronProblems(path: string, schedule: string): Problem[] {
  const fault = cronFault(schedule);
  return unless(fault === undefined, {
    path,
    value: schedule,
    allowed: fault ?? "",
    remedy: 'write it like "0 3 * * *"',
  });
}

/** What is wrong with a schedule. */
export function cronFault(schedule: string): string | undefined {
  const fields = schedule.split(" ");
  if (fields.length !== FIELDS.length)
    return "the five fields of cron: minute, hour, day of the month, month, day of the week";
  return FIELDS.flatMap((field, index) =>
    (fields[index] ?? "").split(",").flatMap((part) => partFaults(field, part)),
  )[0];
}

/** A part is `*`, a number, or a range of two, each with a step or without. */
function partFaults({ title, least, most, names = [] }: Field, part: string): string[] {
  const [, from = "", to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const numberOf = (text: string): number => {
    const name = names.indexOf(text.toUpperCase());
    return name >= 0 ? least + name : /^\d+$/.test(text) ? Number(text) : NaN;
  };
  const [start, end] = from === "*" ? [least, most] : [numberOf(from), numberOf(to ?? from)];
  const isRight = start >= least && start <= end && end <= most && (from !== "*" || to === undefined);
  if (isRight && step !== "0" && !/^0+$/.test(step ?? "1")) return [];
  const named = names.length > 0 ? `, or ${names[0] ?? ""} to ${names.at(-1) ?? ""}` : "";
  return [`as ${title} numbers from ${least} to ${most}${named}: "*", "*/2", "1,3" or "1-3", the smaller number first`];
}
