// Label selectors: what they match, and what is said when that is nothing.
import type { Failure } from "../core/check";
import type { Neighbour } from "../core/rules";
import { isObject, text, UNKNOWN, type Value, type Values } from "../core/values";
import type { Cluster, Pod } from "./cluster";
import { inner, items } from "./shapes";

/** A selector with its path. */
interface Selector {
  readonly at: string;
  readonly labels: Values;
  readonly expressions: readonly Values[];
}

/** Where each kind keeps what selects pods. */
function selectorOf({ type, inputs }: Neighbour): Selector | undefined {
  const spec = inner(inputs, "spec");
  if (type === "kubernetes:core/v1:Service") {
    if (spec.type === "ExternalName" || !isObject(spec.selector)) return undefined;
    return { at: "spec.selector", labels: spec.selector, expressions: [] };
  }
  const property = PROPERTY[type];
  if (property === undefined || !isObject(spec[property])) return undefined;
  const at = `spec.${property}`;
  const value = inner(spec, property);
  return {
    at,
    labels: inner(value, "matchLabels"),
    expressions: items({ at, value }, "matchExpressions").map((each) => each.value),
  };
}

const PROPERTY: Readonly<Record<string, string>> = {
  "kubernetes:policy/v1:PodDisruptionBudget": "selector",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": "podSelector",
};

/** Whether labels fit; what is unknown counts as fitting. */
export function matches({ labels, expressions }: Omit<Selector, "at">, given: Values | undefined): boolean {
  if (given === undefined) return true;
  const equal = ([key, value]: [string, Value]): boolean =>
    value === UNKNOWN || given[key] === UNKNOWN || given[key] === value;
  return Object.entries(labels).every(equal) && expressions.every((expression) => fits(expression, given));
}

function fits({ key, operator, values }: Values, given: Values): boolean {
  const name = text(key);
  if (name === undefined || name === UNKNOWN) return true;
  const own = given[name];
  const listed = Array.isArray(values) ? (values as readonly Value[]) : [];
  if (own === UNKNOWN || values === UNKNOWN || listed.includes(UNKNOWN)) return true;
  if (operator === "Exists") return own !== undefined;
  if (operator === "DoesNotExist") return own === undefined;
  const within = own !== undefined && listed.includes(own);
  return operator === "NotIn" ? !within : operator === "In" ? within : true;
}

/** Refuses a selector that no pod in its namespace has the labels of, and a port by a name that no such pod has. */
export function* selecting(object: Neighbour, namespace: string, cluster: Cluster): Iterable<Failure> {
  const selector = selectorOf(object);
  // An empty selector means every pod there is, which may be none yet.
  if (!selector || Object.keys(selector.labels).length + selector.expressions.length === 0) return;
  if (cluster.hasOtherMakers(namespace)) return;
  const label = Object.entries(selector.labels).find(([, value]) => value !== UNKNOWN);
  const candidates = label === undefined ? cluster.pods(namespace) : cluster.podsWith(namespace, label);
  const selected = candidates.filter(({ labels }) => matches(selector, labels));
  if (selected.length === 0) {
    yield { property: selector.at, reason: nothing(selector, namespace, cluster.pods(namespace)) };
    return;
  }
  const names = selected.map(({ ports }) => ports);
  if (names.includes(undefined)) return;
  for (const { at, value } of items({ at: "spec", value: inner(object.inputs, "spec") }, "ports")) {
    const port = text(value.targetPort);
    if (port === undefined || port === UNKNOWN || /^\d+$/.test(port) || names.flat().includes(port)) continue;
    yield {
      property: `${at}.targetPort`,
      reason: `no selected pod names a port "${port}": ${[...new Set(names.flat())].join(", ") || "none"} is named`,
    };
  }
}

function nothing({ labels, expressions }: Selector, namespace: string, pods: readonly Pod[]): string {
  const wanted = [
    ...Object.entries(labels).map(([key, value]) => `${key}=${text(value) ?? JSON.stringify(value)}`),
    ...expressions.map((expression) => JSON.stringify(expression)),
  ].join(",");
  const there = pods.slice(0, 5).map(({ by, labels: own }) => {
    const shown = Object.entries(own ?? {}).map(([key, value]) => `${key}=${text(value) ?? "?"}`);
    return `${by} has ${shown.join(",") || "none"}`;
  });
  const hint = there.length === 0 ? "no workload makes pods there" : there.join("; ");
  return `no pod in namespace "${namespace}" has the labels ${wanted} when this run has ended (${hint}): select the labels of a pod template`;
}
