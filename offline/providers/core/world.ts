// What exists, as a constraint sees it: found by identifier or by what refers to it, so that no question costs more the more
// resources there are.
import { nameOf } from "./outputs";
import type { Candidate, PackageRules, Reference, Setting } from "./rules";
import type { Existing, Inventory } from "./record";
import { isObject, plainAll, text, type Value, type Values } from "./values";

/** What exists beside the resource in question. */
export interface World {
  get(type: string, id: string): Existing | undefined;
  /** Resources of a type that name a resource in a declared reference, at a path where one is given. */
  users(target: Target, ofType: string, path?: string): readonly Existing[];
  /** Everything of a type: for quotas, since the cost grows with the number. */
  all(type: string): readonly Existing[];
  count(type: string): number;
  /** What another package has made. */
  beside(name: string): Pick<Inventory, "all">;
}

/** A resource that is named by another. */
export interface Target {
  readonly type: string;
  readonly id: string;
}

/** One use of a declared reference. */
export interface Use extends Target {
  /** `subnetIds[1]`. */
  readonly at: string;
  /** The reference's own path, `subnetIds[]`. */
  readonly path: string;
  readonly value: string;
  readonly keeps: boolean;
  readonly outside: boolean;
  readonly late: boolean;
}

/** What a resource's known inputs name. */
export function usesOf(rules: PackageRules, type: string, inputs: Values, setting: Setting): readonly Use[] {
  const references = { ...rules.referencesByForm?.(type, inputs), ...rules.rule(type).references };
  return Object.entries(references).flatMap(([path, reference]) =>
    valuesAt(inputs, path).flatMap(({ at, value }) => useOf(path, reference, at, value, setting)),
  );
}

function useOf(path: string, reference: Reference, at: string, value: string, setting: Setting): readonly Use[] {
  const id = reference.id ? reference.id(value, setting) : value;
  return id === undefined
    ? []
    : [
        {
          type: reference.type,
          id,
          at,
          path,
          value,
          keeps: reference.keeps === true,
          outside: reference.outside === true,
          late: reference.late === true,
        },
      ];
}

/** A known text and where it stands. */
export interface TextAt {
  /** `subnetIds[1]`. */
  readonly at: string;
  readonly value: string;
}

/** Known texts at a path; empty ones name nothing. */
export function valuesAt(inputs: Values, path: string): readonly TextAt[] {
  let found: { at: string; value: Value | undefined }[] = [{ at: "", value: inputs }];
  for (const step of path.split(".")) {
    const property = step.replace(/\[\]$/, "");
    found = found.flatMap(({ at, value }) => {
      const inner = isObject(value) ? value[property] : undefined;
      const name = at === "" ? property : `${at}.${property}`;
      if (!step.endsWith("[]")) return [{ at: name, value: inner }];
      const list = Array.isArray(inner) ? (inner as readonly Value[]) : [];
      return list.map((item, index) => ({ at: `${name}[${index}]`, value: item }));
    });
  }
  return found.flatMap(({ at, value }) => {
    const known = text(value);
    return known === undefined || known === "" ? [] : [{ at, value: known }];
  });
}

/** The world without one resource: the one that is judged does not stand in its own way. */
export function worldWithout(
  rules: PackageRules,
  inventory: Inventory,
  isSelf: (existing: Existing) => boolean,
): World {
  const others = (found: readonly Existing[]): readonly Existing[] => found.filter((existing) => !isSelf(existing));
  return {
    get: (type, id) => inventory.get(type, id) ?? rules.defaultPart?.(type, id, (whole) => inventory.all(whole)),
    users: (target, ofType, path) => others(inventory.users(target, ofType, path)),
    all: (type) => others(inventory.all(type)),
    count: (type) => others(inventory.all(type)).length,
    beside: (name) => inventory.beside(name),
  };
}

/** A candidate of plain inputs. */
export function candidateOf(
  setting: Setting,
  subject: { readonly type: string; readonly urn: string },
  inputs: Values,
  olds?: Values,
): Candidate {
  return {
    ...setting,
    ...subject,
    region: text(inputs.region) ?? setting.region,
    name: nameOf(subject.urn),
    inputs,
    ...(olds && { olds: plainAll(olds) }),
    text: (property) => text(inputs[property]),
  };
}
