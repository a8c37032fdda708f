// Validates documents: elements that IAM refuses, and elements that it accepts and that never match. In both cases a service lacks a right.
import { distance } from "fastest-levenshtein";
import { isList, isObject, type Properties, UNKNOWN, type Value } from "../value";
import type { Document, Kind, Statement } from "./document";
import { hasWildcard, isAnything } from "./document-patterns";
import { actionsOf, expanded, isService } from "./service-actions";

/** One thing wrong with a document. */
export interface Fault {
  readonly path: string;
  readonly found: Value;
  readonly required: string;
}

const ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;
const OPERATOR =
  /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/i;
/** AWS's own default policies still name them. */
const UNDOCUMENTED = new Set(["sns:receive"]);

/** Everything wrong with a document. */
export function faultsOf(document: Document): readonly Fault[] {
  const { source, path } = document;
  // A resource that is a statement itself has no document around it.
  if (source === UNKNOWN) return document.statements.flatMap(actionFaults);
  if (!isObject(source))
    return [{ path, found: source, required: "a policy document: JSON with Version and Statement" }];
  return [
    ...Object.keys(source)
      .filter((key) => !["Version", "Id", "Statement"].includes(key))
      .map((key): Fault => ({
        path: `${path}.${key}`,
        found: source[key],
        required: "Version, Id and Statement only",
      })),
    ...versionFaults(source, path),
    ...emptyFaults(source.Statement, path),
    ...document.statements.flatMap((statement) => [
      ...elementFaults(statement, document.kind),
      ...actionFaults(statement),
      ...resourceFaults(statement, document.kind),
      ...conditionFaults(statement),
    ]),
  ];
}

/** A document without a version is one of 2008, which is valid as long as it has no variables: IAM takes those for text there. */
function versionFaults({ Version: version, Statement: statement }: Properties, path: string): readonly Fault[] {
  if (version === "2012-10-17" || version === UNKNOWN) return [];
  if (version !== undefined && version !== null && version !== "2008-10-17") {
    return [{ path: `${path}.Version`, found: version, required: '"2012-10-17" or "2008-10-17"' }];
  }
  if (!hasVariable(statement)) return [];
  return [{ path: `${path}.Version`, found: version, required: '"2012-10-17": an older one takes ${…} for text' }];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html: in Resource and Condition. */
function hasVariable(statement: Value): boolean {
  const statements: readonly Value[] = isList(statement) ? statement : [statement];
  return statements.filter(isObject).some((one) => {
    const elements: readonly Value[] = [one.Resource, one.NotResource, one.Condition];
    return elements.some((element) => holdsText(element, /\$\{[^}]+\}/));
  });
}

function holdsText(value: Value, pattern: RegExp): boolean {
  if (typeof value === "string") return pattern.test(value);
  if (isList(value)) return value.some((member) => holdsText(member, pattern));
  return isObject(value) && Object.values(value).some((member) => holdsText(member, pattern));
}

function emptyFaults(found: Value, path: string): readonly Fault[] {
  return isEmpty(found) ? [{ path: `${path}.Statement`, found, required: "at least one statement" }] : [];
}

function isEmpty(statement: Value): boolean {
  return isList(statement) ? statement.length === 0 : !isObject(statement) && statement !== UNKNOWN;
}

function elementFaults({ source, pathOf }: Statement, kind: Kind): readonly Fault[] {
  const has = (element: string): boolean => source[element] !== undefined && source[element] !== null;
  const fault = (element: string, required: string): Fault => ({
    path: pathOf(element),
    found: source[element],
    required,
  });
  const exactlyOne = (one: string, other: string): readonly Fault[] =>
    has(one) === has(other) ? [fault(one, `either ${one} or ${other}`)] : [];
  const none = (...elements: readonly string[]): readonly Fault[] =>
    elements.filter(has).map((element) => fault(element, `no ${element} in this kind of policy`));
  const effect = source.Effect;
  return [
    ...Object.keys(source)
      .filter((element) => !(ELEMENTS as readonly string[]).includes(element))
      .map((element) => fault(element, `one of ${ELEMENTS.join(", ")}`)),
    ...(effect === "Allow" || effect === "Deny" || effect === UNKNOWN ? [] : [fault("Effect", '"Allow" or "Deny"')]),
    ...exactlyOne("Action", "NotAction"),
    ...(kind === "identity" ? none("Principal", "NotPrincipal") : exactlyOne("Principal", "NotPrincipal")),
    ...(["Principal", "NotPrincipal"] as const)
      .filter((element) => !isPrincipal(source[element]))
      .map((element) => fault(element, 'an object ({ "AWS": […] }) or "*"')),
    ...(kind === "trust" ? none("Resource", "NotResource") : []),
    ...(kind === "identity" ? exactlyOne("Resource", "NotResource") : []),
  ];
}

/** `"*"` or a map; what is missing or not known yet is no fault of its form. */
function isPrincipal(value: Value): boolean {
  return value === undefined || value === null || value === UNKNOWN || value === "*" || isObject(value);
}

function actionFaults({ actions, notActions, pathOf }: Statement): readonly Fault[] {
  const unknown = (element: string, patterns: readonly string[] = []): readonly Fault[] =>
    patterns.flatMap((found) => {
      const required = misspelt(found);
      return required === undefined ? [] : [{ path: pathOf(element), found, required }];
    });
  return [...unknown("Action", actions?.values), ...unknown("NotAction", notActions?.values)];
}

/** The probable spelling of an unknown action; undefined when AWS has the action. */
function misspelt(pattern: string): string | undefined {
  const [service = "", action] = pattern.split(":");
  if (isAnything(pattern) || UNDOCUMENTED.has(pattern.toLowerCase())) return undefined;
  if (action === undefined) return "a service and an action (sqs:SendMessage)";
  if (hasWildcard(service)) return undefined;
  if (!isService(service)) return "the prefix of an AWS service";
  if (expanded(pattern).length > 0) return undefined;
  const nearest = actionsOf(service)
    .map(({ name }) => ({ name, apart: distance(name.toLowerCase(), pattern.toLowerCase()) }))
    .sort((a, b) => a.apart - b.apart)[0];
  return nearest !== undefined && nearest.apart <= 4
    ? `an action that AWS has: ${nearest.name}?`
    : "an action that AWS has";
}

function resourceFaults({ resources, notResources, pathOf }: Statement, kind: Kind): readonly Fault[] {
  if (kind !== "identity") return [];
  const malformed = (element: string, values: readonly string[] = []): readonly Fault[] =>
    values
      .filter((value) => !isAnything(value) && !/^(arn|\$\{[^}]+\}|\*):?/.test(value))
      .map((found): Fault => ({ path: pathOf(element), found, required: 'an ARN or "*"' }));
  return [...malformed("Resource", resources?.values), ...malformed("NotResource", notResources?.values)];
}

function conditionFaults({ source, pathOf }: Statement): readonly Fault[] {
  const condition = source.Condition;
  if (!isObject(condition)) return [];
  return Object.keys(condition)
    .filter((operator) => !OPERATOR.test(operator))
    .map((operator): Fault => ({
      path: `${pathOf("Condition")}.${operator}`,
      found: operator,
      required: "an operator that IAM has (StringEquals, ArnLike, …)",
    }));
}
