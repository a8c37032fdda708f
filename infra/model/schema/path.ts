// Paths as messages write them.

/** `services.order.exposes.paths[0]`; a key that is no simple name stands in brackets and quotes. */
export function pathOf(keys: readonly (string | number)[]): string {
  return keys
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^[\w.\-: /*@]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

/** A path and all that it lies below: `a.b[0]` lies below `a.b` and `a`. */
export function withAncestors(path: string): string[] {
  return [path, ...[...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index))];
}
