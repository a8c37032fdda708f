// What a property allows, from all that is said of it: the SDK's types and documentation, and the published service data.
import { agreed, namedTexts } from "./agreement";
import { documentedRange, documentedValues, kubernetesValues } from "./documented";
import type { Bounds, Limits, Property, Shape } from "./shape";

/** What is said besides a property's own declaration. */
export interface Says {
  /** Kubernetes' documentation has a language of its own. */
  readonly kubernetes: boolean;
  /** The values of one of the SDK's enumerations. */
  enumeration(name: string): readonly string[] | undefined;
}

/** Where a property stands. */
export interface Among {
  /** The names of the properties of its type. */
  readonly beside: ReadonlySet<string>;
  /** Published limits, for what they are worth. @default none */
  readonly published?: Limits;
}

const ALONE: Among = { beside: new Set() };

/** The Terraform providers' documentation says so in these words. */
const SAYS_REPLACES =
  /forces (?:a )?new(?: resource)?|forces replacement|forces? recreation|(?:cannot|can't) be changed|immutable/i;

/** All that is known of a property; undefined when that is nothing. */
export function limitsOf(property: Property, says: Says, among: Among = ALONE): Limits | undefined {
  const { doc, shape } = property;
  const { published = {}, beside } = among;
  const leaf = shape.kind === "list" ? shape.of : shape;
  const certain = agreed(published, property, beside);
  const documented = leaf.kind === "number" ? documentedRange(doc) : undefined;
  const values = widest(valuesOf(leaf, doc, says, beside), certain.values, published.values);
  const range = documented && certain.range ? around(documented, certain.range) : (documented ?? certain.range);
  const limits: Limits = {
    ...certain,
    ...(values && { values }),
    ...(range && { range }),
    ...(SAYS_REPLACES.test(doc) && { replaces: true }),
  };
  return Object.keys(limits).length > 0 ? limits : undefined;
}

/**
 * A documentation's list may be older than the published one, even where they do not agree on every value. Where they have
 * nothing in common, one of them speaks of something else.
 */
function widest(
  documented: readonly string[] | undefined,
  certain: readonly string[] | undefined,
  published: readonly string[] | undefined,
): readonly string[] | undefined {
  if (documented === undefined || certain !== undefined)
    return certain && [...new Set([...certain, ...(documented ?? [])])];
  if (published === undefined) return documented;
  return published.some((value) => documented.includes(value))
    ? [...new Set([...documented, ...published])]
    : undefined;
}

function around(one: Bounds, other: Bounds): Bounds {
  const [min, max] = [
    one.min !== undefined && other.min !== undefined ? Math.min(one.min, other.min) : undefined,
    one.max !== undefined && other.max !== undefined ? Math.max(one.max, other.max) : undefined,
  ];
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(other.zero && { zero: true }) };
}

function valuesOf(shape: Shape, doc: string, says: Says, beside: ReadonlySet<string>): readonly string[] | undefined {
  if (shape.kind === "enum") return says.enumeration(shape.name);
  if (shape.kind === "string") return says.kubernetes ? kubernetesValues(doc) : wholeValues(doc, beside);
  if (shape.kind !== "union" || !says.kubernetes) return undefined;
  // Kubernetes' enumerations are those of its schema, and whole; elsewhere a type beside `string` names the known ones only.
  const named = shape.of.find((option) => option.kind === "enum");
  return named?.kind === "enum" && shape.of.length === 2 ? says.enumeration(named.name) : undefined;
}

/** A list that lacks a value which the text names besides is not whole. */
function wholeValues(doc: string, beside: ReadonlySet<string>): readonly string[] | undefined {
  const values = documentedValues(doc);
  return values && namedTexts(doc, beside).every((text) => values.includes(text)) ? values : undefined;
}
