// Objects that others name: they exist, or this run makes them, before it ends.
import type { Failure } from "../core/check";
import type { Neighbour } from "../core/rules";
import { isObject, text, UNKNOWN, type Value, type Values } from "../core/values";
import type { Cluster } from "./cluster";
import { inner, items, kindOf, type Part, podOf } from "./shapes";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const SERVICE = "kubernetes:core/v1:Service";
const RBAC = "kubernetes:rbac.authorization.k8s.io/v1";
const STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
const INGRESS_CLASS = "kubernetes:networking.k8s.io/v1:IngressClass";
const PRIORITY_CLASS = "kubernetes:scheduling.k8s.io/v1:PriorityClass";

/** What every cluster has, or the managed ones that this project speaks of. */
const ALWAYS: Readonly<Record<string, RegExp>> = {
  [CONFIG_MAP]: /^kube-root-ca\.crt$/,
  [ACCOUNT]: /^default$/,
  [PRIORITY_CLASS]: /^system-(cluster|node)-critical$/,
  [STORAGE_CLASS]: /^(gp2|standard|hostpath|local-path)$/,
  [`${RBAC}:ClusterRole`]: /^(cluster-admin|admin|edit|view|system:.*)$/,
  [`${RBAC}:Role`]: /^system:/,
};

/** A name in a place. */
interface Mention {
  readonly type: string;
  readonly name: Value | undefined;
  readonly at: string;
  /** Undefined for what belongs to the whole cluster. */
  readonly namespace?: string;
}

/** The object, when it is known; refuses a name that nothing has and nothing will have. */
function* named({ type, name, at, namespace }: Mention, cluster: Cluster): Generator<Failure, Neighbour | undefined> {
  const known = text(name);
  if (known === undefined || known === "" || known === UNKNOWN || ALWAYS[type]?.test(known)) return undefined;
  const found = cluster.find(type, known, namespace);
  if (found !== undefined) return found === "maybe" ? undefined : found;
  const made = type === SECRET || type === CONFIG_MAP || type === CLAIM || type === SERVICE;
  if (made && namespace !== undefined && cluster.isSpokenOf(known, namespace)) return undefined;
  const where = namespace === undefined ? "" : ` in namespace "${namespace}"`;
  yield {
    property: at,
    reason: `no ${kindOf(type)} "${known}" exists${where} or is made by this run: create it, or name one that exists`,
  };
  return undefined;
}

/** What a pod needs to start. */
function* neededByPod(pod: Part, namespace: string, cluster: Cluster): Iterable<Failure> {
  const here = (type: string, name: Value | undefined, at: string): Mention => ({ type, name, at, namespace });
  const { serviceAccountName, priorityClassName } = pod.value;
  yield* named(here(ACCOUNT, serviceAccountName, `${pod.at}.serviceAccountName`), cluster);
  yield* named({ type: PRIORITY_CLASS, name: priorityClassName, at: `${pod.at}.priorityClassName` }, cluster);
  for (const { at, value } of items(pod, "imagePullSecrets"))
    yield* named(here(SECRET, value.name, `${at}.name`), cluster);
  for (const { at, value } of items(pod, "volumes")) {
    const claim = inner(value, "persistentVolumeClaim").claimName;
    yield* named(here(CLAIM, claim, `${at}.persistentVolumeClaim.claimName`), cluster);
    yield* sources(at, value, here, cluster, "secretName");
    for (const source of items({ at: `${at}.projected`, value: inner(value, "projected") }, "sources"))
      yield* sources(source.at, source.value, here, cluster, "name");
  }
  for (const container of [...items(pod, "initContainers"), ...items(pod, "containers")])
    yield* environment(container, here, cluster);
}

type Here = (type: string, name: Value | undefined, at: string) => Mention;

function* sources(at: string, value: Values, here: Here, cluster: Cluster, secret: string): Iterable<Failure> {
  const [map, hidden] = [inner(value, "configMap"), inner(value, "secret")];
  if (map.optional !== true) yield* named(here(CONFIG_MAP, map.name, `${at}.configMap.name`), cluster);
  if (hidden.optional !== true) yield* named(here(SECRET, hidden[secret], `${at}.secret.${secret}`), cluster);
}

function* environment(container: Part, here: Here, cluster: Cluster): Iterable<Failure> {
  for (const { at, value } of items(container, "envFrom"))
    for (const [property, type] of [["configMapRef", CONFIG_MAP], ["secretRef", SECRET]] as const) {
      const source = inner(value, property);
      if (source.optional !== true) yield* named(here(type, source.name, `${at}.${property}.name`), cluster);
    } // prettier-ignore
  for (const { at, value } of items(container, "env"))
    for (const [property, type] of [["configMapKeyRef", CONFIG_MAP], ["secretKeyRef", SECRET]] as const) {
      const source = inner(value, `valueFrom.${property}`);
      if (source.optional === true) continue;
      const path = `${at}.valueFrom.${property}`;
      const object = yield* named(here(type, source.name, `${path}.name`), cluster);
      if (object) yield* hasKey(object, source.key, `${path}.key`);
    } // prettier-ignore
}

/** A key that the object has, as far as all its parts are known. */
function* hasKey({ type, inputs }: Neighbour, key: Value | undefined, at: string): Iterable<Failure> {
  const parts = ["data", "binaryData", "stringData"].map((property) => inputs[property]);
  const wanted = text(key);
  if (wanted === undefined || wanted === UNKNOWN || parts.includes(UNKNOWN) || parts.every((part) => part === undefined)) return; // prettier-ignore
  const keys = parts.flatMap((part) => (isObject(part) ? Object.keys(part) : []));
  if (keys.includes(wanted)) return;
  const name = text(inner(inputs, "metadata").name) ?? "";
  yield {
    property: at,
    reason: `${kindOf(type)} "${name}" has no key "${wanted}": it has ${keys.join(", ") || "none"}`,
  };
}

