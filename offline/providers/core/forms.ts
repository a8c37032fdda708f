// Texts of a form that has a name, so that a refusal need not show an expression.
import type { Form } from "../schema/shape";

/** What a text is called that has the form. */
export const FORMS: Readonly<Record<Form, string>> = {
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

export function hasForm(text: string, form: Form): boolean {
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
