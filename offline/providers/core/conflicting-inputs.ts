// Refuses inputs that exclude each other, and inputs without the ones that they need, among the properties of one object.
import type { Limits, Properties } from "../schema/shape";
import type { Failure } from "./check";
import { UNKNOWN, type Value, type Values } from "./values";

/**
 * What does not go together among the properties of one object.
 * @param at the path of one of its properties
 */
export function conflictingInputs(values: Values, declared: Properties, at: (name: string) => string): Failure[] {
  const failures = new Map<string, Failure>();
  for (const [name, { limits }] of declared)
    if (limits !== undefined)
      for (const [key, property, reason] of faults(name, limits, values))
        if (!failures.has(key)) failures.set(key, { property: at(property), reason });
  return [...failures.values()];
}

/** A key that is the same from whichever side a fault is found, the property at fault, and why. */
type Fault = readonly [key: string, property: string, reason: string];

function* faults(name: string, { conflicts, oneOf, someOf, needs }: Limits, values: Values): Iterable<Fault> {
  if (oneOf) yield* notOne(oneOf, values);
  if (someOf?.every((each) => isAbsent(values[each])))
    yield [key("some", someOf), someOf[0] ?? name, `at least one of ${named(someOf)} is needed: none is given`];
  if (!isGiven(values[name])) return;
  for (const other of conflicts ?? [])
    if (isGiven(values[other]))
      yield [
        key("both", [name, other]),
        name,
        `conflicts with "${other}", which is given too: leave one of the two out`,
      ];
  for (const other of needs ?? [])
    if (isAbsent(values[other]))
      yield [key("needs", [name, other]), name, `needs "${other}" beside it: give that too, or leave this out`];
}

function* notOne(names: readonly string[], values: Values): Iterable<Fault> {
  const given = names.filter((each) => isGiven(values[each]));
  const needed = `exactly one of ${named(names)} is needed`;
  if (given.length > 1) yield [key("one", names), given[1] ?? "", `${needed}: ${given.join(" and ")} are given`];
  if (names.every((each) => isAbsent(values[each])))
    yield [key("one", names), names[0] ?? "", `${needed}: none is given`];
}

function key(kind: string, names: readonly string[]): string {
  return `${kind} ${[...names].sort().join(" ")}`;
}

function named(names: readonly string[]): string {
  return names.join(", ");
}

function isAbsent(value: Value | undefined): boolean {
  return value === undefined || value === null;
}

/** An empty text, an empty list and `false` may stand for "not set": they are neither given nor absent. */
function isGiven(value: Value | undefined): boolean {
  if (isAbsent(value) || value === UNKNOWN || value === "" || value === false) return false;
  return !Array.isArray(value) || value.length > 0;
}