/** A port of a service that a route leads to. */
function* leadsTo(mention: Mention, port: Values, cluster: Cluster): Iterable<Failure> {
  const service = yield* named(mention, cluster);
  const spec = inner(service?.inputs ?? {}, "spec");
  const ports = items({ at: "spec", value: spec }, "ports").map(({ value }) => value);
  const hidden = spec.ports === UNKNOWN || ports.some((each) => each.port === UNKNOWN || each.name === UNKNOWN);
  if (!service || hidden || !Array.isArray(spec.ports)) return;
  const [property] = Object.keys(port).filter((each) => (port[each] ?? null) !== null);
  const wanted = property === undefined ? undefined : port[property];
  if (wanted === undefined || wanted === UNKNOWN) return;
  if (ports.some((each) => each.port === wanted || each.name === wanted)) return;
  const there = ports.map((each) =>
    [each.port, each.name].flatMap((part) => (part === undefined ? [] : JSON.stringify(part))).join(" "),
  );
  yield {
    property: mention.at.replace(/\.name$/, property === "portOfRoute" ? ".port" : `.port.${property}`),
    reason: `Service "${text(mention.name)}" has no port ${JSON.stringify(wanted)}: it has ${there.join(", ") || "none"}`,
  };
}

function* ingress({ inputs }: Neighbour, namespace: string, cluster: Cluster): Iterable<Failure> {
  const spec = { at: "spec", value: inner(inputs, "spec") };
  yield* named({ type: INGRESS_CLASS, name: spec.value.ingressClassName, at: "spec.ingressClassName" }, cluster);
  const backends = [
    { at: "spec.defaultBackend", value: inner(spec.value, "defaultBackend") },
    ...items(spec, "rules").flatMap((rule) =>
      items({ at: `${rule.at}.http`, value: inner(rule.value, "http") }, "paths").map(({ at, value }) => ({
        at: `${at}.backend`,
        value: inner(value, "backend"),
      })),
    ),
  ];
  for (const { at, value } of backends) {
    const service = inner(value, "service");
    const mention = { type: SERVICE, name: service.name, at: `${at}.service.name`, namespace };
    yield* leadsTo(mention, inner(service, "port"), cluster);
  }
}

/** Routes of the Gateway API lead to services, of their own namespace unless they say another. */
function* route({ inputs }: Neighbour, namespace: string, cluster: Cluster): Iterable<Failure> {
  for (const rule of items({ at: "spec", value: inner(inputs, "spec") }, "rules"))
    for (const { at, value } of items(rule, "backendRefs")) {
      if ((value.kind ?? "Service") !== "Service" || (value.group ?? "") !== "" || value.namespace === UNKNOWN)
        continue;
      const place = text(value.namespace) ?? namespace;
      const port: Values = value.port === undefined ? {} : { portOfRoute: value.port };
      yield* leadsTo({ type: SERVICE, name: value.name, at: `${at}.name`, namespace: place }, port, cluster);
    }
}

const SCALED = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

/** What an autoscaler scales. */
function* scaled({ type, inputs }: Neighbour, namespace: string, cluster: Cluster): Iterable<Failure> {
  const property = kindOf(type) === "VerticalPodAutoscaler" ? "targetRef" : "scaleTargetRef";
  const target = inner(inputs, `spec.${property}`);
  const kind = text(target.kind) ?? "Deployment";
  if (!SCALED.has(kind)) return;
  const at = `spec.${property}.name`;
  yield* named({ type: `kubernetes:apps/v1:${kind}`, name: target.name, at, namespace }, cluster);
}

function* bound({ inputs }: Neighbour, namespace: string, cluster: Cluster): Iterable<Failure> {
  const { kind, name } = inner(inputs, "roleRef");
  if (kind !== "Role" && kind !== "ClusterRole") return;
  const place = kind === "Role" ? { namespace } : {};
  yield* named({ type: `${RBAC}:${kind}`, name, at: "roleRef.name", ...place }, cluster);
}

function* stored(spec: Values, at: string, cluster: Cluster): Iterable<Failure> {
  yield* named({ type: STORAGE_CLASS, name: spec.storageClassName, at: `${at}.storageClassName` }, cluster);
}

/** Everything that an object names. */
export function* naming(object: Neighbour, namespace: string, cluster: Cluster): Iterable<Failure> {
  const { type, inputs } = object;
  const pod = podOf(object);
  if (pod) yield* neededByPod(pod, namespace, cluster);
  const kind = kindOf(type);
  if (type === "kubernetes:networking.k8s.io/v1:Ingress") yield* ingress(object, namespace, cluster);
  if (/^kubernetes:gateway\.networking\.k8s\.io\/.*Route$/.test(type)) yield* route(object, namespace, cluster);
  if (/^(HorizontalPodAutoscaler|ScaledObject|VerticalPodAutoscaler)$/.test(kind))
    yield* scaled(object, namespace, cluster);
  if (kind === "RoleBinding" || kind === "ClusterRoleBinding") yield* bound(object, namespace, cluster);
  if (type === CLAIM) yield* stored(inner(inputs, "spec"), "spec", cluster);
  for (const { at, value } of items({ at: "spec", value: inner(inputs, "spec") }, "volumeClaimTemplates"))
    yield* stored(inner(value, "spec"), `${at}.spec`, cluster);
}
