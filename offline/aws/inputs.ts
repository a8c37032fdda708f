import type { Failure } from "../providers/core/check";
import type { Existing } from "../providers/core/record";
import type { Candidate, Constraint, TypeRule } from "../providers/core/rules";
import { UNKNOWN, type Value, type Values, hasUnknown, isObject, plain, text } from "../providers/core/values";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const TARGETS = "aws:lb/targetGroup:TargetGroup";
export const LISTENER = "aws:lb/listener:Listener";

/** A failure at a path. */
export const failure = (property: string, reason: string): Failure => ({ property, reason });

/** A known input or output of what exists, as text. */
export function textOf(existing: Existing | undefined, property: string): string | undefined {
  if (!existing) return undefined;
  // A constraint asks this of each neighbour, so nothing else of it is looked at.
  return text(plain(existing.outputs[property] ?? null)) ?? text(plain(existing.inputs[property] ?? null));
}

/** Whether a property has a value, known or not. */
export const isGiven = (values: Values, property: string): boolean => (values[property] ?? null) !== null;

/** Whether a value says something: empty texts and lists count as absent, as the real provider reads them. */
export const isFilled = (value: Value | undefined): boolean =>
  (value ?? null) !== null && value !== "" && (!Array.isArray(value) || value.length > 0);

/** A known number; numbers may be written as text. */
export function numberAt(values: Values, property: string): number | undefined {
  const value = values[property];
  if (typeof value === "number") return value;
  return typeof value === "string" && value !== UNKNOWN && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The object at a property; empty when it is none. */
export function objectAt(values: Values, property: string): Values {
  const value = values[property];
  return isObject(value) ? value : {};
}

/** The known texts of a list. */
export function textsAt(values: Values, property: string): readonly { readonly value: string; readonly at: string }[] {
  const list = values[property];
  if (!Array.isArray(list)) return [];
  return (list as readonly Value[]).flatMap((item, index) => {
    const value = text(item);
    return value === undefined ? [] : [{ value, at: `${property}[${index}]` }];
  });
}

/** The elements of a list that are objects. */
export function objectsAt(
  values: Values,
  property: string,
): readonly { readonly value: Values; readonly at: string }[] {
  const list = values[property];
  if (!Array.isArray(list)) return [];
  return (list as readonly Value[]).flatMap((value, index) =>
    isObject(value) ? [{ value, at: `${property}[${index}]` }] : [],
  );
}

/** A JSON document that is known whole; a failure when it is no JSON. */
export function documentAt(
  candidate: Candidate,
  property: string,
): { readonly document?: Value; readonly failure?: Failure } {
  const value = candidate.text(property);
  if (value === undefined || value === "" || value.includes(UNKNOWN) || hasUnknown(candidate.inputs[property]))
    return {};
  try {
    return { document: JSON.parse(value) as Value };
  } catch {
    return { failure: failure(property, "is not JSON: write the document with JSON.stringify") };
  }
}

export const isUnknown = (inputs: Values, ...names: readonly string[]): boolean =>
  names.some((name) => hasUnknown(inputs[name]));

const SIZE = "(nano|micro|small|medium|large|xlarge|\\d+xlarge|metal(-\\d+xl)?)";

/** The forms of what is offered: a family and a size. Families come and go. */
const CLASSES = {
  rds: new RegExp(`^db\\.(serverless|[a-z]+\\d+[a-z0-9-]*\\.${SIZE}(\\.tpc\\d\\.mem\\dx)?)$`),
  cache: new RegExp(`^cache\\.[a-z]+\\d+[a-z0-9]*\\.${SIZE}$`),
  ec2: new RegExp(`^[a-z]+[0-9-][a-z0-9-]*\\.${SIZE}$`),
};

export const sized = (property: string, kind: keyof typeof CLASSES, such: string): Constraint =>
  function* ({ text }) {
    const name = text(property);
    if (name !== undefined && !CLASSES[kind].test(name))
      yield failure(property, `"${name}" is not offered: a family and a size, such as ${such}`);
  };

const DAY = 24 * 60;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Minutes since the week began that a window covers, once or each day. */
function minutesOf(window: string): readonly (readonly [from: number, to: number])[] {
  const [from, to] = window
    .toLowerCase()
    .split("-")
    .map((moment) => {
      const [minute = 0, hour = 0, day] = moment.split(":").reverse();
      return { at: Number(hour) * 60 + Number(minute), day: day === undefined ? undefined : DAYS.indexOf(day) };
    });
  if (from === undefined || to === undefined) return [];
  const days = from.day === undefined ? DAYS.map((_, index) => index) : [from.day];
  return days.map((day) => {
    const begin = day * DAY + from.at;
    const end = (to.day ?? day) * DAY + to.at;
    return [begin, end <= begin ? end + (to.day === undefined ? DAY : 7 * DAY) : end];
  });
}

export const windows = (daily: string, weekly: string): Constraint =>
  function* ({ text }) {
    const [each, once] = [text(daily), text(weekly)];
    if (each === undefined || once === undefined || !/^\d\d:/.test(each) || !/^[a-z]{3}:/i.test(once)) return;
    const week = 7 * DAY;
    const meets = minutesOf(each).some(([from, to]) =>
      minutesOf(once).some(([begin, end]) =>
        [-week, 0, week].some((shift) => from < end + shift && begin + shift < to),
      ),
    );
    if (meets) yield failure(weekly, `${once} overlaps ${daily} ${each}: choose hours that don't meet`);
  };

export const range = (property: string, least: number, most: number): Constraint =>
  function* ({ inputs }) {
    const value = numberAt(inputs, property);
    if (value !== undefined && (value < least || value > most))
      yield failure(property, `${value} is out of range: ${least} to ${most}`);
  };

export type When = NonNullable<TypeRule["replacesWhen"]>[string];

export function asText(value: Value | Values | undefined): string {
  return typeof value === "string" ? value : "";
}

/** What is left out later does not come back by making the resource anew. */
export const given =
  (property: string): When =>
  (_, news) =>
    asText(news[property]) !== "";

/** Compares numbers that dots divide, as far as both go. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(".").map(Number));
  for (const [at, number] of (left ?? []).entries()) {
    const against = right?.[at];
    if (against === undefined || Number.isNaN(number) || Number.isNaN(against)) return 0;
    if (number !== against) return number - against;
  }
  return 0;
}
