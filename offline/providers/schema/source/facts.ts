// Facts from the source of the real AWS provider (hashicorp/terraform-provider-aws, which the SDK is a bridge to): which changes
// replace, and what its schemas refuse. Where declarations, documentation and published data say otherwise, these are right.
import type { Bounds, Form, Limits } from "../shape";

/** Least and most, both allowed; `undefined` leaves a side open. */
export type Pair = readonly [min: number | undefined, max?: number];

/** What the source says of one type. Inputs are named by their path, a list's items by the list's own (`vpcConfig.subnetIds`). */
export interface TypeFacts {
  /** Where, below `internal/service` of the provider's repository. */
  readonly source: string;
  /**
   * Every input whose change replaces, and no other. With `#` at its end only that a block comes or goes replaces, not what
   * changes within.
   */
  readonly replaces: readonly string[];
  /** Texts of a form that has a name. */
  readonly forms?: Readonly<Partial<Record<Form, readonly string[]>>>;
  readonly ranges?: Readonly<Record<string, Pair>>;
  /** Characters of a text. */
  readonly lengths?: Readonly<Record<string, Pair>>;
  /** How many items a list has. */
  readonly items?: Readonly<Record<string, Pair>>;
  readonly patterns?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Lists whose order means nothing. */
  readonly sets?: readonly string[];
  /** Inputs beside each other of which exactly one is given. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Inputs beside each other of which at least one is given. */
  readonly someOf?: readonly (readonly string[])[];
  /** The first is given with none of the others. */
  readonly conflicts?: readonly First[];
  /** Where the first is given, so are all the others. */
  readonly needs?: readonly First[];
}

/** One input, and others beside it. */
export type First = readonly [first: string, other: string, ...others: string[]];

const FORMS: readonly Form[] = ["account", "arn", "dailyWindow", "json", "timestamp", "weeklyWindow"];

export type Facts = Readonly<Record<string, TypeFacts>>;

/** What the facts say of a type's inputs, by path. `replaces` is said of every type as a whole, so not here. */
export function limitsBy(facts: TypeFacts): ReadonlyMap<string, Limits> {
  const found = new Map<string, Limits>();
  const note = (path: string, limits: Limits): void => {
    found.set(path, { ...found.get(path), ...limits });
  };
  for (const form of FORMS) for (const path of facts.forms?.[form] ?? []) note(path, { form });
  for (const [path, pair] of Object.entries(facts.ranges ?? {})) note(path, { range: bounds(pair) });
  for (const [path, pair] of Object.entries(facts.lengths ?? {})) note(path, { length: bounds(pair) });
  for (const [path, pair] of Object.entries(facts.items ?? {})) note(path, { items: bounds(pair) });
  for (const [path, pattern] of Object.entries(facts.patterns ?? {})) note(path, { pattern });
  for (const [path, values] of Object.entries(facts.values ?? {})) note(path, { values });
  for (const path of facts.sets ?? []) note(path, { set: true });
  for (const paths of facts.oneOf ?? []) for (const path of paths) note(path, { oneOf: paths.map(last) });
  for (const paths of facts.someOf ?? []) for (const path of paths) note(path, { someOf: paths.map(last) });
  for (const [path, ...others] of facts.conflicts ?? [])
    note(path, { conflicts: [...(found.get(path)?.conflicts ?? []), ...others.map(last)] });
  for (const [path, ...others] of facts.needs ?? []) note(path, { needs: others.map(last) });
  return found;
}

function last(path: string): string {
  return path.split(".").at(-1) ?? path;
}

function bounds([min, max]: Pair): Bounds {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}
