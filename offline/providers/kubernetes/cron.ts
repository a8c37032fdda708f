// The schedules that a CronJob takes: five fields, or a word.

const WORDS = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
const EVERY = /^@every (\d+(\.\d+)?(ns|us|ms|s|m|h))+$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: "minute", least: 0, most: 59, names: [] },
  { name: "hour", least: 0, most: 23, names: [] },
  { name: "day of the month", least: 1, most: 31, names: [] },
  { name: "month", least: 1, most: 12, names: MONTHS },
  // Sunday is 0 and not 7.
  { name: "day of the week", least: 0, most: 6, names: DAYS },
];

/** Why a schedule is none; undefined when it is one. */
export function hasCronFault(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) return "must not name a time zone: write it as timeZone";
  if (schedule.startsWith("@"))
    return WORDS.test(schedule) || EVERY.test(schedule) ? undefined : "is no such word: write one such as @daily, or five fields";
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    return `has ${parts.length} fields, not five: minute, hour, day of the month, month, day of the week`;
  for (const [index, field] of FIELDS.entries())
    for (const range of (parts[index] ?? "").split(","))
      if (!fits(range, field))
        return `has "${range}" for the ${field.name}: write numbers from ${field.least} to ${field.most}, a range, a step or *`;
  return undefined;
} // prettier-ignore

function fits(range: string, field: Field): boolean {
  const [values = "", step, ...more] = range.split("/");
  if (more.length > 0 || (step !== undefined && !/^0*[1-9]\d*$/.test(step))) return false;
  if (values === "*" || values === "?") return true;
  const [from, to = from, ...rest] = values.split("-").map((value) => numberOf(value, field));
  if (from === undefined || to === undefined || rest.length > 0) return false;
  return from >= field.least && to <= field.most && from <= to;
}

function numberOf(value: string, { least, names }: Field): number | undefined {
  const named = names.indexOf(value.toLowerCase());
  if (named >= 0) return named + least;
  return /^\d+$/.test(value) ? Number(value) : undefined;
}
