// The words that a description's schema is written in. From one such schema come the types that an editor completes, the
// checks at run time, the messages and the reference page (docs/reference).
//
// To add a field: write one line, with a TSDoc comment above it, in the `object({ … })` of the thing that it belongs to
// (kinds/<kind>/description.ts, environment.ts): `stopTimeout: optional(duration("2s", "120s")),`.
// The type, the check, the message and the reference page follow. A check that needs two fields stands in validate-*.ts.
import * as v from "valibot";
import { nearest } from "../findings";
import { oneOf, optional, type Schema, shaped, shapeOf, value } from "./values";

export * from "./values";

type Entries = Readonly<Record<string, v.GenericSchema>>;

/** Limits of a list, and their words in a message. */
export interface Bounds {
  /** @default 0 */
  readonly least?: number;
  /** @default 1000 */
  readonly most?: number;
  readonly allowed?: string;
  /** What to do when there are too few. */
  readonly remedy?: string;
}

/** A list of things of one kind. */
export function list<const S extends v.GenericSchema>(item: S, bounds: Bounds = {}) {
  const { least = 0, most = 1000, remedy = "name what is missing" } = bounds;
  const allowed = bounds.allowed ?? `a list of ${least === 0 ? "at most" : `${least} to`} ${most}`;
  const form = value<readonly unknown[]>(Array.isArray, allowed, "write a list: [ … ]");
  const whole = v.pipe(
    v.array(item),
    v.rawCheck(({ dataset: { value: items }, addIssue }) => {
      if (!Array.isArray(items) || (items.length >= least && items.length <= most)) return;
      addIssue({ expected: allowed, message: items.length < least ? remedy : "list fewer" });
    }),
    v.readonly(),
  );
  const schema = v.lazy((given) => (Array.isArray(given) ? whole : (form as unknown as typeof whole)));
  return shaped(schema, { kind: "list", item, allowed });
}

/** What an entry of a mapping is, where one must be there. */
interface NotEmpty {
  readonly allowed: string;
  readonly remedy: string;
}

/** A mapping from names to things of one kind; an empty one is refused with `notEmpty`. */
export function record<const K extends v.GenericSchema<string>, const S extends v.GenericSchema>(
  key: K,
  item: S,
  notEmpty?: NotEmpty,
) {
  const form = value<object>(isMapping, "a mapping", "write { name: … }");
  const whole = v.pipe(
    v.record(key, item),
    v.rawCheck(({ dataset: { value: entries }, addIssue }) => {
      if (notEmpty === undefined || !isMapping(entries) || Object.keys(entries).length > 0) return;
      addIssue({ expected: notEmpty.allowed, message: notEmpty.remedy });
    }),
    v.readonly(),
  );
  const schema = v.lazy((given) => (isMapping(given) ? whole : (form as unknown as typeof whole)));
  return shaped(schema, { kind: "record", key, value: item });
}

/** A mapping with these keys and no others. */
export function object<const E extends Entries>(entries: E) {
  const keys = Object.keys(entries);
  const allowed = `a mapping with ${keys.join(", ")}`;
  const form = value<object>(isMapping, allowed, "write { … }");
  // valibot's strictObject reports one unknown key only, and a missing key without what belongs there: see `strictly`.
  const whole = v.pipe(
    v.looseObject(entries) as unknown as v.StrictObjectSchema<E, undefined>,
    v.rawCheck(({ dataset, addIssue }) => {
      for (const issue of strictly(entries, keys, dataset.value)) addIssue(issue);
    }),
    v.readonly(),
  );
  const schema = v.lazy((given) => (isMapping(given) ? whole : (form as unknown as typeof whole)));
  return shaped(schema, { kind: "object", entries });
}

/** The same object with every key optional. */
export function partial<T extends object>(schema: Schema<T>): Schema<Partial<T>> {
  const shape = shapeOf(schema);
  if (shape.kind !== "object") throw new Error("only an object has keys to leave out");
  const entries = Object.entries(shape.entries).map(([key, entry]) => [
    key,
    shapeOf(entry).kind === "optional" ? entry : optional(entry),
  ]);
  return object(Object.fromEntries(entries) as Entries) as unknown as Schema<Partial<T>>;
}

