// A policy document as a rule reads it: every form that JSON allows (a text or an object, one statement or a list, one value
// or a list, `"*"` or a map of principals) brought to one, where unknown parts are left out and marked.
import { hasUnknown, isList, isObject, parsed, UNKNOWN, type Properties, type Value } from "../value";
import { type Condition, conditionsOf } from "./document-conditions";

/** Kind of a document: the meaning of its elements depends on it. */
export type Kind =
  /** Says what its holder may do. */
  | "identity"
  /** Trust policy: the principals that may assume a role. */
  | "trust"
  /** Resource policy: the principals that may use the resource. */
  | "resource"
  /** Limits what may pass an endpoint of a network, and grants nothing. */
  | "endpoint";

/** The values of an element. */
export interface Texts {
  readonly values: readonly string[];
  /** False when some values are not known yet. */
  readonly complete: boolean;
}

/** A principal of a statement. */
export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for the bare wildcard. */
  readonly type: string;
  readonly value: string;
}

/** The principals of a statement. */
export interface Principals {
  readonly values: readonly Principal[];
  /** False when some principals are not known yet. */
  readonly complete: boolean;
}

/** A statement; an element that is not there is undefined. */
export interface Statement {
  /** `Allow`, `Deny`, another text where the document is wrong, undefined where it is missing or not known yet. */
  readonly effect: string | undefined;
  readonly actions: Texts | undefined;
  readonly notActions: Texts | undefined;
  readonly resources: Texts | undefined;
  readonly notResources: Texts | undefined;
  readonly principals: Principals | undefined;
  readonly notPrincipals: Principals | undefined;
  readonly conditions: readonly Condition[];
  /** False when some conditions are not known yet, so that the statement may be narrower than it looks. */
  readonly conditionsKnown: boolean;
  /** The statement as it stands. */
  readonly source: Properties;
  /** Where an element (`Action`) stands in the resource. */
  readonly pathOf: (element: string) => string;
}

/** A document and where it stands. */
export interface Document {
  readonly kind: Kind;
  readonly path: string;
  readonly statements: readonly Statement[];
  /** False when whole statements are not known yet. */
  readonly complete: boolean;
  /** The document as it stands; the text itself when it is no JSON. */
  readonly source: Value;
}

/** A statement not read yet, and where it stands. */
interface Placed {
  readonly statement: Value;
  readonly at: string;
}

const texts = new Map<string, Value>();

/** Reads a document; undefined when there is none or nothing of it is known. */
export function documentOf(value: Value, kind: Kind, path: string): Document | undefined {
  if (value === undefined || value === null || value === "" || value === UNKNOWN) return undefined;
  const source = typeof value === "string" ? (parsedOnce(value) ?? value) : value;
  const list = isObject(source) ? source.Statement : undefined;
  const located: readonly Placed[] = isList(list)
    ? list.map((statement, index): Placed => ({ statement, at: `${path}.Statement[${index}]` }))
    : [{ statement: list, at: `${path}.Statement` }];
  return {
    kind,
    path,
    source,
    complete: list !== UNKNOWN && located.every(({ statement }) => statement !== UNKNOWN),
    statements: located.flatMap(({ statement, at }) =>
      isObject(statement) ? [statementOf(statement, (element) => `${at}.${element}`)] : [],
    ),
  };
}

/** Every rule of a pack reads the same few texts. */
function parsedOnce(text: string): Value {
  if (!texts.has(text)) texts.set(text, parsed(text));
  return texts.get(text);
}

/** Reads a statement. @param pathOf gives the path of an element in the resource */
export function statementOf(source: Properties, pathOf: (element: string) => string): Statement {
  const effect = source.Effect;
  return {
    effect: typeof effect === "string" ? effect : undefined,
    actions: textsOf(source.Action),
    notActions: textsOf(source.NotAction),
    resources: textsOf(source.Resource),
    notResources: textsOf(source.NotResource),
    principals: principalsOf(source.Principal),
    notPrincipals: principalsOf(source.NotPrincipal),
    conditions: conditionsOf(source.Condition),
    conditionsKnown: !hasUnknown(source.Condition),
    source,
    pathOf,
  };
}

/** The texts of a value or a list of values; undefined when there is none. */
export function textsOf(value: Value): Texts | undefined {
  if (value === undefined || value === null) return undefined;
  const list = isList(value) ? value : [value];
  return {
    values: list.filter((item) => typeof item === "string"),
    complete: !list.includes(UNKNOWN),
  };
}

/**
 * The principals of an element. The grammar has `"*"` and a map; a list at the top is none of both, and some services take it,
 * so its members are read as principals of AWS.
 */
export function principalsOf(value: Value): Principals | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return { values: [{ type: "*", value }], complete: true };
  if (isList(value)) {
    const inner = value.flatMap((member) => principalsOf(member) ?? []);
    return {
      values: inner.flatMap(({ values }) => values).map((one) => (one.type === "*" ? { ...one, type: "AWS" } : one)),
      complete: inner.every(({ complete }) => complete),
    };
  }
  if (!isObject(value)) return { values: [], complete: value !== UNKNOWN };
  const members = Object.entries(value).map(([type, named]) => ({
    type: TYPES[type.toLowerCase()] ?? type,
    named: textsOf(named),
  }));
  return {
    values: members.flatMap(({ type, named }) => (named?.values ?? []).map((text) => ({ type, value: text }))),
    complete: members.every(({ named }) => named?.complete !== false),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  aws: "AWS",
  service: "Service",
  federated: "Federated",
  canonicaluser: "CanonicalUser",
};
