// Mutants of plain data: one value replaced by something else, or one part added, removed, moved or renamed. By enumeration,
// so that a run of the same number finds the same.

/** A changed copy and what was changed. */
export interface Mutant {
  readonly what: string;
  readonly whole: unknown;
  /** Whether the mutant has a key that nothing reads. */
  readonly hasUnknownKey?: boolean;
}

type Path = readonly (string | number)[];

/** What stands in a value's place. */
const withGetter = (): unknown => Object.defineProperty({}, "x", { get: () => 1, enumerable: true });
const BROKEN: readonly unknown[] = [Object.create({ x: 1 }), new Proxy({}, {}), withGetter()];
const VALUES: readonly unknown[] = [
  ...BROKEN,
  ...[null, undefined, true, false, 0, 1, -1, 0.5, 99, 1e9, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER],
  ...[
    "",
    " ",
    "x",
    "X",
    "0",
    "1",
    "-1",
    "none",
    "all",
    "true",
    "30s",
    "0s",
    "5m",
    "512 MiB",
    "1 TiB",
    "*",
    "/*",
    "default",
  ],
  ...[
    "constructor",
    "__proto__",
    "toString",
    "a".repeat(300),
    "ä",
    "\0",
    "\n",
    "a b",
    "a.b",
    "order",
    "user",
    "db.t3.micro",
  ],
  ...[
    [],
    {},
    [[]],
    [{}],
    [null],
    { x: 1 },
    ["x"],
    [1],
    { constructor: {} },
    JSON.parse('{"__proto__":{"x":1}}') as unknown,
  ],
  ...[() => 1, Symbol("x"), 1n, new Map(), new Set(["x"]), new Date(0), /x/],
];

/** Each value of a whole replaced by each other value; every n-th of them. */
export function* oneValueMutants(whole: unknown, every = 1): Generator<Mutant> {
  let count = 0;
  for (const path of pathsOf(whole)) {
    for (const value of VALUES) {
      if (count++ % every === 0)
        yield { what: `${path.join(".")} = ${shown(value)}`, whole: changed(whole, path, value) };
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

function pathsOf(value: unknown, path: Path = []): Path[] {
  const inner = isList(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : isMapping(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return [path, ...inner];
}

function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], whole);
}

function changed(whole: unknown, [key, ...deeper]: Path, value: unknown): unknown {
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

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Object.prototype.toString.call(value);
  return String(value).slice(0, 40);
}
