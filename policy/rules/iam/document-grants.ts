// Functions on the rights that an `Allow` statement grants.
import type { Document, Principal, Statement } from "./document";
import { holdsToOrigin, holdsToResource, refusesOtherOrigins } from "./document-conditions";
import { arnParts, fits, hasWildcard, isAccountId, isAnything } from "./document-patterns";
import { arnFormatsOf } from "./service-actions";

/** The statements of a document that allow something. */
export function allows(document: Document): readonly Statement[] {
  return document.statements.filter(({ effect }) => effect === "Allow");
}

/** The element and pattern by which a statement covers an action (`iam:PassRole`), or undefined when it does not. */
export function coverOf(statement: Statement, action: string): { element: string; pattern: string } | undefined {
  const pattern = statement.actions?.values.find((candidate) => fits(candidate, action, true));
  if (pattern !== undefined) return { element: "Action", pattern };
  const { notActions } = statement;
  // An unknown exception may be this very action.
  if (notActions?.complete !== true || notActions.values.some((candidate) => fits(candidate, action, true)))
    return undefined;
  return { element: "NotAction", pattern: notActions.values.join(", ") };
}

/**
 * Whether a resource pattern reaches resources that its writer can't have had in mind: `*`, or an ARN that says no more than
 * a type, a region and an account (`arn:aws:sqs:*:*:*`, `arn:aws:iam::123456789012:role/*`).
 */
export function isEveryResource(pattern: string): boolean {
  if (isAnything(pattern)) return true;
  const parts = arnParts(pattern);
  if (parts === undefined) return fits(pattern, "arn:aws:any:any:any:any");
  if (hasWildcard(parts.service) || isAnything(parts.resource)) return true;
  if (!hasWildcard(parts.resource)) return false;
  return arnFormatsOf(parts.service).some((format) => {
    const resource = arnParts(format.replace(/\$\{[^}]*\}/g, "\u{1F3DD}"))?.resource;
    return resource?.includes("\u{1F3DD}") === true && fits(parts.resource, resource);
  });
}

/** The resource patterns of a statement that reach every resource; none where a condition picks the resources. */
export function everyResourceOf(statement: Statement): readonly string[] {
  if (!statement.conditionsKnown || statement.conditions.some(holdsToResource)) return [];
  return statement.resources?.values.filter(isEveryResource) ?? [];
}

/** Whether a principal is a wildcard: any account, any service, any identity provider. */
export function isAnybody({ type, value }: Principal): boolean {
  if (isAnything(value)) return true;
  return type === "AWS" && hasWildcard(arnParts(value)?.account ?? "");
}

/** Whether a principal is an account as a whole, which leaves the decision to that account's own IAM. */
export function isAccountRoot({ type, value }: Principal): boolean {
  return type === "AWS" && (isAccountId(value) || /^arn:[^:]+:iam::\d{12}:root$/.test(value));
}

/** The account that a principal belongs to. */
export function accountOf({ type, value }: Principal): string | undefined {
  if (type !== "AWS") return undefined;
  if (/^\d{12}$/.test(value)) return value;
  const account = arnParts(value)?.account;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** Whether a statement lets in only a named account, organization, network or identity, by itself or by a `Deny` beside it. */
export function isHeldToOrigin(statement: Statement, document: Document): boolean {
  if (!statement.conditionsKnown || !document.complete) return true;
  return statement.conditions.some(holdsToOrigin) || document.statements.some((deny) => refusesOthers(deny, statement));
}

/** Whether a `Deny` limits a statement to callers of a named origin: it refuses all its actions to all other callers. */
function refusesOthers(deny: Statement, allowed: Statement): boolean {
  if (deny.effect !== "Deny") return false;
  // An unknown part of a `Deny` may make it effective.
  if (!deny.conditionsKnown || deny.resources?.complete === false || deny.actions?.complete === false) return true;
  const everybody = deny.principals?.values.some(isAnybody) === true;
  const [origins, others] = [
    deny.conditions.filter(refusesOtherOrigins),
    deny.conditions.filter((condition) => !refusesOtherOrigins(condition)),
  ];
  return (
    everybody &&
    origins.length > 0 &&
    others.every(({ key }) => key === "aws:principalisawsservice" || key === "aws:viaawsservice") &&
    covers(deny.actions?.values, allowed.actions?.values, true) &&
    covers(deny.resources?.values, allowed.resources?.values, false)
  );
}

function covers(wide: readonly string[] = [], narrow: readonly string[] = [], ignoreCase: boolean): boolean {
  return narrow.length > 0 && narrow.every((text) => wide.some((pattern) => fits(pattern, text, ignoreCase)));
}
