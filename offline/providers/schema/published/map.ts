// Lays published limits on an SDK's declarations: by resource type, then by property, then down into nested types.
import type { ResourceSchema } from "../declarations";
import type { Limits, Properties, Shape } from "../shape";
import { agree, publishedProperties, publishedType } from "./names";
import type { PublishedProperties, PublishedProperty, PublishedTypes } from "./types";

/** Published limits by declared type (`aws:sqs/queue:Queue`, `ec2.InstanceEbsBlockDevice`) and property. */
export type Laid = ReadonlyMap<string, ReadonlyMap<string, Limits>>;

/** An SDK's declarations. */
export interface Declared {
  readonly resources: readonly ResourceSchema[];
  readonly objects: ReadonlyMap<string, Properties>;
}

/** What of the published types speaks of which declared property. Where several disagree on a nested type, none counts. */
export function laidOn({ resources, objects }: Declared, published: PublishedTypes): Laid {
  const found = new Map<string, Map<string, readonly Limits[]>>();
  const note = (type: string, property: string, limits: Limits): void => {
    const properties = found.get(type) ?? new Map<string, readonly Limits[]>();
    properties.set(property, [...(properties.get(property) ?? []), limits]);
    found.set(type, properties);
  };
  const seen = new Map<string, Set<unknown>>();
  const into = (shape: Shape, property: PublishedProperty): void => {
    if (shape.kind === "union") for (const option of shape.of) into(option, property);
    if (shape.kind === "list" && property.item) into(shape.of, property.item);
    if (shape.kind !== "object" || property.members === undefined) return;
    const known = seen.get(shape.name) ?? new Set();
    seen.set(shape.name, known);
    if (known.has(property.type)) return;
    known.add(property.type);
    walk(shape.name, objects.get(shape.name) ?? new Map(), property.members(), last(shape.name));
  };
  const walk = (type: string, declared: Properties, properties: PublishedProperties, name: string): void => {
    const matches = publishedProperties(declared, properties, name);
    for (const [property, { shape }] of declared) {
      const match = matches.get(property);
      note(type, property, match === undefined ? {} : laid(shape, match.property, match.certain));
      if (match?.certain === true) into(shape, match.property);
    }
  };
  for (const { token, inputs } of resources) {
    const type = publishedType(token, published);
    const properties = type === undefined ? undefined : published.get(type);
    if (type !== undefined && properties) walk(token, inputs, flattened(properties, inputs), last(type));
  }
  return new Map([...found].map(([type, properties]) => [type, agreed(properties)]));
}

/** `DistributionConfig` and its like hold what the SDK has at the top. */
function flattened(properties: PublishedProperties, declared: Properties): PublishedProperties {
  const names = new Set([...declared.keys()].map((name) => name.toLowerCase()));
  const inner: (readonly [string, PublishedProperty])[] = [];
  for (const [name, { members, limits }] of properties) {
    if (!members || !/(?:Config|Configuration|Data|Input)$/.test(name) || names.has(name.toLowerCase())) continue;
    for (const [member, property] of members())
      inner.push([
        member,
        limits.replaces ? { ...property, limits: { ...property.limits, replaces: true } } : property,
      ]);
  }
  return new Map<string, PublishedProperty>([...inner, ...properties]);
}

function laid(shape: Shape, { kind, item, limits }: PublishedProperty, certain: boolean): Limits {
  const replaces: Limits = limits.replaces === true ? { replaces: true } : {};
  if (!certain) return replaces;
  if (shape.kind === "list") {
    const set: Limits = kind === "list" && limits.set === true ? { set: true } : {};
    const ofItems = item !== undefined && agree(shape.of, item) ? leaf(shape.of, item) : {};
    return { ...ofItems, ...set, ...replaces };
  }
  return { ...leaf(shape, { kind, limits }), ...replaces };
}

/** Limits of a single value. */
function leaf(shape: Shape, { kind, limits }: Pick<PublishedProperty, "kind" | "limits">): Limits {
  if (kind === "number" && shape.kind === "number") {
    const { values, range } = limits;
    return { ...(values && { values }), ...(range && { range }) };
  }
  if (kind !== "string" || !agree(shape, { kind: "string" })) return {};
  const { values, length, pattern } = limits;
  return { ...(values && { values }), ...(length && { length }), ...(pattern !== undefined && { pattern }) };
}

function agreed(properties: ReadonlyMap<string, readonly Limits[]>): ReadonlyMap<string, Limits> {
  return new Map(
    [...properties].flatMap(([name, all]) => {
      const [first, ...others] = all.map((limits) => JSON.stringify(limits));
      const same = first !== undefined && first !== "{}" && others.every((other) => other === first);
      return same && all[0] ? [[name, all[0]] as const] : [];
    }),
  );
}

function last(name: string): string {
  return name.split(/[.:]/).at(-1) ?? name;
}
