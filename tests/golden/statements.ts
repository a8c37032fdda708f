// A policy document as lines that a person reads: `allow sqs:SendMessage on <queue.arn> if StringEquals aws:x = y`.

/** The statements of a policy document, one line each; undefined when it is none. */
export function statementsOf(document: Readonly<Record<string, unknown>>): string[] | undefined {
  const { Statement: statements, Version, ...more } = document;
  if (statements === undefined || typeof Version !== "string" || Object.keys(more).some((key) => key !== "Id")) return;
  return listOf(statements).map((each) => lineOf(each as Readonly<Record<string, unknown>>));
}

function lineOf(statement: Readonly<Record<string, unknown>>): string {
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition, ...more } =
    statement;
  return [
    ...(Sid === undefined ? [] : [`${text(Sid)}:`]),
    text(Effect).toLowerCase(),
    ...part("", Principal),
    ...part("all principals but", NotPrincipal),
    ...part("", Action),
    ...part("all actions but", NotAction),
    ...part("on", Resource),
    ...part("on all but", NotResource),
    ...conditions(Condition),
    ...(Object.keys(more).length > 0 ? [JSON.stringify(more)] : []),
  ].join(" ");
}

function part(word: string, value: unknown): string[] {
  if (value === undefined) return [];
  const items = isRecord(value)
    ? Object.entries(value).flatMap(([kind, each]) => listOf(each).map((item) => `${kind} ${text(item)}`))
    : listOf(value).map(text);
  return [`${word} ${items.join(", ")}`.trim()];
}

function conditions(value: unknown): string[] {
  if (!isRecord(value)) return [];
  const all = Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(
      ([key, values]) => `${operator} ${key} = ${listOf(values).map(text).join(" or ")}`,
    ),
  );
  return all.length === 0 ? [] : [`if ${all.join(" and ")}`];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : [value]);
const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
