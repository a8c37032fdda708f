// Which route comes first where path patterns of two services match the same path: the more specific one. Pure.
import type { System } from "./system";

/** Two services with patterns that match the same paths. */
export interface Overlap {
  readonly services: readonly [string, string];
  readonly patterns: readonly [string, string];
}

/** How the routes of a system stand to each other. */
export interface PathOrder {
  /** The first service's pattern matches a part of what the second's matches: its rule comes first. */
  readonly before: readonly Overlap[];
  /** Neither pattern is more specific than the other. */
  readonly ambiguous: readonly Overlap[];
}

/** A load balancer has at most a few hundred rules; a system with more routes is refused by its quota. */
const MOST_COMPARED = 500;

/** Compares the patterns of all exposed services with each other. */
export function pathOrderOf(system: System): PathOrder {
  const before: Overlap[] = [];
  const ambiguous: Overlap[] = [];
  const routes = Object.entries(system.services).flatMap(([service, { exposes }]) =>
    (exposes?.paths ?? []).map((pattern) => ({ service, pattern })),
  );
  if (routes.length > MOST_COMPARED) return { before, ambiguous };
  routes.forEach((one, index) => {
    for (const other of routes.slice(index + 1)) {
      // The same pattern twice is reported as a path that two services claim.
      if (one.service === other.service || one.pattern === other.pattern) continue;
      if (!overlap(one.pattern, other.pattern)) continue;
      const [wider, narrower] = [covers(one.pattern, other.pattern), covers(other.pattern, one.pattern)];
      if (wider === narrower) ambiguous.push(pair(one, other));
      else before.push(wider ? pair(other, one) : pair(one, other));
    }
  });
  return { before, ambiguous };
}

interface Route {
  readonly service: string;
  readonly pattern: string;
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
