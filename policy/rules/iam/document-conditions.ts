// Evaluates how far conditions limit requests. A condition that is true for requests without its key does not limit them.
import { isList, isObject, UNKNOWN, type Value } from "../value";
import { arnParts, hasWildcard, isAccountId, namesAccount } from "./document-patterns";

/** One operator on one key. */
export interface Condition {
  /** As it stands in the document (`ForAllValues:StringEqualsIfExists`). */
  readonly written: string;
  /** In lower case, without quantifier and suffix (`stringequals`). */
  readonly operator: string;
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  readonly ifExists: boolean;
  /** In lower case. */
  readonly key: string;
  /** The values that are known. */
  readonly values: readonly string[];
}

const HOLDING = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"]);
const NEGATED = new Set([
  "stringnotequals",
  "stringnotequalsignorecase",
  "stringnotlike",
  "arnnotequals",
  "arnnotlike",
  "notipaddress",
]);

/** The conditions of a statement; those of which nothing is known are left out. */
export function conditionsOf(value: Value): readonly Condition[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([written, keys]) => {
    const quantifier = /^(ForAllValues|ForAnyValue):/i.exec(written)?.[1]?.toLowerCase();
    const operator = written.replace(/^[^:]*:/, "").toLowerCase();
    if (!isObject(keys)) return [];
    return Object.entries(keys).map(([key, values]) => ({
      written,
      operator: operator.replace(/ifexists$/, ""),
      quantifier:
        quantifier === undefined
          ? undefined
          : quantifier === "forallvalues"
            ? ("ForAllValues" as const)
            : ("ForAnyValue" as const),
      ifExists: operator.endsWith("ifexists"),
      key: key.toLowerCase(),
      values: (isList(values) ? values : [values]).flatMap((item) =>
        item === UNKNOWN || item === null || typeof item === "object" ? [] : [String(item)],
      ),
    }));
  });
}

/**
 * Whether a condition refuses every request whose key is absent or other than its values, each of which must be narrow
 * enough. `…IfExists` and `ForAllValues:` let a request without the key pass.
 */
export function holds(condition: Condition, keys: RegExp, isNarrow: (value: string) => boolean): boolean {
  return (
    HOLDING.has(condition.operator) &&
    !condition.ifExists &&
    condition.quantifier !== "ForAllValues" &&
    keys.test(condition.key) &&
    condition.values.length > 0 &&
    condition.values.every(isNarrow)
  );
}

/** Keys whose value names the account, organization, network or identity that a request comes from. */
const ORIGINS: readonly (readonly [keys: RegExp, isNarrow: (value: string) => boolean])[] = [
  [
    /^(aws:(principalaccount|sourceaccount|sourceowner|vpceaccount)|kms:calleraccount|s3:dataaccesspointaccount)$/,
    isAccountId,
  ],
  [/^aws:(principalorgid|sourceorgid|vpceorgid)$/, isOrganization],
  [/^aws:(principalorgpaths|sourceorgpaths|vpceorgpaths)$/, (value) => isOrganization(value.split("/")[0] ?? "")],
  [/^(aws:(principalarn|sourcearn|sourcevpcarn)|s3:dataaccesspointarn|lambda:sourcefunctionarn)$/, namesAccount],
  [/^aws:sourcevpce?$/, (value) => /^vpce?-[0-9a-z]{4}/.test(value)],
  [/^aws:(sourceip|vpcsourceip)$/, isNarrowRange],
  [/^aws:userid$/, (value) => /^[A-Z0-9]{16}/.test(value)],
];

/** Keys that AWS services set to the resource or account for which they act. */
const SOURCES: readonly (readonly [keys: RegExp, isNarrow: (value: string) => boolean])[] = [
  [/^(aws:sourceaccount|aws:sourceowner|kms:calleraccount)$/, isAccountId],
  [/^aws:sourceorgid$/, isOrganization],
  [/^aws:sourceorgpaths$/, (value) => isOrganization(value.split("/")[0] ?? "")],
  [/^aws:sourcearn$/, namesAccount],
  [/^kms:encryptioncontext:/, (value) => namesAccount(value) || !hasWildcard(value)],
];

/** Whether a condition lets in only callers of a named account, organization, network or identity. */
export function holdsToOrigin(condition: Condition): boolean {
  return isThroughMountTarget(condition) || ORIGINS.some(([keys, isNarrow]) => holds(condition, keys, isNarrow));
}

/** A file system's mount target stands in a network of its owner, so that only callers of that network get there. */
function isThroughMountTarget({ operator, ifExists, quantifier, key, values }: Condition): boolean {
  const asked = operator === "bool" && !ifExists && quantifier === undefined;
  return asked && key === "elasticfilesystem:accessedviamounttarget" && values.join() === "true";
}

/** Whether a condition lets an AWS service act only for a named account, organization or resource. */
export function holdsToSource(condition: Condition): boolean {
  return SOURCES.some(([keys, isNarrow]) => holds(condition, keys, isNarrow));
}

/** Whether a condition of a `Deny` refuses all callers except those of a named origin. */
export function refusesOtherOrigins(condition: Condition): boolean {
  return (
    NEGATED.has(condition.operator) &&
    condition.quantifier !== "ForAnyValue" &&
    condition.values.length > 0 &&
    ORIGINS.some(([keys, isNarrow]) => keys.test(condition.key) && condition.values.every(isNarrow))
  );
}

/** Whether a condition picks resources by a tag, an alias or a named owner instead of by ARN. */
export function holdsToResource(condition: Condition): boolean {
  const keys =
    /^([a-z0-9-]+:(resourcetag|requesttag|buckettag)\/|ssm:resourcetag\/|kms:(resourcealiases|requestalias)$|ecs:(cluster|service|task-definition)$|ec2:(vpc|subnet|vpcid|subnetid)$|lambda:functionarn$|cloudwatch:namespace$|dynamodb:leadingkeys$|iam:(policyarn|permissionsboundary)$|secretsmanager:secretid$)/;
  return holds(condition, keys, (value) => {
    const name = arnParts(value)?.resource.replace(/^[^:/]*[:/]/, "") ?? value;
    return /[^*?/:]/.test(name);
  });
}

function isOrganization(value: string): boolean {
  return /^o-[a-z0-9]+$/.test(value) || /^\$\{aws:[a-z]+orgid\}$/i.test(value);
}

/** As S3 judges it: a range wider than a /8 (IPv4) or a /32 (IPv6) is the public. */
function isNarrowRange(value: string): boolean {
  const [address = "", bits] = value.split("/");
  const least = address.includes(":") ? 32 : 8;
  return /^[0-9a-f.:]+$/i.test(address) && (bits === undefined || Number(bits) >= least);
}
