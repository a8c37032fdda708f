// Schedules as EventBridge Scheduler writes them, and what it refuses. Pure.
import type { Problem } from "./problems";

const UNITS = ["minute", "hour", "day"];
const FIELDS = ["minutes", "hours", "day of month", "month", "day of week", "year"];

/**
 * A problem when a schedule is none of `rate(…)`, `cron(…)` and `at(…)`, or one that EventBridge Scheduler refuses.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleProblems(path: string, schedule: string): Problem[] {
  const [, kind = "", inner = ""] = /^(rate|cron|at)\((.*)\)$/.exec(schedule) ?? [];
  const fault = FAULTS[kind]?.(inner);
  if (kind !== "" && fault === undefined) return [];
  return [
    {
      path,
      value: schedule,
      allowed: fault ?? "rate(…), cron(…) or at(…)",
      remedy: 'write it like "rate(1 day)", "cron(0 6 * * ? *)" or "at(2030-01-01T00:00:00)"',
    },
  ];
}

function rateFault(inner: string): string | undefined {
  const [, count = "", unit = ""] = /^(\d+) ([a-z]+)$/.exec(inner) ?? [];
  const right = Number(count) === 1 ? UNITS : UNITS.map((one) => `${one}s`);
  if (Number(count) >= 1 && right.includes(unit)) return undefined;
  return "a whole number and minute, hour or day after 1; minutes, hours or days after more";
}

function cronFault(inner: string): string | undefined {
  const fields = inner.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return `six fields: ${FIELDS.join(", ")}; this one has ${fields.length}`;
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return 'exactly one "?": as day of month or as day of week';
  const wrong = fields.findIndex((field, index) => !isField(field, RANGES[index]));
  const range = RANGES[wrong];
  if (range === undefined) return undefined;
  return `${FIELDS[wrong] ?? ""} from ${range.from} to ${range.to}, as *, a value, a range, a list or a step; this one has ${fields[wrong] ?? ""}`;
}

/** What a field of cron may hold. */
interface CronRange {
  readonly from: number;
  readonly to: number;
  /** Names of its values, the first for `from`. */
  readonly names?: readonly string[];
  /** What it may hold beside numbers: the last day, a weekday near one, the third Monday. */
  readonly special?: RegExp;
}

const RANGES: readonly CronRange[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31, special: /^(?:\?|L|LW|(?:[1-9]|[12]\d|3[01])W)$/ },
  { from: 1, to: 12, names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] },
  {
    ...{ from: 1, to: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
    special: /^(?:\?|L|[1-7]L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/i,
  },
  { from: 1970, to: 2199 },
];

function isField(field: string, range: CronRange | undefined): boolean {
  if (range === undefined) return false;
  const { from, to, names = [], special } = range;
  const isValue = (text: string): boolean =>
    names.includes(text.toUpperCase()) || (/^\d{1,4}$/.test(text) && Number(text) >= from && Number(text) <= to);
  return field.split(",").every((part) => {
    if (special?.test(part) === true) return true;
    const [base = "", step, ...more] = part.split("/");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
    const ends = base.split("-");
    return base === "*" || (ends.length <= 2 && ends.every(isValue));
  });
}

function atFault(inner: string): string | undefined {
  const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner);
  const time = isWritten ? new Date(`${inner}Z`) : undefined;
  // 31 February is 3 March for JavaScript.
  const isTime = time !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(inner);
  return isTime ? undefined : "a time that exists, such as at(2030-01-01T00:00:00)";
}

/** A problem when a name is no time zone that JavaScript has; AWS and JavaScript both take them from the IANA list. */
export function timeZoneProblems(path: string, timeZone: string | undefined): Problem[] {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  return [{ path, value: timeZone, allowed: "a time zone of the IANA list", remedy: 'write it like "Europe/Berlin"' }];
}

function isTimeZone(timeZone: string): boolean {
  // JavaScript also takes offsets (`+01:00`), and any spelling of case; the list has neither.
  if (!/^[A-Z][A-Za-z_]*(?:\/[A-Za-z0-9_+-]+)*$/.test(timeZone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

const FAULTS: Readonly<Record<string, (inner: string) => string | undefined>> = {
  rate: rateFault,
  cron: cronFault,
  at: atFault,
};
