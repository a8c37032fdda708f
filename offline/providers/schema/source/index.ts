// Every type of which the provider's source has been read.
import type { Bounds, Limits, Properties, Shape } from "../shape";
import { caches } from "./caches";
import { compute } from "./compute";
import { containers } from "./containers";
import { databases } from "./databases";
import { type Facts, limitsBy } from "./facts";
import { gateways } from "./gateways";
import { identity } from "./identity";
import { instances } from "./instances";
import { messaging } from "./messaging";
import { network } from "./network";
import { observability } from "./observability";
import { scaling } from "./scaling";
import { storage } from "./storage";
import { traffic } from "./traffic";

export type { Facts, TypeFacts } from "./facts";

export const facts: Facts = {
  ...caches,
  ...compute,
  ...containers,
  ...databases,
  ...gateways,
  ...identity,
  ...instances,
  ...messaging,
  ...network,
  ...observability,
  ...scaling,
  ...storage,
  ...traffic,
};

/** Limits by declared type (`aws:sqs/queue:Queue`, `dynamodb.TableAttribute`) and property. */
export type Said = ReadonlyMap<string, ReadonlyMap<string, Limits>>;

/** What of an SDK's declarations the facts speak of. Throws where they name what is not declared. */
export function saidOf(
  resources: ReadonlyMap<string, Properties>,
  objects: ReadonlyMap<string, Properties>,
  about: Facts = facts,
): Said {
  const said = new Map<string, Map<string, Limits>>();
  for (const [token, known] of Object.entries(about)) {
    for (const [path, limits] of limitsBy(known)) {
      const [type, property] = placeOf(token, path, resources, objects);
      const properties = said.get(type) ?? new Map<string, Limits>();
      said.set(type, properties.set(property, { ...properties.get(property), ...limits }));
    }
    for (const path of known.replaces) placeOf(token, path.replace(/#$/, ""), resources, objects);
  }
  return said;
}

/** The declared type that has the last part of a path. */
function placeOf(
  token: string,
  path: string,
  resources: ReadonlyMap<string, Properties>,
  objects: ReadonlyMap<string, Properties>,
): readonly [type: string, property: string] {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let [type, properties] = [token, resources.get(token)];
  for (const name of names) {
    const inner = properties?.get(name);
    type = inner === undefined ? "" : (objectOf(inner.shape) ?? "");
    properties = objects.get(type);
  }
  if (properties?.has(last) !== true) throw new Error(`${token} has no input "${path}", of which the facts speak`);
  return [type, last];
}

function objectOf(shape: Shape): string | undefined {
  if (shape.kind === "object") return shape.name;
  if (shape.kind === "list" || shape.kind === "map") return objectOf(shape.of);
  if (shape.kind === "union") return shape.of.map(objectOf).find((name) => name !== undefined);
  return undefined;
}

/**
 * Limits of a property with what the source says. The SDK may be newer than the source that was read, so where both speak the
 * wider one counts, unless the documentation names the source's own bounds: a false refusal is worse than a miss.
 * @param doc the SDK's documentation of the property
 */
export function withFact(known: Limits | undefined, fact: Limits | undefined, doc = ""): Limits | undefined {
  if (fact === undefined || known === undefined) return fact ?? known;
  const named = new Set((doc.match(/-?\d[\d,]*/g) ?? []).map((number) => Number(number.replace(/,/g, ""))));
  const { form, ...others } = fact;
  return {
    ...known,
    ...others,
    ...(known.values && fact.values && { values: [...new Set([...known.values, ...fact.values])] }),
    ...(known.range && fact.range && !isNamed(fact.range, named) && { range: around(known.range, fact.range) }),
    ...(known.length && fact.length && { length: around(known.length, fact.length) }),
    // A published pattern of an ARN says more than its form.
    ...(form && known.pattern === undefined && { form }),
  };
}

function isNamed({ min, max }: Bounds, numbers: ReadonlySet<number>): boolean {
  return min !== undefined && max !== undefined && numbers.has(min) && numbers.has(max);
}

/** On a side of which one of them says nothing, the other counts. */
function around(one: Bounds, other: Bounds): Bounds {
  const side = (end: "min" | "max", wider: (...numbers: number[]) => number): number =>
    wider(...[one[end], other[end]].filter((number) => number !== undefined));
  const [min, max] = [side("min", Math.min), side("max", Math.max)];
  return { ...(Number.isFinite(min) && { min }), ...(Number.isFinite(max) && { max }) };
}
