// What a change of inputs means for a resource: nothing, an update in place, or a replacement.
import type { ResourceSchema } from "../schema/sdk";
import type { Properties, Property, Shape } from "../schema/shape";
import { sameDocument } from "./documents";
import type { TypeRule } from "./rules";
import { hasUnknown, isObject, same, type Value, type Values } from "./values";

export type ChangeKind = "add" | "delete" | "update";

/** One property that changes. */
export interface Change {
  readonly path: string;
  readonly kind: ChangeKind;
  readonly replaces: boolean;
}

/** All that changes. */
export interface Difference {
  readonly changes: readonly Change[];
  /** The replaced resource has a name that only one may have, so the old one must go first. */
  readonly deleteBeforeReplace: boolean;
}

/** The properties of an object type of the SDK. */
export type Members = (name: string) => Properties;

/** Compares two sets of plain inputs. */
export function diffProperties(
  schema: ResourceSchema | undefined,
  rule: TypeRule,
  olds: Values,
  news: Values,
  ignored: readonly string[],
  members: Members = () => new Map(),
): Difference {
  const changes: Change[] = [];
  const given = decided(rule, olds, news);
  const comparison = new Comparison(members);
  for (const property of [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort()) {
    if (property.startsWith("__") || ignored.includes(property)) continue;
    if (rule.suppressed?.[property]?.(olds, news) === true) continue;
    const declared = schema?.inputs.get(property);
    for (const part of comparison.parts(olds[property], news[property], property, declared && known(declared))) {
      const { path, kind } = part;
      if (!ignored.some((name) => path.startsWith(`${name}.`) || path.startsWith(`${name}[`)))
        changes.push({ path, kind, replaces: replacesOn(given, property, part) });
    }
  }
  return { changes, deleteBeforeReplace: changes.some(({ replaces }) => replaces) && keepsName(rule, olds, news) };
}

/** The rule with what depends on the values decided. */
function decided(rule: TypeRule, olds: Values, news: Values): TypeRule {
  const { replaces, replacesWhen } = rule;
  if (replacesWhen === undefined || replaces === "all") return rule;
  const always = (replaces ?? []).filter((path) => replacesWhen[path] === undefined);
  const now = Object.entries(replacesWhen).flatMap(([path, when]) => (when(olds, news) ? [path] : []));
  return { ...rule, replaces: [...always, ...now] };
}

function replacesOn(rule: TypeRule, property: string, part: Part): boolean {
  if (rule.replaces === "all" || property === "region") return true;
  if (rule.replaces) {
    // Rules name the items of a list by the list.
    const path = part.path.replace(/\[[^\]]*\]/g, "");
    return rule.replaces.some((name) =>
      name.endsWith("#") ? comesOrGoes(part, path, name.slice(0, -1)) : changesIn(part, path, name),
    );
  }
  return property === "name" || part.marked;
}

function comesOrGoes(part: Part, path: string, name: string): boolean {
  return part.kind !== "update" && (path === name || (isWithin(name, path) && holds(part, path, name)));
}

function changesIn(part: Part, path: string, name: string): boolean {
  return isWithin(path, name) || (isWithin(name, path) && holds(part, path, name));
}

