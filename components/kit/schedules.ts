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
  return (dayOfMonth === "?") === (dayOfWeek === "?")
    ? 'exactly one "?": as day of month or as day of week'
    : undefined;
}

function atFault(inner: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner) ? undefined : "a time such as at(2030-01-01T00:00:00)";
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
