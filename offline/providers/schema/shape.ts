// The part of TypeScript in which Pulumi's generator writes the type of a property, read without a compiler.

/** What a value may look like. */
export type Shape =
  | { readonly kind: "string" | "number" | "boolean" | "any" | "asset" | "archive" }
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "list" | "map"; readonly of: Shape }
  /** An object type of the SDK (`ec2.InstanceEbsBlockDevice`). */
  | { readonly kind: "object"; readonly name: string }
  | { readonly kind: "enum"; readonly name: string }
  | { readonly kind: "union"; readonly of: readonly Shape[] };

/** Bounds, both allowed; a side that is left out is open. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** 0 stands for "not set" and is allowed besides. */
  readonly zero?: true;
}

/** Forms of a text that have a name. */
export type Form = "arn" | "json" | "dailyWindow" | "weeklyWindow" | "timestamp" | "account";

/**
 * What a property allows and means beyond its type. Of a list, `values`, `range`, `length`, `pattern` and `form` speak of each
 * item, all else of the list.
 */
export interface Limits {
  /** The texts that are allowed, when the list of them is whole. */
  readonly values?: readonly string[];
  readonly range?: Bounds;
  /** Characters of a text. */
  readonly length?: Bounds;
  /** A regular expression that a text must match somewhere, as JSON schema has it. */
  readonly pattern?: string;
  /** What a text must be. */
  readonly form?: Form;
  /** The order of the list means nothing. */
  readonly set?: true;
  /** How many a list holds. */
  readonly items?: Bounds;
  /** A change can't be made in place. */
  readonly replaces?: true;
  /** Properties beside it, none of which may be given with it. */
  readonly conflicts?: readonly string[];
  /** Properties beside it, itself among them, of which exactly one is given. */
  readonly oneOf?: readonly string[];
  /** Properties beside it, itself among them, of which at least one is given. */
  readonly someOf?: readonly string[];
  /** Properties beside it that are given with it. */
  readonly needs?: readonly string[];
}

/** A property of a resource or of an object type. */
export interface Property {
  readonly shape: Shape;
  /** May be left out (an input), or may be absent (an output). */
  readonly optional: boolean;
  /** The SDK's documentation of the property, as one line. */
  readonly doc: string;
  /** Absent when nothing is known. */
  readonly limits?: Limits;
}

export type Properties = ReadonlyMap<string, Property>;

/** Reads the members of an interface or the readonly fields of a class, documentation included. */
export function parseMembers(body: string): Properties {
  const members = new Map<string, Property>();
  const member = /(?:\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*)?(?:readonly )?(?:"([^"]+)"|([A-Za-z_$][\w$]*))(\?)?: /y;
  let at = 0;
  while (at < body.length) {
    at = skipBlank(body, at);
    member.lastIndex = at;
    const match = member.exec(body);
    if (!match) {
      at = endOfType(body, Math.max(at, skipComment(body, at))) + 1;
      continue;
    }
    const end = endOfType(body, member.lastIndex);
    const { shape, optional } = typeOf(body.slice(member.lastIndex, end));
    const doc = (match[1] ?? "").replace(/\s*\n\s*\*\s?/g, " ").trim();
    members.set(match[2] ?? match[3] ?? "", { shape, optional: optional || match[4] === "?", doc });
    at = end + 1;
  }
  return members;
}

function skipBlank(body: string, from: number): number {
  let at = from;
  while (at < body.length && " \n\r\t;".includes(body.charAt(at))) at++;
  return at;
}

function skipComment(body: string, at: number): number {
  if (!body.startsWith("/*", at)) return at;
  const end = body.indexOf("*/", at);
  return end < 0 ? body.length : end + 2;
}

/** The index of the semicolon that ends the type which starts at `from`. */
function endOfType(body: string, from: number): number {
  let depth = 0;
  for (let at = from; at < body.length; at++) {
    const char = body.charAt(at);
    if (char === "{" || char === "(") depth++;
    else if (char === "}" || char === ")") depth--;
    else if (char === ";" && depth === 0) return at;
  }
  return body.length;
}

const SIMPLE: Readonly<Record<string, Shape>> = {
  string: { kind: "string" },
  number: { kind: "number" },
  boolean: { kind: "boolean" },
  "pulumi.asset.Asset": { kind: "asset" },
  "pulumi.asset.Archive": { kind: "archive" },
  ARN: { kind: "string" },
};
const ANY: Shape = { kind: "any" };

/** Types that were read: an SDK writes the same few over and over. */
const read = new Map<string, { shape: Shape; optional: boolean }>();

function typeOf(source: string): { shape: Shape; optional: boolean } {
  const known = read.get(source) ?? parseType(source);
  read.set(source, known);
  return known;
}

/** Reads a type; `undefined` among its alternatives makes it optional. */
export function parseType(source: string): { shape: Shape; optional: boolean } {
  const inner = unwrapped(source.trim());
  const parts = split(inner, "|");
  const known = parts.filter((part) => part !== "undefined");
  const optional = known.length < parts.length;
  if (known.length === 1) {
    const only = known[0] ?? "any";
    if (only !== inner) {
      const nested = parseType(only);
      return { shape: nested.shape, optional: optional || nested.optional };
    }
    return { shape: parseSingle(only), optional };
  }
  const shapes = known.map((part) => parseType(part).shape);
  return { shape: shapes.some(({ kind }) => kind === "any") ? ANY : { kind: "union", of: shapes }, optional };
}

function unwrapped(source: string): string {
  const wrapped = /^pulumi\.(?:Input|Output)<(.*)>$/s.exec(source);
  return wrapped?.[1] !== undefined && balanced(wrapped[1]) ? unwrapped(wrapped[1].trim()) : source;
}

function parseSingle(source: string): Shape {
  const simple = SIMPLE[source];
  if (simple) return simple;
  if (source.endsWith("[]")) return { kind: "list", of: parseType(source.slice(0, -2)).shape };
  if (source.startsWith("(") && source.endsWith(")")) return parseType(source.slice(1, -1)).shape;
  const literal = /^"(.*)"$/.exec(source);
  if (literal) return { kind: "literal", value: literal[1] ?? "" };
  const map = /^\{\s*\[key: string\]: ([\s\S]*?);?\s*\}$/.exec(source);
  if (map) return { kind: "map", of: parseType(map[1] ?? "any").shape };
  const named = /^(inputs|outputs|enums)\.([\w.$]+)$/.exec(source);
  if (named) return { kind: named[1] === "enums" ? "enum" : "object", name: named[2] ?? "" };
  return ANY;
}

function balanced(source: string): boolean {
  let depth = 0;
  for (const char of source) {
    if (char === "<") depth++;
    else if (char === ">" && --depth < 0) return false;
  }
  return depth === 0;
}

function split(source: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if ("<{([".includes(char)) depth++;
    else if (">})]".includes(char)) depth--;
    else if (char === separator && depth === 0) {
      parts.push(source.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(source.slice(start).trim());
  return parts.filter((part) => part !== "");
}
