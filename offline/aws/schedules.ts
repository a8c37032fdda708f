import type { Constraint } from "../providers/core/rules";
import { failure } from "./inputs";

function rateFault(inner: string): string | undefined {
  const [, digits = "", unit = ""] = /^(\d+) (\w+)$/.exec(inner) ?? [];
  const count = Number(digits);
  const right = count === 1 ? /^(minute|hour|day)$/ : /^(minutes|hours|days)$/;
  if (count >= 1 && right.test(unit)) return undefined;
  return `"rate(${inner})": a whole number and minute, hour or day after 1, minutes, hours or days after more`;
}

const FIELDS = ["minutes", "hours", "day of month", "month", "day of week", "year"];

function cronFault(inner: string): string | undefined {
  const fields = inner.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return `"cron(${inner})" has ${fields.length} fields: ${FIELDS.join(", ")}`;
  const [, , dayOfMonth, , dayOfWeek] = fields;
  return (dayOfMonth === "?") === (dayOfWeek === "?")
    ? `"cron(${inner})": exactly one of day of month and day of week is "?"`
    : undefined;
}

/** Why an expression says nothing. */
export function scheduleFault(expression: string, kinds: readonly string[]): string | undefined {
  const [, kind = "", inner = ""] = /^(\w+)\((.*)\)$/.exec(expression) ?? [];
  if (!kinds.includes(kind)) return `"${expression}": one of ${kinds.map((each) => `${each}(…)`).join(", ")}`;
  if (kind === "rate") return rateFault(inner);
  if (kind === "cron") return cronFault(inner);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner) ? undefined : `"${expression}": at(yyyy-mm-ddThh:mm:ss)`;
}

export const says = (property: string, ...kinds: readonly string[]): Constraint =>
  function* ({ text }) {
    const expression = text(property);
    const fault = expression === undefined || expression === "" ? undefined : scheduleFault(expression, kinds);
    if (fault !== undefined) yield failure(property, fault);
  };
