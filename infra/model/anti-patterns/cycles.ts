// Circles in a call graph: shortest first, and never more work than a fixed number of steps.
import { compare, gathered } from "../order";

/** Cycles that are looked for; more of them hide each other, and go away with these. */
export const MOST_CYCLES = 20;
// Enough for every circle of a system that people have drawn; a graph in which everything calls everything has no end of them.
const MOST_STEPS = 20_000;

/** Neighbours by name. */
export type Neighbours = (name: string) => readonly string[];

/**
 * Elementary cycles, shortest first and by name among equals, each as a path that ends where it began. Every knot of services
 * gives at least one, at most {@link MOST_CYCLES} are given.
 */
export function elementaryCycles(names: readonly string[], neighbours: Neighbours): string[][] {
  const found = knots(names, neighbours).flatMap((knot) => cyclesOf(knot, neighbours));
  return found.sort((a, b) => a.length - b.length || compare(a.join(" "), b.join(" "))).slice(0, MOST_CYCLES);
}

/** Sets of services that all reach each other, and services that call themselves: Tarjan's algorithm, without recursion. */
function knots(names: readonly string[], neighbours: Neighbours): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const lower = (name: string, to: number | undefined): void => {
    lowest.set(name, Math.min(lowest.get(name) ?? Infinity, to ?? Infinity));
  };
  const enter = (name: string) => {
    order.set(name, order.size);
    lower(name, order.get(name));
    open.push(name);
    isOpen.add(name);
    return { name, left: [...neighbours(name)].reverse() };
  };
  const close = (name: string): void => {
    if (lowest.get(name) !== order.get(name)) return;
    const knot = open.splice(open.lastIndexOf(name));
    for (const one of knot) isOpen.delete(one);
    if (knot.length > 1 || neighbours(name).includes(name)) found.push(knot);
  };
  for (const first of [...names].sort(compare)) {
    if (order.has(first)) continue;
    const path = [enter(first)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        path.pop();
        close(top.name);
        const caller = path.at(-1)?.name;
        if (caller !== undefined) lower(caller, lowest.get(top.name));
      } else if (!order.has(next)) path.push(enter(next));
      else if (isOpen.has(next)) lower(top.name, lowest.get(next));
    }
  }
  return found;
}

/** Services of a knot from which cycles are looked for: the first by name is in one, so that none is missed altogether. */
const MOST_STARTS = 100;
/** Calls of the longest cycle that is looked for among others of its length. */
const LONGEST_SOUGHT = 50;

/** The cycles of a knot, each from its first service by name: all of one length before the next. */
function cyclesOf(knot: readonly string[], neighbours: Neighbours): string[][] {
  const inOrder = [...knot].sort(compare);
  const starts = inOrder.slice(0, MOST_STARTS).map((start, index) => {
    const home = distances(start, new Set(inOrder.slice(index)), neighbours);
    const shortest = Math.min(...neighbours(start).map((next) => (home.get(next) ?? Infinity) + 1));
    return { start, home, shortest };
  });
  const found: string[][] = [];
  let steps = 0;
  const spent = (): boolean => found.length >= MOST_CYCLES || steps > MOST_STEPS;
  /** Goes on only where the way home still fits into the length, so that few steps lead nowhere. */
  const walk = (path: readonly string[], length: number, home: ReadonlyMap<string, number>): void => {
    const [start = ""] = path;
    for (const next of [...neighbours(path.at(-1) ?? start)].sort(compare)) {
      if (spent()) return;
      steps++;
      const left = home.get(next);
      if (next === start) {
        if (path.length === length) found.push([...path, start]);
      } else if (left !== undefined && path.length + left <= length && !path.includes(next)) {
        walk([...path, next], length, home);
      }
    }
  };
  for (let length = 1; length <= Math.min(inOrder.length, LONGEST_SOUGHT) && !spent(); length++) {
    for (const { start, home, shortest } of starts) if (shortest <= length) walk([start], length, home);
  }
  const [first] = starts;
  return found.length > 0 || first === undefined ? found : [wayHome(first.start, first.home, neighbours)];
}

/** The shortest cycle through a service: each step goes to the neighbour that is nearest to it. */
function wayHome(start: string, home: ReadonlyMap<string, number>, neighbours: Neighbours): string[] {
  const path = [start];
  for (let at = start; path.length === 1 || at !== start; path.push(at)) {
    const [nearest = start] = [...neighbours(at)].sort(
      (a, b) => (home.get(a) ?? Infinity) - (home.get(b) ?? Infinity) || compare(a, b),
    );
    at = nearest;
  }
  return path;
}

/** Calls that it takes at least from each service back to the start, inside a set. */
function distances(start: string, inside: ReadonlySet<string>, neighbours: Neighbours): Map<string, number> {
  const callers = gathered([...inside].flatMap((name) => neighbours(name).map((next) => [next, name] as const)));
  const found = new Map([[start, 0]]);
  // A Map goes on over what is added while it is read: breadth first.
  for (const [name, distance] of found) {
    for (const caller of callers.get(name) ?? []) if (!found.has(caller)) found.set(caller, distance + 1);
  }
  return found;
}
