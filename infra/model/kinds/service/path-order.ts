// Which route comes first where path patterns of two services match the same path: the more specific one. Pure.
import { compare, gathered } from "../../order";
import type { System } from "../../system";

/** Two services with patterns that match the same paths. */
export interface Overlap {
  readonly services: readonly [string, string];
  readonly patterns: readonly [string, string];
}

/** Order of a system's routes. */
export interface PathOrder {
  /** The first service's pattern matches a part of what the second's matches: its rule comes first. */
  readonly before: readonly Overlap[];
  /** Neither pattern is more specific than the other. */
  readonly ambiguous: readonly Overlap[];
  /** Whether some patterns were not compared: the search ends at {@link MOST_COMPARED} pairs. */
  readonly isCut: boolean;
}

/** Pairs that are compared: 10,000 services that begin their patterns with paths of their own have about 20,000. */
export const MOST_COMPARED = 100_000;

interface Route {
  readonly index: number;
  readonly service: string;
  readonly pattern: string;
  /** The text before the first wildcard; without one, all of it. */
  readonly head: string;
  /** The text behind the last wildcard; without one, all of it. */
  readonly tail: string;
}

const found = new WeakMap<System, PathOrder>();

/** Compares the patterns of all exposed services with those of which begin and end allow a common path. */
export function pathOrderOf(system: System): PathOrder {
  const known = found.get(system);
  if (known) return known;
  const order = compared(routesOf(system));
  // What is frozen stays as it was judged.
  if (Object.isFrozen(system)) found.set(system, order);
  return order;
}

/** Routes with their patterns; a pattern that several services claim is reported as that, and is here once. */
function routesOf({ services }: System): Route[] {
  const byPattern = new Map<string, Route>();
  for (const [service, { exposes }] of Object.entries(services)) {
    for (const pattern of exposes?.paths ?? []) {
      const [head = "", tail = ""] = [/^[^*?]*/.exec(pattern)?.[0], /[^*?]*$/.exec(pattern)?.[0]];
      const route = { index: byPattern.size, service, pattern, head, tail };
      if (!byPattern.has(pattern)) byPattern.set(pattern, route);
    }
  }
  return [...byPattern.values()];
}

function compared(routes: readonly Route[]): PathOrder {
  const before: Overlap[] = [];
  const ambiguous: Overlap[] = [];
  const index = new PatternIndex(routes.filter(({ pattern, head }) => head !== pattern));
  let left = MOST_COMPARED;
  for (const one of routes) {
    for (const other of index.candidates(one)) {
      if (left-- === 0) return { before, ambiguous, isCut: true };
      if (one.service === other.service || !overlap(one.pattern, other.pattern)) continue;
      const [wider, narrower] = [covers(one.pattern, other.pattern), covers(other.pattern, one.pattern)];
      const inOrder = one.index < other.index ? pair(one, other) : pair(other, one);
      if (wider === narrower) ambiguous.push(inOrder);
      else before.push(wider ? pair(other, one) : pair(one, other));
    }
  }
  return { before, ambiguous, isCut: false };
}

/** Patterns with wildcards by what they begin with and, of those that begin alike, by what they end in. */
class PatternIndex {
  private readonly byHead: ReadonlyMap<string, Ends>;
  private readonly lengths: readonly number[];

  constructor(routes: readonly Route[]) {
    const groups = gathered(routes.map((route) => [route.head, route] as const));
    this.byHead = new Map([...groups].map(([head, ones]) => [head, new Ends(ones)]));
    this.lengths = lengthsOf(this.byHead.keys());
  }

  /** Routes that may overlap with one whose pattern begins with all that theirs begin with; of two of them, one finds the other. */
  *candidates(one: Route): Generator<Route> {
    for (const length of this.lengths) {
      if (length > one.head.length) break;
      for (const other of this.byHead.get(one.head.slice(0, length))?.candidates(one) ?? []) {
        const isFoundByOther = other.head === one.head && one.head !== one.pattern && other.index < one.index;
        if (other !== one && !isFoundByOther) yield other;
      }
    }
  }
}

/** Patterns that begin alike, by their ends. */
class Ends {
  private readonly byTail: ReadonlyMap<string, readonly Route[]>;
  private readonly lengths: readonly number[];
  /** Sorted by their tails backwards, so that those with a common end stand together. */
  private readonly backwards: readonly { readonly reversed: string; readonly route: Route }[];

  constructor(routes: readonly Route[]) {
    this.byTail = gathered(routes.map((route) => [route.tail, route] as const));
    this.lengths = lengthsOf(this.byTail.keys());
    this.backwards = routes
      .map((route) => ({ reversed: reversed(route.tail), route }))
      .sort((one, other) => compare(one.reversed, other.reversed));
  }

  /** Routes of which one's end is within the other's. */
  *candidates({ pattern, head, tail }: Route): Generator<Route> {
    for (const length of this.lengths) {
      if (length > tail.length) break;
      yield* this.byTail.get(tail.slice(tail.length - length)) ?? [];
    }
    // Without a wildcard, its end is all that it has.
    if (head === pattern) return;
    const end = reversed(tail);
    for (let at = this.firstFrom(end); at < this.backwards.length; at++) {
      const entry = this.backwards[at];
      if (!entry?.reversed.startsWith(end)) return;
      if (entry.reversed.length > end.length) yield entry.route;
    }
  }

  private firstFrom(end: string): number {
    let [from, to] = [0, this.backwards.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (compare(this.backwards[middle]?.reversed ?? "", end) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

function lengthsOf(texts: Iterable<string>): number[] {
  return [...new Set([...texts].map(({ length }) => length))].sort((a, b) => a - b);
}

function reversed(text: string): string {
  return text.split("").reverse().join("");
}

function pair(first: Route, second: Route): Overlap {
  return { services: [first.service, second.service], patterns: [first.pattern, second.pattern] };
}

/** Whether some path matches both patterns; `*` is any text, `?` any character. */
export function overlap(one: string, other: string): boolean {
  return reach(one, other, (a, b) => a === b || a === "?" || b === "?", true);
}

/** Whether a pattern matches every path that the other matches. */
export function covers(wider: string, narrower: string): boolean {
  return reach(wider, narrower, (a, b) => (a === "?" ? b !== "*" : a === b && b !== "*"), false);
}

/**
 * Walks two patterns side by side.
 *
 * @param fits whether one character of each can stand for the same one
 * @param both whether a star of the second pattern may take what the first has
 */
function reach(first: string, second: string, fits: (a: string, b: string) => boolean, both: boolean): boolean {
  let states = new Set([0]);
  const opened = (at: ReadonlySet<number>): Set<number> => {
    const all = new Set(at);
    for (const state of all) if (first[state] === "*") all.add(state + 1);
    return all;
  };
  states = opened(states);
  for (const symbol of second) {
    const next = new Set<number>();
    for (const state of states) {
      const own = first[state];
      if (own === "*") next.add(state);
      if (both && symbol === "*") for (let skipped = state; skipped <= first.length; skipped++) next.add(skipped);
      else if (own !== undefined && own !== "*" && fits(own, symbol)) next.add(state + 1);
    }
    states = opened(next);
  }
  return states.has(first.length);
}
