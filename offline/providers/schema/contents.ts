// What goes into the index of an SDK: its declarations, and what each property allows by all that is said of it.
import { corrected } from "./corrections";
import { type ResourceSchema, readEnumerations, readObjects, readResources } from "./declarations";
import type { Contents, Counts } from "./index-file";
import { limitsOf, type Says } from "./limits";
import { readExtract } from "./published/extract";
import type { Laid } from "./published/map";
import type { Limits, Properties, Property, Shape } from "./shape";
import { byDeclaredType, type ProviderLimits, readProviderLimits, withProviderLimits } from "./provider-limits";
import { documentedConflicts } from "./documented-conflicts";

/** Reads an SDK's declarations whole. Takes a second or two for the largest. */
export function contentsOf(name: string, folder: string): Contents {
  const enumerations = readEnumerations(folder);
  const says: Says = { kubernetes: name === "kubernetes", enumeration: (of) => enumerations.get(of) };
  const published: Laid = name === "aws" ? readExtract().laid : new Map();
  const publishedOf = (type: string, property: string): { readonly published?: Limits } => {
    const limits = published.get(type)?.get(property);
    return limits ? { published: limits } : {};
  };
  const [declaredResources, declaredObjects] = [readResources(folder), readObjects(folder)];
  const inputs = new Map(declaredResources.map((schema) => [schema.token, schema.inputs]));
  const fromProvider: ProviderLimits =
    name === "aws" ? byDeclaredType(readProviderLimits(), inputs, declaredObjects) : new Map();
  const limited = (type: string, properties: Properties): Properties => {
    const beside = new Set(properties.keys());
    const entries = [...properties].map(([property, declared]) => {
      const alone = limitsOf(declared, says, { beside, ...publishedOf(type, property) });
      const together = says.kubernetes ? undefined : documentedConflicts(property, declared.doc, beside);
      const known = corrected(type, property, together ? { ...alone, ...together } : alone);
      const limits = withProviderLimits(known, fromProvider.get(type)?.get(property), declared.doc);
      return [property, limits === undefined ? declared : { ...declared, limits }] as const;
    });
    return new Map(entries);
  };
  const resources = declaredResources.map((schema) => ({
    ...schema,
    inputs: limited(schema.token, schema.inputs),
  }));
  const objects = new Map([...declaredObjects].map(([type, properties]) => [type, limited(type, properties)]));
  return { resources, objects, counts: counted(resources, objects) };
}

/** What limits say of properties beside each other. */
const TOGETHER: readonly (keyof Limits)[] = ["conflicts", "oneOf", "someOf", "needs"];

function counted(resources: readonly ResourceSchema[], objects: ReadonlyMap<string, Properties>): Counts {
  const reached = new Map<string, Properties>();
  const reach = (shape: Shape): void => {
    if (shape.kind === "list" || shape.kind === "map") reach(shape.of);
    if (shape.kind === "union") shape.of.forEach(reach);
    if (shape.kind !== "object" || reached.has(shape.name)) return;
    const properties = objects.get(shape.name) ?? objects.get(`${shape.name}Args`) ?? new Map<string, Property>();
    reached.set(shape.name, properties);
    for (const property of properties.values()) reach(property.shape);
  };
  for (const { inputs } of resources) for (const property of inputs.values()) reach(property.shape);
  const all = [...resources.map(({ inputs }) => inputs), ...reached.values()].flatMap((each) => [...each.values()]);
  const having = (part: keyof Limits): number => all.filter(({ limits }) => limits?.[part] !== undefined).length;
  return {
    resources: resources.length,
    properties: all.length,
    required: all.filter(({ optional }) => !optional).length,
    secrets: resources.reduce((sum, { secrets }) => sum + secrets.size, 0),
    values: having("values"),
    ranges: having("range"),
    lengths: having("length"),
    patterns: having("pattern"),
    together: all.filter(({ limits = {} }) => TOGETHER.some((part) => limits[part] !== undefined)).length,
    sets: having("set"),
    replaces: having("replaces"),
  };
}
