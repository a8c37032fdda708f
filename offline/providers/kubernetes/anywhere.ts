// What holds wherever it stands in an object that the API server itself serves: label selectors, and numbers.
import type { Failure } from "../core/check";
import type { Constraint } from "../core/rules";
import { hasUnknown, isObject, UNKNOWN, type Value, type Values } from "../core/values";
import { isLabelKey } from "./metadata";
import { matches } from "./selectors";
import { inner, items, kindOf } from "./shapes";

const BUILT_IN =
  /^kubernetes:(core|apps|batch|policy|autoscaling|networking\.k8s\.io|rbac\.[\w.]+|storage\.k8s\.io|scheduling\.k8s\.io)\//;
/** Properties under which a number is a quantity. */
const QUANTITIES =
  /^(requests|limits|hard|min|max|default|defaultRequest|maxLimitRequestRatio|capacity|overhead|averageValue|value|storage|divisor|sizeLimit)$/;

/** Selectors are well-formed, and numbers are whole. */
export const soundAnywhere: Constraint = function* ({ type, inputs }) {
  if (BUILT_IN.test(type)) yield* within(inputs, "");
}; // prettier-ignore

function* within(value: Value, at: string): Iterable<Failure> {
  if (typeof value === "number" && !Number.isInteger(value))
    yield { property: at, reason: `${value} must be a whole number` };
  if (Array.isArray(value))
    for (const [index, item] of (value as readonly Value[]).entries()) yield* within(item, `${at}[${index}]`);
  else if (isObject(value)) {
    if (Array.isArray(value.matchExpressions)) yield* expressions(value, at);
    for (const [name, item] of Object.entries(value))
      if (!QUANTITIES.test(name)) yield* within(item, at === "" ? name : `${at}.${name}`);
  }
}

function* expressions(selector: Values, at: string): Iterable<Failure> {
  for (const { at: place, value } of items({ at, value: selector }, "matchExpressions")) {
    const { key, operator, values } = value;
    const empty = (values ?? null) === null || (Array.isArray(values) && values.length === 0);
    if (typeof key === "string" && key !== UNKNOWN && !isLabelKey(key))
      yield { property: `${place}.key`, reason: `${JSON.stringify(key)} can't be the key of a label` };
    if ((operator === "In" || operator === "NotIn") && empty)
      yield { property: `${place}.values`, reason: `${operator} needs values` };
    if ((operator === "Exists" || operator === "DoesNotExist") && !empty)
      yield { property: `${place}.values`, reason: `${operator} takes no values: leave them out` };
  }
}

const SELECTING = /^kubernetes:apps\/v1:(Deployment|StatefulSet|DaemonSet|ReplicaSet)$/;

/** A workload's selector selects something, and the pods of its template. */
export const selectsByExpression: Constraint = function* ({ type, inputs }) {
  const { selector } = inner(inputs, "spec");
  if (!SELECTING.test(type) || !isObject(selector) || hasUnknown(selector)) return;
  const list = items({ at: "", value: selector }, "matchExpressions").map(({ value }) => value);
  const labels = inner(selector, "matchLabels");
  if (list.length + Object.keys(labels).length === 0)
    yield { property: "spec.selector", reason: `a ${kindOf(type)} must select its pods: write the labels of its template` };
  const own = inner(inputs, "spec.template.metadata").labels ?? {};
  const hidden = [inner(inputs, "spec").template, inner(inputs, "spec.template").metadata].includes(UNKNOWN);
  if (hidden || hasUnknown(own) || !isObject(own) || matches({ labels: {}, expressions: list }, own)) return;
  yield { property: "spec.selector.matchExpressions", reason: "the labels of spec.template.metadata do not fit: the pods of the template must match the selector" };
}; // prettier-ignore