function strictly(entries: Entries, keys: readonly string[], given: unknown): v.RawCheckIssueInfo<unknown>[] {
  if (!isMapping(given)) return [];
  const at = (key: string, origin: "key" | "value"): [v.ObjectPathItem] => [
    { type: "object", origin, input: given, key, value: given[key] },
  ];
  const missing = keys.flatMap((key) => {
    const schema = entries[key];
    if (schema === undefined || key in given || shapeOf(schema).kind === "optional") return [];
    const [issue] = v.safeParse(schema, undefined).issues ?? [];
    const expected = issue?.expected ?? "a value";
    return [{ input: undefined, expected, message: `add ${key}`, path: at(key, "value") }];
  });
  const unknown = Object.keys(given)
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const meant = nearest(key, keys);
      const message = meant === undefined ? "remove it: nothing reads it" : `did you mean "${meant}"?`;
      const expected = `one of the keys ${keys.join(", ")}`;
      return { input: given[key], expected, message, path: at(key, "value") };
    });
  return [...missing, ...unknown];
}

/** A text, a list or a mapping, each with its own schema: a short way and a long way to say the same. */
export function forms<
  const T extends v.GenericSchema = never,
  const L extends v.GenericSchema = never,
  const M extends v.GenericSchema = never,
>(allowed: string, by: { readonly text?: T; readonly list?: L; readonly mapping?: M }) {
  const none = value<never>(() => false, allowed, "write one of these") as unknown as T | L | M;
  const schema = v.lazy((given): T | L | M => {
    if (typeof given === "string") return by.text ?? none;
    if (Array.isArray(given)) return by.list ?? none;
    return (isMapping(given) ? by.mapping : undefined) ?? none;
  });
  const options = [by.text, by.list, by.mapping].flatMap((option) => (option ? [option] : []));
  return shaped(schema, { kind: "choice", options, allowed });
}

/** A word, or something that is no text. */
export function either<const W extends string, const S extends v.GenericSchema>(word: W, schema: S) {
  const only = oneOf(word);
  const choice = v.lazy((given): typeof only | S => (given === word ? only : schema));
  return shaped(choice, { kind: "choice", options: [only, schema], allowed: `"${word}" or what follows` });
}

/** Objects told apart by which key they have. */
export function keyed<const O extends Readonly<Record<string, v.GenericSchema>>>(options: O) {
  const [first = "", ...others] = Object.keys(options);
  const schema = v.lazy((given): O[keyof O] => {
    const key = isMapping(given) ? others.find((other) => Object.hasOwn(given, other)) : undefined;
    return options[key ?? first] as O[keyof O];
  });
  const allowed = [first, ...others].map((key) => `{ ${key} }`).join(" or ");
  return shaped(schema, { kind: "choice", options: Object.values(options), allowed });
}

/** Objects told apart by one of their keys. */
export function variant<const O extends Readonly<Record<string, v.GenericSchema>>>(key: string, options: O) {
  const names = Object.keys(options);
  const allowed = `a mapping whose ${key} is ${names.join(" or ")}`;
  const word = oneOf(...names);
  const unnamed = v.pipe(
    v.unknown(),
    v.rawCheck(({ dataset: { value: input }, addIssue }) => {
      const named = isMapping(input) ? input[key] : undefined;
      const [issue] = v.safeParse(word, named).issues ?? [];
      const path: [v.UnknownPathItem] = [{ type: "unknown", origin: "value", input, key, value: named }];
      if (issue) addIssue({ input: named, expected: issue.expected ?? allowed, message: issue.message, path });
    }),
  ) as unknown as O[keyof O];
  const form = value(isMapping, allowed, `write { ${key}: ${names[0] ?? ""}, … }`) as unknown as O[keyof O];
  const schema = v.lazy((given): O[keyof O] => {
    if (!isMapping(given)) return form;
    const named = given[key];
    return (typeof named === "string" && Object.hasOwn(options, named) && (options[named] as O[keyof O])) || unnamed;
  });
  return shaped(schema, { kind: "choice", options: Object.values(options), allowed });
}

/** Whether a value is an object and no list. */
export function isMapping(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
