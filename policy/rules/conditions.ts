// Conditions on a property, as data: each has its test and its words for a finding.
import { isOwnKey } from "./encryption/keys";
import { at, isList, isMissing, isObject, parsed, type Properties, textOf, UNKNOWN, type Value } from "./value";

/** A condition on a value. Unknown values are not tested. */
export interface Condition {
  /** The accepted values, in the words of the finding. */
  readonly words: string;
  readonly accepts: (value: Value) => boolean;
}

/** Whether a rule applies to a resource; false where it depends on something that is not known yet. */
export type Where = (props: Properties, type?: string) => boolean;

const isTrue = (value: Value): boolean => value === true || value === "true";
const isFalse = (value: Value): boolean => value === false || value === "false";
const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(" or ");

/** A switch that must be turned on. */
export const on: Condition = { words: "true", accepts: isTrue };

/** A switch that is on by default and must not be turned off. */
export const notOff: Condition = { words: "true, the default", accepts: (value) => isMissing(value) || isTrue(value) };

/** A switch that is off by default and must not be turned on. */
export const off: Condition = { words: "false", accepts: (value) => isMissing(value) || isFalse(value) };

/** A switch that is on by default and must be turned off. */
export const turnedOff: Condition = { words: "false", accepts: isFalse };

/** Anything that is not empty. */
export const given: Condition = {
  words: "a value",
  accepts: (value) => !isMissing(value) && !(isObject(value) && Object.keys(value).length === 0),
};

/** Nothing. */
export const absent: Condition = { words: "nothing", accepts: isMissing };

/** The key of the account's own. */
export const ownKey: Condition = { words: "the key of the account's own (customer managed)", accepts: isOwnKey };

/** One of some texts, in any case. */
export function oneOf(...values: readonly string[]): Condition {
  const allowed = values.map((value) => value.toLowerCase());
  return { words: quoted(values), accepts: (value) => allowed.includes(textOf(value).toLowerCase()) };
}

/** One of some texts, or nothing, which means one of them. */
export function defaultOr(...values: readonly string[]): Condition {
  const { words, accepts } = oneOf(...values);
  return { words, accepts: (value) => isMissing(value) || accepts(value) };
}

/** Any text but some, in any case; nothing is accepted. */
export function noneOf(...values: readonly string[]): Condition {
  const refused = values.map((value) => value.toLowerCase());
  return { words: `not ${quoted(values)}`, accepts: (value) => !refused.includes(textOf(value).toLowerCase()) };
}

/** Something other than some texts; nothing is refused. */
export function otherThan(...values: readonly string[]): Condition {
  const condition = noneOf(...values);
  return { words: condition.words, accepts: (value) => !isMissing(value) && condition.accepts(value) };
}

/** A number, or a text that is one, of at least a least value. */
export function atLeast(least: number): Condition {
  return { words: `${least} or more`, accepts: (value) => textOf(value) !== "" && Number(textOf(value)) >= least };
}

/** The same, where nothing means enough. */
export function defaultOrAtLeast(least: number): Condition {
  const { words, accepts } = atLeast(least);
  return { words, accepts: (value) => isMissing(value) || accepts(value) };
}

/** A number of at most a greatest value; nothing is accepted. */
export function atMost(greatest: number): Condition {
  return { words: `${greatest} or less`, accepts: (value) => isMissing(value) || Number(textOf(value)) <= greatest };
}

/** A list with at least so many members. */
export function members(least: number): Condition {
  return { words: `${least} or more`, accepts: (value) => isList(value) && value.length >= least };
}

/** A list that holds some texts; a member that is not known yet may be any of them. */
export function holding(...values: readonly string[]): Condition {
  return {
    words: `a list with ${quoted(values)}`.replace(/ or /g, " and "),
    accepts: (value) => isList(value) && (value.includes(UNKNOWN) || values.every((text) => value.includes(text))),
  };
}

/** A list in which an object has some property of one of some values. */
export function holdingOne(property: string, ...values: readonly string[]): Condition {
  return {
    words: `an entry whose ${property} is ${quoted(values)}`,
    accepts: (value) =>
      isList(value) &&
      value.some((entry) => {
        const found = at(entry, property);
        return found === UNKNOWN || values.includes(textOf(found));
      }),
  };
}

/** A list of parameters in which one is set to a value that matches; a parameter that is not known yet may be it. */
export function parameter(name: string, value: RegExp): Condition {
  return {
    words: `a parameter ${name} that is set`,
    accepts: (list) =>
      isList(list) &&
      list.some((entry) => {
        const key = at(entry, "name");
        const set = at(entry, "value");
        return key === UNKNOWN || (key === name && (set === UNKNOWN || value.test(textOf(set).toLowerCase())));
      }),
  };
}

/** A JSON text, what stands at a path of which is right; a text that is no JSON is refused. */
export function inJson(path: string, { words, accepts }: Condition): Condition {
  return {
    words: `JSON in which ${path} is ${words}`,
    accepts: (text) => {
      const found = at(parsed(text), path);
      return found === UNKNOWN || accepts(found);
    },
  };
}

/** A text that matches; nothing is refused. */
export function matching(words: string, pattern: RegExp): Condition {
  return { words, accepts: (value) => pattern.test(textOf(value)) };
}

/** A text that does not match; nothing is accepted. */
export function notMatching(words: string, pattern: RegExp): Condition {
  return { words, accepts: (value) => !pattern.test(textOf(value)) };
}

/** Applies where a property is known and one of the values. */
export function says(path: string, ...values: readonly (string | boolean)[]): Where {
  return (props) => {
    const found = textOf(at(props, path)).toLowerCase();
    return values.some((value) => String(value).toLowerCase() === found);
  };
}

/** Applies where a property is missing, or known and none of the values. */
export function saysNot(path: string, ...values: readonly (string | boolean)[]): Where {
  return (props) => at(props, path) !== UNKNOWN && !says(path, ...values)(props);
}

/** Applies where a property begins with one of the texts. */
export function begins(path: string, ...starts: readonly string[]): Where {
  return (props) => starts.some((start) => textOf(at(props, path)).toLowerCase().startsWith(start));
}

/** Applies where a property is not set. */
export function lacks(path: string): Where {
  return (props) => isMissing(at(props, path));
}

/** Applies where a property is set, to a known or an unknown value. */
export function has(path: string): Where {
  return (props) => !isMissing(at(props, path));
}

/** Applies where the other one does not. */
export function not(where: Where): Where {
  return (props, type) => !where(props, type);
}

/** Applies to resources of a type. */
export function isType(token: string): Where {
  return (_, type) => type === token;
}

/** Applies where all of them do. */
export function all(...wheres: readonly Where[]): Where {
  return (props, type) => wheres.every((where) => where(props, type));
}

/** Applies where at least one of them does. */
export function any(...wheres: readonly Where[]): Where {
  return (props, type) => wheres.some((where) => where(props, type));
}
