// Limits from the source of the real AWS provider (hashicorp/terraform-provider-aws, which the SDK is a bridge to): what its schemas refuse.
// They are in offline/aws/limits, a JSON file a service, by type and input; the card names the file of the source. Where declarations,
// documentation and published data say otherwise, these are right.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bounds, Limits, Properties, Shape } from "./shape";

/** Where the files are. */
export const PROVIDER_LIMITS = join(__dirname, "..", "..", "aws", "limits");

/** Limits by resource type, then by the input's path; a list's items are named by the list (`vpcConfig.subnetIds`). */
type ByType = Readonly<Record<string, Readonly<Record<string, Limits>>>>;

/** The files' contents. */
export function readProviderLimits(): ByType {
  const files = readdirSync(PROVIDER_LIMITS).filter((name) => name.endsWith(".json"));
  return Object.assign(
    {},
    ...files.map((name) => JSON.parse(readFileSync(join(PROVIDER_LIMITS, name), "utf8")) as ByType),
  ) as ByType;
}

/** Limits by declared type (`aws:sqs/queue:Queue`, `dynamodb.TableAttribute`) and property. */
export type ProviderLimits = ReadonlyMap<string, ReadonlyMap<string, Limits>>;

/** The limits by the types that declare the inputs. Throws where they name what is not declared. */
export function byDeclaredType(
  limits: ByType,
  resources: ReadonlyMap<string, Properties>,
  objects: ReadonlyMap<string, Properties>,
): ProviderLimits {
  const found = new Map<string, Map<string, Limits>>();
  for (const [token, inputs] of Object.entries(limits))
    for (const [path, each] of Object.entries(inputs)) {
      const [type, property] = placeOf(token, path, resources, objects);
      const properties = found.get(type) ?? new Map<string, Limits>();
      found.set(type, properties.set(property, { ...properties.get(property), ...each }));
    }
  return found;
}

/** The declared type and property at the end of a path. */
export function placeOf(
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
  if (properties?.has(last) !== true) throw new Error(`${token} has no input "${path}"`);
  return [type, last];
}

function objectOf(shape: Shape): string | undefined {
  if (shape.kind === "object") return shape.name;
  if (shape.kind === "list" || shape.kind === "map") return objectOf(shape.of);
  if (shape.kind === "union") return shape.of.map(objectOf).find((name) => name !== undefined);
  return undefined;
}

/**
 * The limits of a property with those of the provider's source. The SDK may be newer than the source that was read, so where both speak the
 * wider one counts, unless the documentation names the source's own bounds: a false refusal is worse than a miss.
 * @param doc the SDK's documentation of the property
 */
export function withProviderLimits(known: Limits | undefined, fact: Limits | undefined, doc = ""): Limits | undefined {
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
