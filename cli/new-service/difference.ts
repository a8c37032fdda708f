// Differences between two states of a stack, by URN.
import { isDeepStrictEqual } from "node:util";
import type { Registered } from "../../offline/providers/mocks";

/** An existing resource that would change. */
export interface Changed {
  readonly resource: Registered;
  /** Inputs that differ, sorted. */
  readonly properties: readonly string[];
}

/** Differences of a stack's resources. */
export interface Difference {
  /** As it would come up, so that its values are known. */
  readonly created: readonly Registered[];
  readonly changed: readonly Changed[];
  readonly deleted: readonly Registered[];
}

/**
 * Compares two previews, in which nothing differs by chance.
 *
 * @param up the later state as it would come up
 */
export function differenceOf(
  before: readonly Registered[],
  after: readonly Registered[],
  up: readonly Registered[],
): Difference {
  const earlier = new Map(before.map((resource) => [resource.urn, resource]));
  const later = new Set(after.map(({ urn }) => urn));
  return {
    created: up.filter(({ urn }) => !earlier.has(urn)),
    changed: after.flatMap((resource) => {
      const old = earlier.get(resource.urn);
      const properties = old ? differing(old.inputs, resource.inputs) : [];
      return properties.length === 0 ? [] : [{ resource, properties }];
    }),
    deleted: before.filter(({ urn }) => !later.has(urn)),
  };
}

function differing(before: Registered["inputs"], after: Registered["inputs"]): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key])).sort();
}
