// What constraints share.
import type { Failure } from "../../core/check";
import type { Existing } from "../../core/record";
import type { Candidate } from "../../core/rules";
import { hasUnknown, isObject, plain, text, UNKNOWN, type Value, type Values } from "../../core/values";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const TARGETS = "aws:lb/targetGroup:TargetGroup";
export const LISTENER = "aws:lb/listener:Listener";

/** A failure at a path. */
export const failure = (property: string, reason: string): Failure => ({ property, reason });

/** A known input or output of what exists, as text. */
export function textOf(existing: Existing | undefined, property: string): string | undefined {
  if (!existing) return undefined;
  // A constraint asks this of each neighbour, so nothing else of it is looked at.
  return text(plain(existing.outputs[property] ?? null)) ?? text(plain(existing.inputs[property] ?? null));
}

/** Whether a property has a value, known or not. */
export const isGiven = (values: Values, property: string): boolean => (values[property] ?? null) !== null;

/** Whether a value says something: empty texts and lists count as absent, as the real provider reads them. */
export const isFilled = (value: Value | undefined): boolean =>
  (value ?? null) !== null && value !== "" && (!Array.isArray(value) || value.length > 0);

/** A known number; numbers may be written as text. */
export function numberAt(values: Values, property: string): number | undefined {
  const value = values[property];
  if (typeof value === "number") return value;
  return typeof value === "string" && value !== UNKNOWN && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The object at a property; empty when it is none. */
export function objectAt(values: Values, property: string): Values {
  const value = values[property];
  return isObject(value) ? value : {};
}

/** The known texts of a list. */
export function textsAt(values: Values, property: string): readonly { readonly value: string; readonly at: string }[] {
  const list = values[property];
  if (!Array.isArray(list)) return [];
  return (list as readonly Value[]).flatMap((item, index) => {
    const value = text(item);
    return value === undefined ? [] : [{ value, at: `${property}[${index}]` }];
  });
}

/** The elements of a list that are objects. */
export function objectsAt(
  values: Values,
  property: string,
): readonly { readonly value: Values; readonly at: string }[] {
  const list = values[property];
  if (!Array.isArray(list)) return [];
  return (list as readonly Value[]).flatMap((value, index) =>
    isObject(value) ? [{ value, at: `${property}[${index}]` }] : [],
  );
}

/** A JSON document that is known whole; a failure when it is no JSON. */
export function documentAt(
  candidate: Candidate,
  property: string,
): { readonly document?: Value; readonly failure?: Failure } {
  const value = candidate.text(property);
  if (value === undefined || value === "" || value.includes(UNKNOWN) || hasUnknown(candidate.inputs[property]))
    return {};
  try {
    return { document: JSON.parse(value) as Value };
  } catch {
    return { failure: failure(property, "is not JSON: write the document with JSON.stringify") };
  }
}
