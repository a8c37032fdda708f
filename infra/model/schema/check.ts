// Judges what was handed in by a schema: all problems at once, and the parts that can be judged further.
import { types } from "node:util";
import * as v from "valibot";
import type { Problem } from "../../../components/kit/problems";
import { pathOf } from "./path";
import { plainOf } from "./plain";
import { type Schema, type Shape, shapeOf } from "./words";

/** Result of the check of a value against a schema. */
export interface Checked<T> {
  readonly problems: readonly Problem[];
  /** A frozen copy; undefined exactly when there are problems. */
  readonly value: T | undefined;
  /** The copy without the keys that are wrong, when nothing else refers to them; undefined when too much is missing. */
  readonly rest: T | undefined;
  /** Paths of the wrong values that `rest` lacks. */
  readonly missing: readonly string[];
}

type Keys = readonly (string | number)[];

/** Copies that were judged by a schema: nothing can have changed them since. */
const judged = new WeakMap<object, v.GenericSchema>();

/** Judges a value by a schema. */
export function checked<T>(schema: Schema<T>, given: unknown): Checked<T> {
  if (typeof given === "object" && given !== null && judged.get(given) === schema) {
    return { problems: [], value: given as T, rest: given as T, missing: [] };
  }
  const { copy, problems } = plainOf(given);
  // A value that is not plain data is undefined in the copy. Its own problem is reported, not one about its type.
  const foreign = new Set(problems.map(({ path }) => path));
  const issues = (v.safeParse(schema, copy).issues ?? []).filter((issue) => !isRepeated(issue));
  const found = issues.map((issue) => ({
    ...{ keys: keysOf(issue), problem: problemOf(issue), input: issue.input },
    isKey: issue.path?.at(-1)?.origin === "key",
  }));
  const wrong = found.filter(({ problem }) => !foreign.has(problem.path));
  const all = [...problems, ...wrong.map(({ problem }) => problem)];
  if (all.length > 0) {
    const lost = wrong.filter((one) => !isBearable(schema, one));
    const rest = problems.length > 0 ? undefined : without(schema, copy, lost);
    const missing = lost.map(({ problem }) => problem.path);
    return { problems: all, value: undefined, rest: rest as T | undefined, missing };
  }
  if (typeof copy === "object" && copy !== null) judged.set(copy, schema);
  return { problems: [], value: copy as T, rest: copy as T, missing: [] };
}

/** The name that something was handed in with; empty when it has none. */
export function nameOf(given: unknown): string {
  const isReadable = typeof given === "object" && given !== null && !types.isProxy(given);
  const name: unknown = isReadable ? Object.getOwnPropertyDescriptor(given, "name")?.value : undefined;
  return typeof name === "string" ? name.slice(0, 100) : "";
}

/** A missing key is reported with what belongs there by the schema's own words (words.ts). */
function isRepeated(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === "loose_object" && issue.path?.at(-1)?.origin === "key";
}

function keysOf({ path }: v.BaseIssue<unknown>): Keys {
  return (path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
}

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const given = issue.input;
  const remedy = given === null ? `${issue.message}; null is no value` : issue.message;
  return { path: pathOf(keysOf(issue)), value: given, allowed: issue.expected ?? "another value", remedy };
}

/**
 * Keys that checks of other keys read: without a value there, those checks would report a second problem for one mistake
 * (tests/infra/model/one-mistake.spec.ts).
 */
const REFERRED = new Set(
  [
    "contexts topics events services cache consumes projects offers publishes sendsTo from entities tracing accepts",
    "exposes paths authentication routes clients requiresKey streams writesTo owns tables buckets functions on",
    "operations properties items required memory timeout",
  ].flatMap((some) => some.split(" ")),
);

interface Wrong {
  readonly keys: Keys;
  readonly input: unknown;
  /** Whether it is the name of a record's entry that is wrong. */
  readonly isKey: boolean;
}

/** A copy without what is wrong; undefined when something is wrong that others need. */
function without(schema: v.GenericSchema, copy: unknown, wrong: readonly Wrong[]): unknown {
  let rest = copy;
  for (const { keys } of wrong) {
    const cut = cutOf(schema, keys);
    if (cut === undefined) return undefined;
    rest = removed(rest, cut);
  }
  return rest;
}

/** Whether a value is of the right type, a list or a name: other checks can go on with it. */
function isBearable(schema: v.GenericSchema, { keys, input, isKey }: Wrong): boolean {
  if (isKey) return true;
  // A misspelt name or unit that other keys refer to would not be found there.
  if (typeof input === "string" && isReferred(keys)) return false;
  const shape = keys.reduce<Shape | undefined>((at, key) => at && insideOf(at, key), shapeOf(schema));
  if (shape?.kind === "list") return Array.isArray(input);
  return shape?.kind === "value" && shape.type !== undefined && typeof input === shape.type && !Number.isNaN(input);
}

/** The shape of what a key leads to. */
function insideOf(shape: Shape, key: string | number): Shape | undefined {
  const schema = childOf(shape, key);
  const inner = schema && shapeOf(schema);
  return inner?.kind === "optional" ? shapeOf(inner.of) : inner;
}

function childOf(shape: Shape, key: string | number): v.GenericSchema | undefined {
  if (shape.kind === "object") return Object.hasOwn(shape.entries, key) ? shape.entries[key] : undefined;
  if (shape.kind === "record") return shape.value;
  if (shape.kind === "choice") return shape.options.map((option) => childOf(shapeOf(option), key)).find(Boolean);
  return shape.kind === "list" ? shape.item : undefined;
}

/** The keys down to the innermost thing around a wrong value that may be left out. */
function cutOf(schema: v.GenericSchema, keys: Keys): Keys | undefined {
  let shape = shapeOf(schema);
  let cut = 0;
  for (const [index, key] of keys.entries()) {
    if (shape.kind === "list" || shape.kind === "value") break;
    const child = childOf(shape, key);
    // Nothing refers to a key that nothing reads.
    if (child === undefined) return keys.slice(0, index + 1);
    if (shape.kind === "record" || shapeOf(child).kind === "optional") cut = index + 1;
    shape = insideOf(shape, key) ?? shape;
  }
  return cut === 0 || isReferred(keys.slice(0, cut)) ? undefined : keys.slice(0, cut);
}

/** Whether checks of other keys read the value at a path: by its key, or by the mapping or list that it stands in. */
function isReferred(keys: Keys): boolean {
  const names = keys.filter((key) => typeof key === "string");
  return names.slice(-2).some((key) => REFERRED.has(key));
}

/** A copy of the mappings along a path, without what is at its end. */
function removed(whole: unknown, [key, ...deeper]: Keys): unknown {
  // What is around it may have been removed before.
  if (key === undefined || typeof whole !== "object" || whole === null || !Object.hasOwn(whole, key)) return whole;
  const copy: Record<string, unknown> = { ...whole };
  if (deeper.length === 0) Reflect.deleteProperty(copy, key);
  else copy[key] = removed(copy[key], deeper);
  return copy;
}
