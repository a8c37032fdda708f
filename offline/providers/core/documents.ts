// Documents that the real provider compares by what they say, and not letter by letter.
import { isObject, mapValues, same, type Value } from "./values";

const DOCUMENTS = /(?:[pP]olicy|[pP]olicyDocument|^containerDefinitions|^eventPattern|^dashboardBody)$/;
const POLICIES = /[pP]olicy(?:Document)?$/;

/** Whether two texts are the same document. */
export function sameDocument(old: Value | undefined, now: Value | undefined, path: string): boolean {
  if (typeof old !== "string" || typeof now !== "string" || !DOCUMENTS.test(path)) return false;
  try {
    const [before, after] = [JSON.parse(old) as Value, JSON.parse(now) as Value];
    return same(before, after) || (POLICIES.test(path) && same(ordered(before), ordered(after)));
  } catch {
    return false;
  }
}

/** What of a policy's statement is one text or several in any order. */
const SEVERAL: ReadonlySet<string> = new Set(["Action", "NotAction", "Resource", "NotResource"]);
/** What holds such texts by name, below a condition's operators as well. */
const NAMED: ReadonlySet<string> = new Set(["Principal", "NotPrincipal", "Condition"]);

/** A policy with all that has no order in one order: its statements, their actions, resources, principals and values. */
function ordered(policy: Value): Value {
  if (!isObject(policy) || policy.Statement === undefined) return policy;
  const statements = listed(policy.Statement).map((statement) =>
    isObject(statement)
      ? mapValues(statement, (value, key) =>
          SEVERAL.has(key) ? sorted(value) : NAMED.has(key) ? within(value) : value,
        )
      : statement,
  );
  return { ...policy, Statement: sorted(statements) };
}

function within(value: Value): Value {
  return isObject(value) ? mapValues(value, within) : sorted(value);
}

function listed(value: Value): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

function sorted(value: Value): Value {
  return listed(value)
    .map((item) => [canonical(item), item] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, item]) => item);
}

/** A text that is the same for two values that are. */
function canonical(value: Value): string {
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join()}}`;
}
