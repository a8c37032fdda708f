// Schemas of single values: text, numbers, words, durations and sizes, each with what is allowed and what to do.
import * as v from "valibot";
import { type Duration, mebibytes, milliseconds, seconds, type Size } from "../../../components/kit/units";
import { nearest } from "../findings";

/** A schema whose values are of type T. */
export type Schema<T> = v.GenericSchema<T>;
type Entries = Readonly<Record<string, v.GenericSchema>>;

/** Metadata of a schema, for the reference page and for the check, which continues after the first problem. */
export type Shape =
  | { readonly kind: "value"; readonly allowed: string; readonly type?: "string" | "number" }
  | { readonly kind: "object"; readonly entries: Entries }
  | { readonly kind: "record"; readonly key: v.GenericSchema; readonly value: v.GenericSchema }
  | { readonly kind: "list"; readonly item: v.GenericSchema; readonly allowed: string }
  | { readonly kind: "choice"; readonly options: readonly v.GenericSchema[]; readonly allowed: string }
  | { readonly kind: "optional"; readonly of: v.GenericSchema };
interface Later {
  readonly kind: "later";
  readonly of: () => v.GenericSchema;
}

const shapes = new WeakMap<v.GenericSchema, Shape | Later>();

/** The shape of a schema made by the words below. */
export function shapeOf(schema: v.GenericSchema): Shape {
  const shape = shapes.get(schema);
  if (shape === undefined) throw new Error("a schema must be made of the words in schema/words.ts");
  return shape.kind === "later" ? shapeOf(shape.of()) : shape;
}

/** Gives a schema its shape. */
export function shaped<S extends v.GenericSchema>(schema: S, shape: Shape | Later): S {
  shapes.set(schema, shape);
  return schema;
}

type Remedy = string | ((value: unknown) => string);

/**
 * A single value.
 *
 * @param allowed what is accepted, as a message says it
 * @param remedy what to do about a value that is not
 * @param type of a value that other checks can go on with although its form or range is wrong
 */
export function value<T>(
  holds: (value: unknown) => boolean,
  allowed: string,
  remedy: Remedy,
  type?: "string" | "number",
): Schema<T> {
  const check = v.rawCheck<unknown>(({ dataset, addIssue }) => {
    if (holds(dataset.value)) return;
    addIssue({ expected: allowed, message: typeof remedy === "string" ? remedy : remedy(dataset.value) });
  });
  return shaped(v.pipe(v.unknown(), check) as unknown as Schema<T>, { kind: "value", allowed, ...(type && { type }) });
}

/** A key that may be left out; `undefined` is not a value of it. */
export function optional<const S extends v.GenericSchema>(schema: S): v.ExactOptionalSchema<S, undefined> {
  return shaped(v.exactOptional(schema), { kind: "optional", of: schema });
}

/** A schema that contains itself. */
export function later<T>(of: () => Schema<T>): Schema<T> {
  return shaped(v.lazy(of), { kind: "later", of });
}

const LINE = /^[^\p{Cc}]*$/u;

/** Text in one line. */
export function text(most = 1000): Schema<string> {
  const holds = (given: unknown): boolean => typeof given === "string" && given.length <= most && LINE.test(given);
  return value(holds, `text in one line of at most ${most} characters`, "write it as text, in quotes", "string");
}

/** Text that says something. */
export function sentence(remedy: string, most = 1000): Schema<string> {
  const holds = (given: unknown): boolean =>
    typeof given === "string" && given.trim() !== "" && given.length <= most && LINE.test(given);
  return value(holds, `a sentence of at most ${most} characters`, remedy, "string");
}

/** Text of a form. */
export function matching<T extends string = string>(
  pattern: RegExp,
  allowed: string,
  remedy = "respell it",
  most = 1000,
): Schema<T> {
  return value(
    (given) => typeof given === "string" && pattern.test(given) && given.length <= most,
    allowed,
    (given) => (typeof given === "string" ? remedy : "write it as text, in quotes"),
    "string",
  );
}

/** One of a few words or numbers. */
export function oneOf<const T extends string | number>(...words: readonly T[]): Schema<T> {
  const known: readonly unknown[] = words;
  const shown = words.map((word) => JSON.stringify(word)).join(", ");
  return value(
    (given) => known.includes(given),
    words.length === 1 ? shown : `one of ${shown}`,
    (given) => {
      const meant = nearest(String(given), words.map(String));
      return meant === undefined ? "choose one of these" : `did you mean "${meant}"?`;
    },
    words.every((word) => typeof word === "number") ? "number" : undefined,
  );
}

/** `true` or `false`. */
export function flag(): Schema<boolean> {
  return value((given) => typeof given === "boolean", "true or false", "write one of the two, without quotes");
}

const inRange = (given: unknown): string =>
  typeof given === "number" ? "choose a number in this range" : "write a number, without quotes";

/** A whole number between two bounds. */
export function whole(from: number, to: number): Schema<number> {
  const holds = (given: unknown): boolean =>
    typeof given === "number" && Number.isInteger(given) && given >= from && given <= to;
  return value(holds, `a whole number from ${from} to ${to}`, inRange, "number");
}

/** Any number. */
export function number(): Schema<number> {
  return value(Number.isFinite, "a number", "write a number, without quotes");
}

/** A number between two bounds. */
export function between(from: number, to: number): Schema<number> {
  const holds = (given: unknown): boolean => typeof given === "number" && given >= from && given <= to;
  return value(holds, `a number from ${from} to ${to}`, inRange, "number");
}

function unit<T>(measure: (text: string) => number | undefined, from: string, to: string, example: string): Schema<T> {
  const [least, most] = [measure(from), measure(to)];
  if (least === undefined || most === undefined) throw new Error(`${from} or ${to} has no unit`);
  const holds = (given: unknown): boolean => {
    const measured = typeof given === "string" ? measure(given) : undefined;
    return measured !== undefined && measured >= least && measured <= most;
  };
  return value(holds, `${from} to ${to}`, `write a whole number and a unit, such as "${example}"`, "string");
}

/** A duration between two bounds, in whole seconds. */
export function duration(from: Duration, to: Duration): Schema<Duration> {
  return unit(seconds, from, to, from);
}

/** A duration between two bounds, in whole milliseconds. */
export function precise(from: `${number}ms` | Duration, to: Duration): Schema<`${number}ms` | Duration> {
  return unit(milliseconds, from, to, "100ms");
}

/** Whole days. */
export function days(from: number, to: number): Schema<Duration> {
  const holds = (given: unknown): boolean => {
    const count = typeof given === "string" ? (seconds(given) ?? NaN) / 86_400 : NaN;
    return Number.isInteger(count) && count >= from && count <= to;
  };
  return value(holds, `whole days from ${from}d to ${to}d`, 'write it in days, such as "7d"', "string");
}

/** A size in whole MiB between two bounds. */
export function size(from: Size, to: Size): Schema<Size> {
  const measure = (text: string): number | undefined => {
    const measured = text.includes(" ") ? mebibytes(text) : undefined;
    return Number.isInteger(measured) ? measured : undefined;
  };
  return unit(measure, from, to, "20 GiB");
}
