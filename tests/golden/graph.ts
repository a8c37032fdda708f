// The resource graph of a program that ran in process, in a form that does not change from run to run and that a person can review: values
// that the cloud makes up are references to the resource that they come from, policies are statements.
import { createHash } from "node:crypto";
import type { Registered } from "../../offline/providers/mocks";
import { References } from "./references";
import { statementsOf } from "./statements";

/** A value of an input: plain data. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** A resource of a graph. */
export interface Entry {
  /** Key of its parent; absent when that is the component of its group, or the stack. */
  readonly parent?: string;
  /** Keys of what it waits for beside what its inputs refer to; `<component>/*` for all of a component. */
  readonly after?: readonly string[];
  /** Former identities: types of parents and of the resource, then the former name. */
  readonly aliases?: readonly string[];
  /** Options that differ from the engine's defaults. */
  readonly options?: Readonly<Record<string, Plain>>;
  readonly inputs?: Readonly<Record<string, Plain>>;
}

/** By top-level resource, then by resource; each is called `<name> <type>`. The first of a group is its top-level resource. */
export type Graph = Readonly<Record<string, Readonly<Record<string, Entry>>>>;

/** Where a stack is: its account and region are no values of a resource. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

const STACK = "pulumi:pulumi:Stack";

/** The key of a resource within its group. */
export const keyOf = ({ name, type }: Pick<Registered, "name" | "type">): string => `${name} ${type}`;

/** The graph of a run. Throws when two resources of a component have the same name and type, which a key can't tell apart. */
export function graphOf(registered: readonly Registered[], place: Place): Graph {
  const resources = registered.filter(({ type }) => type !== STACK);
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const references = new References(resources, Object.values(place));
  const groupOf = (resource: Registered): Registered => {
    const parent = byUrn.get(resource.parent ?? "");
    return parent ? groupOf(parent) : resource;
  };
  const groups = new Map<Registered, Registered[]>();
  for (const resource of resources) {
    const top = groupOf(resource);
    groups.set(top, [...(groups.get(top) ?? []), resource]);
  }
  const entryOf = (resource: Registered): Entry => {
    const inputs = tidy(references.resolve(resource.inputs), place) as Record<string, Plain>;
    const parent = byUrn.get(resource.parent ?? "");
    const named = references.namedIn(inputs);
    const waits = resource.dependencies.flatMap((urn) => byUrn.get(urn) ?? []).filter((each) => !named.has(each));
    return {
      ...(parent?.parent !== undefined && byUrn.has(parent.parent) && { parent: keyOf(parent) }),
      ...some("after", wholeGroups(waits, groups)),
      ...some("aliases", resource.aliases.map(identityOf)),
      ...(Object.keys(resource.options).length > 0 && { options: resource.options }),
      ...(Object.keys(inputs).length > 0 && { inputs }),
    };
  };
  const all = [...groups].map(([top, members]): [string, Record<string, Entry>] => {
    const entries = members.map((resource) => [keyOf(resource), entryOf(resource)] as const);
    const keys = entries.map(([key]) => key);
    const twice = keys.find((key, at) => keys.indexOf(key) !== at);
    if (twice !== undefined) throw new Error(`two resources of ${top.name} are called ${twice}`);
    return [keyOf(top), Object.fromEntries(entries.sort(([one], [other]) => compare(one, other)))];
  });
  return Object.fromEntries(all.sort(([one], [other]) => compare(one, other)));
}

/** What the engine knows a resource by within a stack: the types of its parents and its own, then its name. */
export const identityOf = (urn: string): string => urn.split("::").slice(2).join("::");

/** Every resource of a graph by identity. */
export function resourcesOf(graph: Graph): ReadonlyMap<string, { readonly key: string; readonly entry: Entry }> {
  const found = new Map<string, { readonly key: string; readonly entry: Entry }>();
  for (const [top, group] of Object.entries(graph)) {
    const types = (key: string): string => {
      const parent = group[key]?.parent ?? (key === top ? undefined : top);
      return parent === undefined ? typeOf(key) : `${types(parent)}$${typeOf(key)}`;
    };
    for (const [key, entry] of Object.entries(group)) found.set(`${types(key)}::${nameOf(key)}`, { key, entry });
  }
  return found;
}

export const typeOf = (key: string): string => key.slice(key.lastIndexOf(" ") + 1);
export const nameOf = (key: string): string => key.slice(0, key.lastIndexOf(" "));

/** Keys of resources, with the group's name and a star where a group is complete. */
function wholeGroups(waits: readonly Registered[], groups: ReadonlyMap<Registered, readonly Registered[]>): string[] {
  const awaited = new Set(waits);
  const whole = [...groups].filter(([, members]) => {
    const custom = members.filter(({ outputs }) => outputs.id !== undefined);
    return custom.length > 1 && custom.every((each) => awaited.has(each));
  });
  const covered = new Set(whole.flatMap(([, members]) => members));
  return [
    ...whole.map(([top]) => `${keyOf(top)}/*`),
    ...[...awaited].filter((each) => !covered.has(each)).map(keyOf),
  ].sort();
}

/** Code of a function as its digest: no text of a bundle, which holds that of libraries, belongs into a file that people review. */
function codeOf(value: object): Plain | undefined {
  const { __pulumiAsset: isAsset, text } = value as { readonly __pulumiAsset?: true; readonly text?: string };
  if (isAsset !== true || text === undefined) return undefined;
  return { bytes: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") };
}

/** Documents as data, policies as statements, the account by name. */
function tidy(value: unknown, place: Place): Plain {
  if (typeof value === "object" && value !== null) {
    const code = codeOf(value);
    if (code !== undefined) return code;
  }
  if (typeof value === "string") {
    const document = documentOf(value);
    return document === undefined ? value.replaceAll(place.accountId, "<account>") : tidy(document, place);
  }
  if (Array.isArray(value)) return value.map((each: unknown) => tidy(each, place));
  if (typeof value !== "object" || value === null) return value as Plain;
  const statements = statementsOf(value as Record<string, unknown>);
  if (statements) return tidy(statements, place);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]): [string, Plain] => [tidy(key, place) as string, tidy(each, place)])
      .sort(([one], [other]) => compare(one, other)),
  );
}

function documentOf(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function some<K extends string>(key: K, items: readonly string[]): Partial<Record<K, readonly string[]>> {
  const sorted: Partial<Record<string, readonly string[]>> = items.length === 0 ? {} : { [key]: [...items].sort() };
  return sorted;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
