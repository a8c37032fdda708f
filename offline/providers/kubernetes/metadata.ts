// What the API server asks of any object: its kind, its name, its labels, and that nobody has its name yet.
import type { Failure } from "../core/check";
import type { Candidate, Constraint } from "../core/rules";
import { isObject, text, UNKNOWN, type Value, type Values } from "../core/values";
import { inner, kindOf } from "./shapes";

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** Names of roles and bindings are path segments. */
const SEGMENT = /^(?!\.{1,2}$)[^/%]+$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

/** Only lower-case letters, digits and hyphens, 63 characters. */
const LABEL_KINDS = new Set(["Namespace", "Service"]);
const SEGMENT_KINDS = new Set(["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"]);

/** The type must be what the resource's class says. */
export const declaredKind: Constraint = function* ({ type, inputs }) {
  const [, group = "", kind = ""] = type.split(":");
  const expected = { apiVersion: group.replace(/^core\//, ""), kind };
  for (const [property, wanted] of Object.entries(expected)) {
    const given = text(inputs[property]);
    if (given === undefined || given === wanted) continue;
    yield { property, reason: `"${given}" does not fit ${type}: leave it out, or write "${wanted}"` };
  }
};

/** `metadata.name` by the rule of its kind. */
export const wellNamed: Constraint = function* ({ type, inputs }) {
  const metadata = inner(inputs, "metadata");
  const name = text(metadata.name);
  const kind = kindOf(type);
  if (name !== undefined && name !== UNKNOWN) {
    const reason = nameFault(kind, name);
    if (reason !== undefined) yield { property: "metadata.name", reason };
  }
  const namespace = text(metadata.namespace);
  if (namespace !== undefined && namespace !== UNKNOWN && (!LABEL.test(namespace) || namespace.length > 63))
    yield { property: "metadata.namespace", reason: asLabel(namespace) };
};

function nameFault(kind: string, name: string): string | undefined {
  if (SEGMENT_KINDS.has(kind))
    return SEGMENT.test(name) ? undefined : `"${name}" must be neither "." nor "..", and hold no "/" or "%"`;
  if (LABEL_KINDS.has(kind)) {
    if (LABEL.test(name) && name.length <= 63 && (kind !== "Service" || /^[a-z]/.test(name))) return undefined;
    return asLabel(name) + (kind === "Service" ? ", the first one a letter" : "");
  }
  if (SUBDOMAIN.test(name) && name.length <= 253) return undefined;
  return (
    `"${name}" must be lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, ` +
    "at most 253 characters"
  );
}

const asLabel = (name: string): string =>
  `"${name}" must be lower-case letters, digits and "-", beginning and ending with a letter or digit, ` +
  "at most 63 characters";

/** Keys and values of labels, also of the pods that it makes. */
export const wellLabelled: Constraint = function* ({ inputs }) {
  for (const path of ["metadata", "spec.template.metadata", "spec.jobTemplate.spec.template.metadata"]) {
    yield* labelFaults(inner(inputs, path).labels, `${path}.labels`);
    const annotations = inner(inputs, path).annotations;
    for (const [key, value] of isObject(annotations) ? Object.entries(annotations) : []) {
      const property = `${path}.annotations["${key}"]`;
      if (!isLabelKey(key.toLowerCase())) yield { property, reason: KEY };
      if (isNoText(value)) yield { property, reason: NO_TEXT };
    }
  }
};

const KEY = 'a key must be a name of at most 63 characters, with a DNS name and "/" before it or not';
const NO_TEXT = "it is no text: put it into quotes";

const isNoText = (value: Value): boolean => typeof value === "number" || typeof value === "boolean";

/** Whether a text may be the key of a label. */
export function isLabelKey(key: string): boolean {
  const [name = "", prefix] = key.split("/").reverse();
  const fits = key.split("/").length <= 2 && name !== "" && name.length <= 63 && VALUE.test(name);
  return fits && (prefix === undefined || (SUBDOMAIN.test(prefix) && prefix.length <= 253));
}

function* labelFaults(labels: unknown, at: string): Iterable<Failure> {
  if (!isObject(labels as Values)) return;
  for (const [key, value] of Object.entries(labels as Values)) {
    const property = `${at}["${key}"]`;
    if (!isLabelKey(key)) yield { property, reason: KEY };
    if (isNoText(value)) yield { property, reason: NO_TEXT };
    const known = text(value);
    if (known === undefined || known === UNKNOWN || (VALUE.test(known) && known.length <= 63)) continue;
    yield {
      property,
      reason:
        `"${known}" must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, ` +
        "at most 63 characters",
    };
  }
}

/** AlreadyExists: another resource, of this stack or another one, made an object of this kind, namespace and name. */
export function unused(idOf: (candidate: Candidate) => string | undefined): Constraint {
  return function* (candidate, world) {
    // An object that exists under the same name is the candidate itself.
    if (candidate.olds !== undefined) return;
    const id = idOf(candidate);
    const other = id === undefined ? undefined : world.get(candidate.type, id);
    if (!other || other.urn === candidate.urn) return;
    yield {
      property: "metadata.name",
      reason: `${kindOf(candidate.type)} "${id}" already exists: give it another name, or import it`,
    };
  };
}
