// What the API server asks of workloads and of what stands beside them, as far as one object shows it.
import type { Failure } from "../core/check";
import type { Constraint } from "../core/rules";
import { isObject, text, UNKNOWN, type Value, type Values } from "../core/values";
import { hasUnknown, inner, items, kindOf, nameIn, type Part, podOf } from "./shapes";
import { amount } from "./quantities";

const SELECTING = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** A workload finds its pods by labels that they must have. */
export const selectsItsPods: Constraint = function* ({ type, inputs }) {
  if (!SELECTING.has(kindOf(type)) || !type.startsWith("kubernetes:apps/")) return;
  const selector = inner(inputs, "spec.selector.matchLabels");
  const labels = inner(inputs, "spec.template.metadata").labels;
  if ([labels, inner(inputs, "spec").template, inner(inputs, "spec.template").metadata].includes(UNKNOWN)) return;
  const given = isObject(labels) ? labels : {};
  for (const [key, value] of Object.entries(selector)) {
    if (value === UNKNOWN || given[key] === UNKNOWN || given[key] === value) continue;
    yield {
      property: `spec.selector.matchLabels["${key}"]`,
      reason:
        `${JSON.stringify(value)} is not what spec.template.metadata.labels has (${JSON.stringify(given[key] ?? null)}): ` +
        "the pods of the template must match the selector",
    };
  }
};

/** Containers, their ports, probes, volumes and resources. */
export const soundPod: Constraint = function* (candidate) {
  const pod = podOf(candidate);
  if (!pod) return;
  const containers = [...items(pod, "initContainers"), ...items(pod, "containers")];
  const seen = new Set<string>();
  for (const container of containers) {
    const name = nameIn(container.value);
    if (name !== undefined && name !== UNKNOWN) {
      if (seen.has(name))
        yield { property: `${container.at}.name`, reason: `"${name}" is the name of another container` };
      seen.add(name);
    }
    yield* portFaults(container);
    yield* resourceFaults(container);
  }
  yield* mountFaults(pod, containers, kindOf(candidate.type), candidate.inputs);
};

const portFault = (port: Value | undefined): string | undefined =>
  typeof port === "number" && !(Number.isInteger(port) && port >= 1 && port <= 65535)
    ? `${port} must be a whole number from 1 to 65535`
    : undefined;

function* portFaults(container: Part): Iterable<Failure> {
  const ports = items(container, "ports");
  for (const { at, value } of ports) {
    const reason = portFault(value.containerPort);
    if (reason !== undefined) yield { property: `${at}.containerPort`, reason };
  }
  if (hasUnknown(container.value.ports)) return;
  const names = ports.flatMap(({ value }) => nameIn(value) ?? []);
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    for (const way of ["httpGet", "tcpSocket"]) {
      const port = inner(container.value, `${probe}.${way}`).port;
      const property = `${container.at}.${probe}.${way}.port`;
      const reason = portFault(port);
      if (reason !== undefined) yield { property, reason };
      if (typeof port !== "string" || port === UNKNOWN || /^\d+$/.test(port) || names.includes(port)) continue;
      yield { property, reason: `the container has no port "${port}": ${names.join(", ") || "none"} is named` };
    }
  }
}

function* resourceFaults({ at, value }: Part): Iterable<Failure> {
  const [requests, limits] = [inner(value, "resources.requests"), inner(value, "resources.limits")];
  for (const [name, given] of Object.entries(requests)) {
    const [least, most] = [amount(given), amount(limits[name])];
    if (least === undefined || most === undefined || least <= most) continue;
    yield {
      property: `${at}.resources.requests.${name}`,
      reason: `${JSON.stringify(given)} is more than the limit ${JSON.stringify(limits[name])}: ask for less, or raise the limit`,
    };
  }
}

function* mountFaults(pod: Part, containers: readonly Part[], kind: string, inputs: Values): Iterable<Failure> {
  if (pod.value.volumes === UNKNOWN) return;
  const claims = kind === "StatefulSet" ? inner(inputs, "spec").volumeClaimTemplates : undefined;
  const lists = [pod.value.volumes, claims].map((list) => (Array.isArray(list) ? (list as readonly Value[]) : []));
  const hidden = lists.flat().some((item) => item === UNKNOWN || (isObject(item) && item.metadata === UNKNOWN));
  if (claims === UNKNOWN || hidden) return;
  const claimed = items({ at: "spec", value: inner(inputs, "spec") }, "volumeClaimTemplates");
  const names = [
    ...items(pod, "volumes").map(({ value }) => value.name),
    ...(claims === undefined ? [] : claimed.map(({ value }) => inner(value, "metadata").name)),
  ];
  if (names.includes(UNKNOWN)) return;
  for (const container of containers) {
    for (const { at, value } of items(container, "volumeMounts")) {
      const name = text(value.name);
      if (name === undefined || name === UNKNOWN || names.includes(name)) continue;
      yield { property: `${at}.name`, reason: `the pod has no volume "${name}": add it to ${pod.at}.volumes` };
    }
  }
}

/** Ports of a service. */
export const servicePorts: Constraint = function* ({ type, inputs }) {
  if (type !== "kubernetes:core/v1:Service") return;
  const ports = items({ at: "spec", value: inner(inputs, "spec") }, "ports");
  for (const { at, value } of ports) {
    const property = `${at}.port`;
    const reason = portFault(value.port);
    if (reason !== undefined) yield { property, reason };
    if (ports.length > 1 && value.name === undefined)
      yield { property: `${at}.name`, reason: "each port needs a name where a service has several" };
  }
};

/** At least as many pods as at most would be a contradiction the other way round. */
export const scalesUpwards: Constraint = function* ({ type, inputs }) {
  if (kindOf(type) !== "HorizontalPodAutoscaler") return;
  const { minReplicas = 1, maxReplicas } = inner(inputs, "spec");
  if (typeof minReplicas !== "number" || typeof maxReplicas !== "number" || minReplicas <= maxReplicas) return;
  yield {
    property: "spec.maxReplicas",
    reason: `${maxReplicas} must be at least minReplicas, which is ${minReplicas}`,
  };
};
