// Statements of resource policies that refuse requests without TLS.
import { principalsOf } from "./iam/document";
import { isList, isObject, parsed, UNKNOWN, type Value } from "./value";

/** Whether a policy document refuses every request without TLS to some action: `unknown` while its text is. */
export function deniesInsecureTransport(
  document: Value,
  covers: (actions: readonly string[], resources: readonly string[]) => boolean,
): "yes" | "no" | "unknown" {
  const policy = parsed(document);
  if (policy === UNKNOWN) return "unknown";
  const statements = isObject(policy) ? members(policy.Statement) : [];
  const verdicts = statements.map((statement) => deniesIn(statement, covers));
  if (verdicts.includes("yes")) return "yes";
  return verdicts.includes("unknown") ? "unknown" : "no";
}

function deniesIn(
  statement: Value,
  covers: (actions: readonly string[], resources: readonly string[]) => boolean,
): "yes" | "no" | "unknown" {
  if (statement === UNKNOWN) return "unknown";
  if (!isObject(statement) || statement.Effect !== "Deny") return "no";
  const resources = members(statement.Resource);
  const open =
    everyone(statement.Principal) &&
    onlyWithoutTls(statement.Condition) &&
    covers(texts(statement.Action).map(lower), texts(resources));
  if (open) return "yes";
  const judged: readonly Value[] = [statement.Principal, statement.Condition, ...resources];
  return judged.includes(UNKNOWN) ? "unknown" : "no";
}

function everyone(principal: Value): boolean {
  return (
    principalsOf(principal)?.values.some(({ type, value }) => (type === "*" || type === "AWS") && value === "*") ===
    true
  );
}

/** A second condition would let through what it does not match. */
function onlyWithoutTls(condition: Value): boolean {
  if (!isObject(condition)) return false;
  const tests: readonly { operator: string; key: string; value: Value }[] = Object.entries(condition).flatMap(
    ([operator, keys]) =>
      isObject(keys) ? Object.entries(keys).map(([key, value]) => ({ operator, key, value })) : [],
  );
  return (
    tests.length === 1 &&
    tests.every(
      ({ operator, key, value }) =>
        (operator === "Bool" || operator === "BoolIfExists") &&
        key.toLowerCase() === "aws:securetransport" &&
        members(value).every((member) => member === false || member === "false"),
    )
  );
}

function members(value: Value): readonly Value[] {
  return isList(value) ? value : value === undefined ? [] : [value];
}

function texts(value: Value): readonly string[] {
  return members(value).filter((member): member is string => typeof member === "string");
}

function lower(text: string): string {
  return text.toLowerCase();
}
