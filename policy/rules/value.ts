// A resource's properties as a rule reads them: plain data, in which a value that only the deployment will tell is
// UNKNOWN. CrossGuard gives up a whole policy at the first unknown it touches; a rule here skips that one value.

/** Stands where the value is not known before the deployment: neither set nor missing. */
export const UNKNOWN = Symbol("unknown until deployed");

/** Plain data with {@link UNKNOWN} anywhere in it. */
export type Value = string | number | boolean | null | undefined | typeof UNKNOWN | readonly Value[] | Properties;

/** Properties by name. */
export interface Properties {
  readonly [name: string]: Value;
}

/** A value and where it stands (`ingress[0].cidrBlocks[1]`). */
export interface Located {
  readonly path: string;
  readonly value: Value;
}

/** Whether a value is an object with properties. */
export function isObject(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether nothing was given: providers write an empty text or list where an option was left out. */
export function isMissing(value: Value): boolean {
  return value === undefined || value === null || value === "" || (isList(value) && value.length === 0);
}

/** Whether a value or anything inside it is unknown, so that nothing can be said to be missing from it. */
export function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/**
 * The value at a path (`settings.name`, `rules[0].port`): undefined where something on the way is missing, UNKNOWN where
 * something on the way is unknown.
 */
export function at(value: Value, path: string): Value {
  let current = value;
  for (const step of steps(path)) {
    if (current === UNKNOWN) return UNKNOWN;
    if (isList(current)) current = current[Number(step)];
    else current = isObject(current) ? current[step] : undefined;
  }
  return current;
}

/**
 * Every value that a path with `[*]` reaches (`ingress[*].cidrBlocks[*]`), with its own path. A list that is missing yields
 * nothing; one that is unknown yields itself, UNKNOWN.
 */
export function each(value: Value, path: string): readonly Located[] {
  return path.split("[*]").reduce<readonly Located[]>(
    (found, part, index) => {
      const expanded = index === 0 ? found : found.flatMap(members);
      return part === "" ? expanded : expanded.map((located) => step(located, part.replace(/^\./, "")));
    },
    [{ path: "", value }],
  );
}

function step({ path, value }: Located, part: string): Located {
  // An unknown list has no known members, so the path is that of the list.
  if (value === UNKNOWN) return { path, value };
  return { path: path === "" ? part : `${path}.${part}`, value: at(value, part) };
}

function members({ path, value }: Located): readonly Located[] {
  if (value === UNKNOWN) return [{ path, value }];
  return isList(value) ? value.map((member, index) => ({ path: `${path}[${index}]`, value: member })) : [];
}

function steps(path: string): readonly string[] {
  return path.split(/[.[\]]+/).filter((part) => part !== "");
}

/**
 * What a JSON text holds (a policy document, for one); an object is taken as it is, UNKNOWN stays, and a text that is no JSON
 * is undefined.
 */
export function parsed(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}

/** A plain value as text; the empty text where there is none, or something with members. */
export function textOf(value: Value): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A plain value as a number; not a number (`NaN`) where it is none. */
export function numberOf(value: Value): number {
  const text = textOf(value);
  return text === "" ? NaN : Number(text);
}

/** A value as a message shows it. */
export function shown(value: Value): string {
  if (value === UNKNOWN) return "not known yet";
  if (isMissing(value)) return "not set";
  const text = JSON.stringify(value, (_, inner: unknown) => (inner === UNKNOWN ? "(not known yet)" : inner));
  return text.length > 200 ? `${text.slice(0, 197)}…` : text;
}