function isWithin(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}.`);
}

/** Whether what came or went as a whole has a part, of this name, that can't be changed in place. */
function holds({ kind, value }: Part, path: string, name: string): boolean {
  const under = (within: Value | undefined, keys: readonly string[]): boolean => {
    if (Array.isArray(within)) return (within as readonly Value[]).some((item) => under(item, keys));
    const [key, ...rest] = keys;
    if (key === undefined) return within !== undefined && within !== null;
    return isObject(within) && under(within[key], rest);
  };
  return kind !== "update" && under(value, name.slice(path.length + 1).split("."));
}

function keepsName(rule: TypeRule, olds: Values, news: Values): boolean {
  const property = namedBy(rule) ?? (rule.unique === false ? undefined : rule.unique);
  if (property === undefined || generatedNames(news).has(property)) return false;
  return olds[property] !== undefined && same(olds[property], news[property]);
}

/** The input that holds the physical name, where a rule says so. */
export function namedBy({ autoname }: TypeRule): string | undefined {
  return autoname === false || autoname === undefined ? undefined : autoname.property;
}

/** Properties that a check generated. */
export function generatedNames(inputs: Values): ReadonlySet<string> {
  const names = inputs.__defaults;
  return new Set(Array.isArray(names) ? (names as readonly Value[]).filter((name) => typeof name === "string") : []);
}

/** Lists whose order means nothing to AWS, at any depth; the index knows the others. */
const SETS = /(?:securityGroups|securityGroupIds|subnets|subnetIds)$/i;

interface Part {
  readonly path: string;
  readonly kind: ChangeKind;
  /** What came, or what went. */
  readonly value: Value | undefined;
  /** The index says that it can't be changed in place: it, what it is in, or a part of what came or went. */
  readonly marked: boolean;
}

/** Compares values by what the index says of them. */
class Comparison {
  constructor(private readonly members: Members) {}

  parts(old: Value | undefined, now: Value | undefined, path: string, known: Known = {}): Part[] {
    if (same(old, now) || sameDocument(old, now, path)) return [];
    const [gone, fresh] = [old ?? null, now ?? null];
    if (gone === null) return [{ path, kind: "add", value: now, marked: this.marks(now, known) }];
    if (fresh === null) return [{ path, kind: "delete", value: old, marked: this.marks(old, known) }];
    if (isObject(gone) && isObject(fresh)) {
      const keys = [...new Set([...Object.keys(gone), ...Object.keys(fresh)])].sort();
      return keys.flatMap((key) =>
        this.parts(
          gone[key],
          fresh[key],
          /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}["${key}"]`,
          this.below(known, key),
        ),
      );
    }
    if (Array.isArray(gone) && Array.isArray(fresh) && !hasUnknown(fresh as Value)) {
      const [before, after] = [gone as readonly Value[], fresh as readonly Value[]];
      if (known.set === true || (SETS.test(path) && before.every((item) => typeof item === "string")))
        return this.sets(before, after, path, known);
      return Array.from({ length: Math.max(before.length, after.length) }, (_, at) =>
        this.parts(before[at], after[at], `${path}[${at}]`, itemsOf(known)),
      ).flat();
    }
    return [{ path, kind: "update", value: now, marked: known.replaces === true }];
  }

  /** What is in one of two sets only, by its place there; an item that left is paired with one that came. */
  private sets(before: readonly Value[], after: readonly Value[], path: string, known: Known): Part[] {
    const left = before.map((item, at) => ({ item, at }));
    const came = after.flatMap((item, at) => {
      const there = left.findIndex((other) => same(other.item, item));
      if (there < 0) return [{ item, at }];
      left.splice(there, 1);
      return [];
    });
    return Array.from({ length: Math.max(left.length, came.length) }, (_, index) => {
      const [gone, fresh] = [left[index], came[index]];
      return this.parts(gone?.item, fresh?.item, `${path}[${(fresh ?? gone)?.at ?? index}]`, itemsOf(known));
    }).flat();
  }

  /** Whether a value that came or went can't do so in place. */
  private marks(value: Value | undefined, known: Known): boolean {
    if (known.replaces === true) return true;
    if (Array.isArray(value)) return (value as readonly Value[]).some((item) => this.marks(item, itemsOf(known)));
    if (!isObject(value) || known.shape === undefined) return false;
    return Object.entries(value).some(([key, part]) => part !== null && this.marks(part, this.below(known, key)));
  }

  /** What is known of a part of an object. */
  private below({ shape, replaces }: Known, key: string): Known {
    const whole: Known = replaces === true ? { replaces } : {};
    if (shape?.kind === "map") return { ...whole, shape: shape.of };
    const objects = shape?.kind === "union" ? shape.of : [shape];
    const object = objects.find((each) => each?.kind === "object");
    const part = object?.kind === "object" ? this.members(object.name).get(key) : undefined;
    return part === undefined ? whole : { ...known(part), ...whole };
  }
}

/** What the index says of a value. */
interface Known {
  readonly shape?: Shape;
  readonly set?: true;
  readonly replaces?: true;
}

function known({ shape, limits }: Property): Known {
  return { shape, ...(limits?.set && { set: true }), ...(limits?.replaces && { replaces: true }) };
}

function itemsOf({ shape, replaces }: Known): Known {
  return { ...(shape?.kind === "list" && { shape: shape.of }), ...(replaces && { replaces }) };
}
