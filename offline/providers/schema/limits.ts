// What a property allows, from all that is said of it: the SDK's types and documentation, and the published service data.
import { documentedRange, documentedValues, kubernetesValues } from "./documented";
import type { Limits, Property, Shape } from "./shape";

/** What is said besides a property's own declaration. */
export interface Says {
  /** Kubernetes' documentation has a language of its own. */
  readonly kubernetes: boolean;
  /** The values of one of the SDK's enumerations. */
  enumeration(name: string): readonly string[] | undefined;
}

/** The Terraform providers' documentation says so in these words. */
const SAYS_REPLACES =
  /forces (?:a )?new(?: resource)?|forces replacement|forces? recreation|(?:cannot|can't) be changed|immutable/i;

/** All that is known of a property; undefined when that is nothing. */
export function limitsOf(property: Property, says: Says): Limits | undefined {
  const { doc, shape } = property;
  const leaf = shape.kind === "list" ? shape.of : shape;
  const values = valuesOf(leaf, doc, says);
  const range = leaf.kind === "number" ? documentedRange(doc) : undefined;
  const limits: Limits = {
    ...(values && { values }),
    ...(range && { range }),
    ...(SAYS_REPLACES.test(doc) && { replaces: true }),
  };
  return Object.keys(limits).length > 0 ? limits : undefined;
}

function valuesOf(shape: Shape, doc: string, says: Says): readonly string[] | undefined {
  if (shape.kind === "enum") return says.enumeration(shape.name);
  const documented = says.kubernetes ? kubernetesValues : documentedValues;
  if (shape.kind === "string") return documented(doc);
  if (shape.kind !== "union" || !says.kubernetes) return undefined;
  // Kubernetes' enumerations are those of its schema, and whole; elsewhere a type beside `string` names the known ones only.
  const named = shape.of.find((option) => option.kind === "enum");
  return named?.kind === "enum" && shape.of.length === 2 ? says.enumeration(named.name) : undefined;
}
