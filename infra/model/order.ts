// Services in an order in which each one's callees already exist.

/** A call graph: callees by caller. */
export type Calls = Readonly<Record<string, readonly string[]>>;

/**
 * Callees before callers; among those that could come next, by name, so that the order never depends on how keys are written.
 *
 * @returns undefined when the calls have a cycle
 */
export function calleesFirst(calls: Calls): string[] | undefined {
  const names = Object.keys(calls);
  const called = new Map(
    names.map((name) => [name, [...new Set(calls[name])].filter((it) => Object.hasOwn(calls, it))]),
  );
  const callers = gathered([...called].flatMap(([name, callees]) => callees.map((callee) => [callee, name] as const)));
  const waiting = new Map([...called].map(([name, callees]) => [name, callees.length]));
  // The last is the next one: taking from the end of a list moves nothing.
  const ready = names.filter((name) => waiting.get(name) === 0).sort((a, b) => compare(b, a));
  const ordered: string[] = [];
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    ordered.push(name);
    for (const caller of callers.get(name) ?? []) {
      const left = (waiting.get(caller) ?? 0) - 1;
      waiting.set(caller, left);
      if (left === 0) ready.splice(placeIn(ready, caller), 0, caller);
    }
  }
  return ordered.length === names.length ? ordered : undefined;
}

/** Index of a name in a list in descending order, by binary search. */
function placeIn(descending: readonly string[], name: string): number {
  let [from, to] = [0, descending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compare(descending[middle] ?? "", name) > 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** By code unit: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The values of each key, in the order in which they come. */
export function gathered<T>(entries: Iterable<readonly [key: string, value: T]>): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const values = found.get(key);
    if (values) values.push(value);
    else found.set(key, [value]);
  }
  return found;
}

/** A record's entries by key. */
export function sorted<T>(record: Readonly<Record<string, T>>): [key: string, value: T][] {
  return Object.entries(record).sort(([a], [b]) => compare(a, b));
}
