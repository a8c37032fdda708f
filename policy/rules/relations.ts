// Whether one resource of a stack refers to another. At preview identifiers are unknown; what supplied them is not.
import type { Stack, StackResource } from "./rule";
import { at, hasUnknown, isList, isMissing, UNKNOWN, type Value } from "./value";

/** `maybe`: the value is unknown and what supplies it could be this resource or another. */
export type Link = "yes" | "no" | "maybe";

/** Outputs by which other resources name one. */
const IDENTITIES = ["id", "arn", "name", "bucket", "url"];

/**
 * Whether the property of one resource names another one, by any of its identifiers. A rule that requires a relation accepts
 * `maybe`; a rule that forbids one ignores it: both judge for certain once the values are known.
 */
export function refers(stack: Stack, from: StackResource, path: string, to: StackResource): Link {
  const value = at(from.props, path);
  if (isMissing(value)) return "no";
  const names = IDENTITIES.map((identity) => at(to.props, identity));
  const given: readonly Value[] = isList(value) ? value : [value];
  if (given.some((one) => one !== UNKNOWN && !isMissing(one) && names.includes(one))) return "yes";
  // Not every provider repeats a resource's id among its outputs: a value of a kind that `to` does not show can be its own.
  const identified =
    !names.includes(UNKNOWN) && given.every((one) => !isMissing(at(to.props, isArn(one) ? "arn" : "id")));
  if (!hasUnknown(value) && identified) return "no";
  return supplied(stack, from, path, to, hasUnknown(value));
}

/** The first of some resources that a property surely or possibly names. */
export function referred(
  stack: Stack,
  from: StackResource,
  path: string,
  candidates: readonly StackResource[],
): readonly { readonly to: StackResource; readonly link: Exclude<Link, "no"> }[] {
  return candidates.flatMap((to) => {
    const link = refers(stack, from, path, to);
    return link === "no" ? [] : [{ to, link }];
  });
}

function isArn(value: Value): boolean {
  return typeof value === "string" && value.startsWith("arn:");
}

/** Judges by what supplied the value, which the engine records for each property. */
function supplied(stack: Stack, from: StackResource, path: string, to: StackResource, unknown: boolean): Link {
  const [property = path] = path.split(/[.[]/);
  const suppliers = from.propertyDependencies[property] ?? [];
  if (suppliers.includes(to.urn)) {
    const rivals = stack.ofType(to.type).filter(({ urn }) => suppliers.includes(urn));
    return rivals.length === 1 ? "yes" : "maybe";
  }
  if (!unknown) return "no";
  // A component built by a provider is recorded in place of the children that its outputs come from.
  return suppliers.length === 0 || ancestors(stack, to).some((urn) => suppliers.includes(urn)) ? "maybe" : "no";
}

function ancestors(stack: Stack, resource: StackResource): readonly string[] {
  const found: string[] = [];
  for (let urn = resource.parent; urn !== undefined && !found.includes(urn);) {
    found.push(urn);
    const current = urn;
    urn = stack.resources.find((candidate) => candidate.urn === current)?.parent;
  }
  return found;
}
