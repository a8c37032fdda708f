// Why a value of the right type is not allowed all the same: what is allowed, and what comes near.
import { distance } from "fastest-levenshtein";
import { expression } from "../schema/agreement";
import type { Bounds, Form, Limits } from "../schema/shape";

/** What a text is called that has the form. */
const FORMS: Readonly<Record<Form, string>> = {
  arn: "an ARN (arn:partition:service:region:account:resource)",
  json: "JSON",
  dailyWindow: "a daily window (hh:mm-hh:mm)",
  weeklyWindow: "a weekly window (ddd:hh:mm-ddd:hh:mm)",
  timestamp: "a time (2006-01-02T15:04:05Z)",
  account: "an account (twelve digits)",
};

const TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const DAY = "(?:sun|mon|tue|wed|thu|fri|sat)";

/** As the real provider reads them (internal/verify/validate.go). */
const EXPRESSIONS: Readonly<Record<Exclude<Form, "json">, RegExp>> = {
  arn: /^arn:aws(?:-[a-z]+)*:[^:]*:(?:[a-z]{2,4}(?:-[a-z]+)+-\d{1,2})?:(?:aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10})?:.+$/s,
  dailyWindow: new RegExp(`^${TIME}-${TIME}$`),
  weeklyWindow: new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`, "i"),
  timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/,
  account: /^\d{12}$/,
};

function hasForm(text: string, form: Form): boolean {
  return form === "json" ? isJson(text) : EXPRESSIONS[form].test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const SHOWN = 12;

/**
 * The reason; undefined when the value is allowed. An empty text stands for "not set", as in Terraform.
 * @param secret whether the reason must not show the value
 */
export function notAllowed(value: string | number | boolean, limits: Limits, secret = false): string | undefined {
  const { values, range, length, pattern, form } = limits;
  const shown = secret ? "the value" : shortened(value);
  if (values !== undefined && value !== "" && !listed(String(value), values))
    return `${shown} ${notListed(value, values)}`;
  if (range !== undefined && !inside(Number(value), range) && !(range.zero === true && Number(value) === 0))
    return `${shown} is not ${bounds(range)}`;
  if (typeof value !== "string" || value === "") return undefined;
  const characters = Array.from(value).length;
  if (length !== undefined && !inside(characters, length))
    return `${shown} has ${characters} characters, not ${bounds(length)}`;
  if (form !== undefined && !hasForm(value, form)) return `${shown} is not ${FORMS[form]}`;
  return pattern === undefined || matches(value, pattern) ? undefined : `${shown} does not match ${pattern}`;
}

/** Why a list may not hold so many; undefined when it may. */
export function miscounted(count: number, { items }: Limits): string | undefined {
  if (items === undefined || inside(count, items)) return undefined;
  return `${count} ${count === 1 ? "item" : "items"}, not ${bounds(items)}`;
}

/** The SDK's documentation writes `must_encrypt` as `mustEncrypt`, because it takes it for a property. */
function listed(value: string, values: readonly string[]): boolean {
  const inDocumentation = value.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return values.includes(value) || (/^[a-z]/.test(value) && values.includes(inDocumentation));
}

function notListed(value: string | number | boolean, values: readonly string[]): string {
  const near = nearest(String(value), values);
  const list = values.slice(0, SHOWN).map((allowed) => JSON.stringify(allowed));
  const shown = `${list.join(", ")}${values.length > SHOWN ? `, … (${values.length} in all)` : ""}`;
  return `is not one of ${shown}${near === undefined ? "" : `; did you mean "${near}"?`}`;
}

function inside(number: number, { min, max }: Bounds): boolean {
  return (min === undefined || number >= min) && (max === undefined || number <= max);
}

function bounds({ min, max }: Bounds): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `between ${min} and ${max}`;
}

function shortened(value: string | number | boolean): string {
  return JSON.stringify(typeof value === "string" && value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

/** Longer texts are templates and code, and a pattern takes long for them. */
const LONGEST = 1000;

function matches(value: string, pattern: string): boolean {
  return value.length > LONGEST || expression(pattern)?.test(value) !== false;
}

/** The name that was probably meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let [best, least] = [undefined as string | undefined, Math.max(2, name.length / 3)];
  for (const candidate of known) {
    const apart = distance(name.toLowerCase(), candidate.toLowerCase());
    if (apart < least || (apart === least && best === undefined)) [best, least] = [candidate, apart];
  }
  return best;
}
