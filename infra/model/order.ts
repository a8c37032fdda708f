// Services in an order in which each one's callees already exist.

/** A call graph: callees by caller. */
export type Calls = Readonly<Record<string, readonly string[]>>;

/**
 * Callees before callers; among those that could come next, by name, so that the order never depends on how keys are written.
 *
 * @returns undefined when the calls have a cycle
 */
export function calleesFirst(calls: Calls): string[] | undefined {
  const ordered: string[] = [];
  const waiting = new Map(Object.entries(calls).sort(([a], [b]) => compare(a, b)));
  while (waiting.size > 0) {
    const next = [...waiting].find(([, callees]) => !callees.some((callee) => waiting.has(callee)));
    if (next === undefined) return undefined;
    ordered.push(next[0]);
    waiting.delete(next[0]);
  }
  return ordered;
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
