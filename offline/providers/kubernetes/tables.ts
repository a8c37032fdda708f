// The API server's validation as data: paths within an object, and what holds there.
import type { Failure } from "../core/check";
import { hasUnknown, isObject, same, text, UNKNOWN, type Value, type Values } from "../core/values";
import { amount } from "./quantities";
import type { Part } from "./shapes";

/** What is wrong with a value that is there. An empty path says that it is the value itself. */
export type Check = (value: Value, beside: Values) => Iterable<Failure>;
/** Checks by path: `containers[].ports[].name`, `limits{}` for each value of a map. */
export type Table = Readonly<Record<string, Check>>;

/** A value in its place. */
interface Place {
  readonly at: string;
  readonly value: Value | undefined;
  readonly beside: Values;
}

/** All failures of a part. What is unknown passes. */
export function* judge({ at, value }: Part, table: Table): Iterable<Failure> {
  for (const [path, check] of Object.entries(table)) {
    for (const place of places({ at, value, beside: {} }, path.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? [])) {
      if (place.value === undefined || place.value === null || place.value === UNKNOWN) continue;
      for (const { property, reason } of check(place.value, place.beside))
        yield { property: `${place.at}${property}`.replace(/^\./, ""), reason };
    }
  }
}

function* places(from: Place, [step, ...rest]: readonly string[]): Iterable<Place> {
  const { at, value } = from;
  if (step === undefined) yield from;
  else if (step === "[]") {
    if (!Array.isArray(value)) return;
    for (const [index, item] of (value as readonly Value[]).entries())
      yield* places({ at: `${at}[${index}]`, value: item, beside: isObject(item) ? item : {} }, rest);
  } else if (isObject(value)) {
    if (step === "{}")
      for (const [key, item] of Object.entries(value))
        yield* places({ at: `${at}["${key}"]`, value: item, beside: value }, rest);
    else yield* places({ at: at === "" ? step : `${at}.${step}`, value: value[step], beside: value }, rest);
  }
}

const shown = (value: Value): string => JSON.stringify(value);
const fault = (reason: string, property = ""): Failure[] => [{ property, reason }];
const nothing: readonly Failure[] = [];

/** All of several checks. */
export function all(...checks: readonly Check[]): Check {
  return function* (value, beside) {
    for (const check of checks) yield* check(value, beside);
  };
}

export const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && allowed.includes(value)
      ? nothing
      : fault(`${shown(value)} is not one of ${allowed.join(", ")}`);

/** A number from `least` to `most`. */
export const within =
  (least: number, most = Infinity): Check =>
  (value) => {
    if (typeof value !== "number" || (value >= least && value <= most)) return nothing;
    return fault(`${value} must be ${most === Infinity ? `at least ${least}` : `from ${least} to ${most}`}`);
  };

export const matching =
  (form: RegExp, what: string, most = Infinity): Check =>
  (value) =>
    typeof value !== "string" || (form.test(value) && value.length <= most)
      ? nothing
      : fault(`${shown(value)} must be ${what}`);

/** A whole number that is not below zero, or a share of at most all. */
export const share: Check = (value) => {
  if (typeof value === "number") return within(0)(value, {});
  const percent = /^(\d+)%$/.exec(isText(value))?.[1];
  if (percent !== undefined && Number(percent) <= 100) return nothing;
  return fault(`${shown(value)} must be a whole number, or a share such as "25%" of at most 100 %`);
};
/** As {@link share}, and more than all is allowed. */
export const anyShare: Check = (value) =>
  typeof value === "string" && /^\d+%$/.test(value) ? nothing : share(value, {});

/** A quantity of at least `least`; whole where it counts things. */
export const quantity =
  (least = 0, whole = false): Check =>
  (value) => {
    const known = amount(value);
    if (known === undefined)
      return fault(`${shown(value)} is no quantity: write a number with a unit, such as "250m", "2" or "512Mi"`);
    if (known < least) return fault(`${shown(value)} must be at least ${least}`);
    return whole && !Number.isInteger(known) ? fault(`${shown(value)} must be a whole number`) : nothing;
  };

/** No two items of a list have the same values of these properties; items in which one is missing count as what it is by default. */
export function unique(keys: readonly string[], byDefault: Values = {}): Check {
  return function* (value) {
    const before: Value[][] = [];
    for (const [index, item] of (Array.isArray(value) ? (value as readonly Value[]) : []).entries()) {
      if (!isObject(item)) continue;
      const own = keys.map((key) => item[key] ?? byDefault[key] ?? null);
      if (own.includes(null) || hasUnknown(own)) continue;
      if (before.some((other) => same(other, own)))
        yield {
          property: `[${index}].${keys[0] ?? ""}`,
          reason: `${own.map(shown).join(" ")} is there before: each item needs ${keys.join(" and ")} of its own`,
        };
      before.push(own);
    }
  };
}

const given = (value: Value, names: readonly string[]): readonly string[] =>
  names.filter((name) => isObject(value) && (value[name] ?? null) !== null);

/** Exactly one of several properties; none is allowed where `none` says so. */
export const exactlyOne =
  (names: readonly string[], none = false): Check =>
  (value) => {
    if (!isObject(value)) return nothing;
    const there = given(value, names);
    if (there.length === 1 || (none && there.length === 0)) return nothing;
    return fault(
      `${there.length === 0 ? "nothing" : there.join(" and ")} is given: write exactly one of ${names.join(", ")}`,
    );
  };

/** Properties that must be there. */
export function needs(...names: readonly string[]): Check {
  return function* (value) {
    for (const name of names) {
      const own = isObject(value) ? (value[name] ?? null) : UNKNOWN;
      if (own === null || own === "" || (Array.isArray(own) && own.length === 0))
        yield { property: `.${name}`, reason: `it must not be empty: write ${name}` };
    }
  };
}

/** The properties must not be there when `when` holds. */
export function forbids(when: (value: Values) => boolean, why: string, ...names: readonly string[]): Check {
  return function* (value) {
    if (!isObject(value) || !when(value)) return;
    for (const name of given(value, names)) yield { property: `.${name}`, reason: `${why}: leave it out` };
  };
}

/** The keys of a map. */
export function keys(form: RegExp, what: string, most = 253): Check {
  return function* (value) {
    for (const key of isObject(value) ? Object.keys(value) : [])
      if (!form.test(key) || key.length > most) yield { property: `["${key}"]`, reason: `a key must be ${what}` };
  };
}

/** A map of texts: the API server takes no numbers for them. */
export const texts: Check = function* (value) {
  for (const [key, item] of isObject(value) ? Object.entries(value) : [])
    if (item !== null && typeof item !== "string" && !hasUnknown(item))
      yield { property: `["${key}"]`, reason: `${shown(item)} is no text: put it into quotes` };
};

/** Anything that a predicate says of the value; undefined when it is right. */
export const says =
  (what: (value: Values) => string | undefined, property = ""): Check =>
  (value) => {
    const reason = isObject(value) ? what(value) : undefined;
    return reason === undefined ? nothing : fault(reason, property);
  };

export const isText = (value: Value | undefined): string => text(value) ?? "";
