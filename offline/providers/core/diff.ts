// What a change of inputs means for a resource: nothing, an update in place, or a replacement.
import type { ResourceSchema } from "../schema/sdk";
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

/** Compares two sets of plain inputs. */
export function diffProperties(
  schema: ResourceSchema | undefined,
  rule: TypeRule,
  olds: Values,
  news: Values,
  ignored: readonly string[],
): Difference {
  const changes: Change[] = [];
  const given = decided(rule, olds, news);
  for (const property of [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort()) {
    if (property.startsWith("__") || ignored.includes(property)) continue;
    for (const part of compare(olds[property], news[property], property, isSet(schema, property))) {
      const { path, kind } = part;
      if (!ignored.some((name) => path.startsWith(`${name}.`) || path.startsWith(`${name}[`)))
        changes.push({ path, kind, replaces: replacesOn(schema, given, property, part) });
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

function replacesOn(schema: ResourceSchema | undefined, rule: TypeRule, property: string, part: Part): boolean {
  if (rule.replaces === "all" || property === "region") return true;
  if (rule.replaces) {
    // Rules name the items of a list by the list.
    const path = part.path.replace(/\[[^\]]*\]/g, "");
    return rule.replaces.some((name) =>
      name.endsWith("#") ? comesOrGoes(part, path, name.slice(0, -1)) : changesIn(part, path, name),
    );
  }
  return property === "name" || schema?.inputs.get(property)?.limits?.replaces === true;
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
  if (rule.keepsName) return rule.keepsName(olds, news);
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

/** Lists whose order means nothing to AWS, at any depth; the published data knows the others. */
const SETS = /(?:securityGroups|securityGroupIds|subnets|subnetIds)$/i;
/** Documents that the real provider compares by what they say. */
const DOCUMENTS = /(?:[pP]olicy|[pP]olicyDocument|^containerDefinitions|^eventPattern|^dashboardBody)$/;

function isSet(schema: ResourceSchema | undefined, property: string): boolean {
  return schema?.inputs.get(property)?.limits?.set === true;
}

interface Part {
  readonly path: string;
  readonly kind: ChangeKind;
  /** What came, or what went. */
  readonly value: Value | undefined;
}

function compare(old: Value | undefined, now: Value | undefined, path: string, set = false): Part[] {
  if (same(old, now) || sameDocument(old, now, path)) return [];
  if (old === undefined || old === null) return [{ path, kind: "add", value: now }];
  if (now === undefined || now === null) return [{ path, kind: "delete", value: old }];
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return keys.flatMap((key) =>
      compare(old[key], now[key], /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}["${key}"]`),
    );
  }
  if (Array.isArray(old) && Array.isArray(now) && !hasUnknown(now as Value)) {
    const [before, after] = [old as readonly Value[], now as readonly Value[]];
    if (set || (SETS.test(path) && before.every((item) => typeof item === "string")))
      return compareSets(before, after, path);
    return Array.from({ length: Math.max(before.length, after.length) }, (_, at) =>
      compare(before[at], after[at], `${path}[${at}]`),
    ).flat();
  }
  return [{ path, kind: "update", value: now }];
}

/** What is in one of two sets only, by its place there; an item that left is paired with one that came. */
function compareSets(before: readonly Value[], after: readonly Value[], path: string): Part[] {
  const left = before.map((item, at) => ({ item, at }));
  const came = after.flatMap((item, at) => {
    const known = left.findIndex((other) => same(other.item, item));
    if (known < 0) return [{ item, at }];
    left.splice(known, 1);
    return [];
  });
  return Array.from({ length: Math.max(left.length, came.length) }, (_, index) => {
    const [gone, fresh] = [left[index], came[index]];
    return compare(gone?.item, fresh?.item, `${path}[${(fresh ?? gone)?.at ?? index}]`);
  }).flat();
}

function sameDocument(old: Value | undefined, now: Value | undefined, path: string): boolean {
  if (typeof old !== "string" || typeof now !== "string" || !DOCUMENTS.test(path)) return false;
  try {
    return same(JSON.parse(old) as Value, JSON.parse(now) as Value);
  } catch {
    return false;
  }
}
