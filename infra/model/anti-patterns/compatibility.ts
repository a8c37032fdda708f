// Breaking changes between two versions of a message. A minor version may only add optional fields. A consumer of the earlier version
// can then read messages of the later one, and the other way round.
import type { JsonSchema } from "../system";

/** Limits that must be equal in both versions: a wider one breaks consumers of the earlier version, a narrower one those of the later. */
const LIMITS = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems"] as const;

/** Every change in a later schema that breaks a consumer of the earlier version or of the later one. */
export function breakingChanges(before: JsonSchema, after: JsonSchema, path = ""): string[] {
  const here = path === "" ? "the message" : path;
  if (before.type !== after.type) return [`${here} is ${after.type}, was ${before.type}`];
  return [
    ...enumChanges(before, after, here),
    ...LIMITS.filter((limit) => before[limit] !== after[limit]).map(
      (limit) => `${limit} of ${here} is ${shown(after[limit])}, was ${shown(before[limit])}`,
    ),
    ...fieldChanges(before, after, path),
    ...itemChanges(before, after, path),
  ];
}

function enumChanges({ enum: before }: JsonSchema, { enum: after }: JsonSchema, here: string): string[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [`${here} may no longer have any value`];
  if (after === undefined) return [`${here} may have any value`];
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  return [
    ...(added.length > 0 ? [`${here} may also be ${added.join(", ")}`] : []),
    ...(removed.length > 0 ? [`${here} may no longer be ${removed.join(", ")}`] : []),
  ];
}

function fieldChanges(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const [earlier, later] = [before.properties ?? {}, after.properties ?? {}];
  const [needed, needs] = [new Set(before.required), new Set(after.required)];
  const closed = before.additionalProperties === false;
  const changes = Object.entries(earlier).flatMap(([name, field]) => {
    const at = inside(path, name);
    const now = Object.hasOwn(later, name) ? later[name] : undefined;
    if (now === undefined) return [`${at} is gone`];
    if (needed.has(name) && !needs.has(name)) return [`${at} is no longer required`];
    if (!needed.has(name) && needs.has(name)) return [`${at} is required, was optional`];
    return breakingChanges(field, now, at);
  });
  const added = Object.keys(later).filter((name) => !Object.hasOwn(earlier, name));
  return [
    ...changes,
    ...added.filter((name) => needs.has(name)).map((name) => `${inside(path, name)} is new and required`),
    ...added
      .filter((name) => closed && !needs.has(name))
      .map((name) => `${inside(path, name)} is new, where the earlier version allows no other fields`),
    ...(!closed && after.additionalProperties === false
      ? [`${path === "" ? "the message" : path} may no longer have other fields`]
      : []),
  ];
}

function itemChanges({ items: before }: JsonSchema, { items: after }: JsonSchema, path: string): string[] {
  const at = path === "" ? "its items" : `items of ${path}`;
  if (before && after) return breakingChanges(before, after, path === "" ? "[]" : `${path}[]`);
  if (before) return [`${at} may be anything`];
  return after ? [`${at} may no longer be anything`] : [];
}

function inside(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function shown(value: string | number | undefined): string {
  return value === undefined ? "not limited" : String(value);
}
