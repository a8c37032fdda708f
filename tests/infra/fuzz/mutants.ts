// Mutants of plain data: one value replaced by something else, or one part added, removed, moved or renamed. By enumeration,
// so that a run of the same number finds the same.

/** A changed copy and what was changed. */
export interface Mutant {
  readonly what: string;
  readonly whole: unknown;
  /** Whether the mutant has a key that nothing reads. */
  readonly hasUnknownKey?: boolean;
}

/** A class, which is a function. */
class Findings {
  readonly problems = [];
}

type Path = readonly (string | number)[];

/** What is no plain data, or only looks like it; made anew for each mutant. */
const FOREIGN: readonly (() => unknown)[] = [
  () => Object.create({ x: 1 }) as unknown,
  () => Object.create(null) as unknown,
  () => new Proxy({}, {}),
  () =>
    new Proxy([], {
      get: () => {
        throw new Error("a trap");
      },
    }),
  () =>
    Object.defineProperty({}, "x", {
      get: () => {
        throw new Error("a getter");
      },
      enumerable: true,
    }),
  () => Object.defineProperty([1], 0, { get: () => "x", enumerable: true }),
  () => ({ [Symbol("x")]: 1 }),
  () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    return circle;
  },
  () => {
    const circle: unknown[] = [];
    circle.push(circle);
    return circle;
  },
  () => Object.assign([], { 3: "x" }),
  () => Object.assign(["x"], { length: 4_000_000_000 }),
  () => Object.assign(["x"], { extra: 1 }),
  () => ({ toString: null, valueOf: null }),
  () => ({
    toJSON: () => {
      throw new Error("a toJSON");
    },
  }),
  () => new String("x"),
  () => new Number(1),
  () => new Error("x"),
  () => Promise.resolve("x"),
  () => new Uint8Array(3),
  () => Findings,
];
const VALUES: readonly unknown[] = [
  ...[null, undefined, true, false, 0, -0, 1, -1, 0.5, 99, 1e9, 1e308, 5e-324, NaN, Infinity, -Infinity],
  ...[Number.MAX_SAFE_INTEGER, 2 ** 53, 2 ** 31],
  ..."|\u0000| |x|X|0|1|-1|01|1e3|0x10|none|all|true|null|30s|0s|5m|1.5s|-1s|99999999999999999999s".split("|"),
  ..."512 MiB|1 TiB|0 MiB|1.5 GiB|*|/*|/|//|/?*|default|constructor|__proto__|toString|hasOwnProperty".split("|"),
  ...["", "\n", "a\nb", "a b", " a", "a.b", "a/b", "a:b", "${x}", "$(x)", "`x`", "';--", "{{x}}", "%s", "\\"],
  ...["ä", "ａ", "ı", "ß", "é", "\u202e", "\u200b", "\ufeff", "\ud800", "👩‍👩‍👧‍👦", "\u2028"],
  ...[
    "a".repeat(64),
    "a".repeat(300),
    "x".repeat(70_000),
    "-".repeat(50),
    "order",
    "user",
    "db.t3.micro",
    "cache.t3.micro",
  ],
  ...["16", "16.99", "9.6", "rate(1 minutes)", "cron(* * * * ? *)", "arn:aws:s3:::x", "https://x", "JWT", "jwt"],
  ...[[], {}, [[]], [{}], [null], { x: 1 }, ["x"], [1], { constructor: {} }, { length: 1 }, { then: 1 }],
  JSON.parse('{"__proto__":{"x":1}}') as unknown,
  ...[() => 1, Symbol("x"), 1n, new Map(), new Set(["x"]), new Date(0), new Date(NaN), /x/],
];

/** Each value of a whole replaced by each other value; every n-th of them. */
export function* oneValueMutants(whole: unknown, every = 1): Generator<Mutant> {
  let count = 0;
  for (const path of pathsOf(whole)) {
    for (const [index, value] of [...VALUES, ...FOREIGN].entries()) {
      if (count++ % every !== 0) continue;
      const made = index < VALUES.length ? value : FOREIGN[index - VALUES.length]?.();
      yield { what: `${path.join(".")} = ${shown(made, index)}`, whole: changed(whole, path, made) };
    }
  }
}

/** Keys that a person may try, as other tools have them. */
const KEYS = [
  "replicas",
  "image",
  "sidecars",
  "gpu",
  "fifo",
  "host",
  "x",
  "Name",
  "deployment",
  "constructor",
  "toString",
  "__proto__",
  "prototype",
  "authentification",
  "exposes ",
];

/** Keys added, removed, renamed and moved; entries of lists doubled and removed. */
export function* structuralMutants(whole: unknown, every = 1): Generator<Mutant> {
  let count = 0;
  for (const mutant of structural(whole)) if (count++ % every === 0) yield mutant;
}

function* structural(whole: unknown): Generator<Mutant> {
  for (const path of pathsOf(whole)) {
    const at = valueAt(whole, path);
    const parent = valueAt(whole, path.slice(0, -1));
    const key = path.at(-1);
    if (isList(at)) {
      yield { what: `${path.join(".")} doubled`, whole: changed(whole, path, [...at, ...at]) };
      yield { what: `${path.join(".")} without its first`, whole: changed(whole, path, at.slice(1)) };
      yield {
        what: `${path.join(".")} with a hole`,
        whole: changed(whole, path, Object.assign([...at], { length: at.length + 1 })),
      };
    } else if (isMapping(at)) {
      for (const added of KEYS) {
        yield {
          what: `${path.join(".")} + ${added}`,
          whole: changed(whole, [...path, added], 1),
          hasUnknownKey: isShape(path),
        };
      }
      yield { what: `${path.join(".")} in itself`, whole: changed(whole, [...path, "self"], at) };
    }
    if (key === undefined || !isMapping(parent)) continue;
    yield { what: `${path.join(".")} removed`, whole: changed(whole, path, GONE) };
    for (const name of [`${key}s`, String(key).toUpperCase(), `${key}x`, ""]) {
      const renamed = Object.fromEntries(Object.entries(parent).map(([k, v]) => [k === key ? name : k, v]));
      yield { what: `${path.join(".")} renamed to "${name}"`, whole: changed(whole, path.slice(0, -1), renamed) };
    }
    for (const [sibling, other] of Object.entries(parent)) {
      if (sibling !== key) yield { what: `${path.join(".")} = ${sibling}`, whole: changed(whole, path, other) };
    }
  }
}

/** Whether an unknown key is one there: not in a mapping of names that a user gives. */
function isShape(path: Path): boolean {
  const named =
    "contexts topics services events sagas calls publishes consumes projects offers secrets environment buckets relations from properties earlier accepts";
  return !named.split(" ").includes(String(path.at(-1)));
}

const GONE = Symbol("gone");

export function pathsOf(value: unknown, path: Path = []): Path[] {
  const inner = isList(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : isMapping(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return [path, ...inner];
}

export function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], whole);
}

export function changed(whole: unknown, [key, ...deeper]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(whole) ? [...(whole as unknown[])] : { ...(whole as object) }) as Record<
    string | number,
    unknown
  >;
  const inner = deeper.length === 0 ? value : changed(copy[key], deeper, value);
  if (inner === GONE) Reflect.deleteProperty(copy, key);
  else Object.defineProperty(copy, key, { value: inner, enumerable: true, writable: true, configurable: true });
  return copy;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown, index: number): string {
  const isObject = typeof value === "object" && value !== null;
  return isObject || typeof value === "function"
    ? `a ${typeof value} (${index})`
    : JSON.stringify(String(value).slice(0, 40));
}
