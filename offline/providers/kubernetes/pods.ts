// What the API server asks of the pods that a workload makes. Read off kube-apiserver 1.34's answers to the corpus in
// tests/offline/providers/kubernetes/corpus.
import type { Failure } from "../core/check";
import type { Constraint } from "../core/rules";
import { hasUnknown, isObject, UNKNOWN, type Value, type Values } from "../core/values";
import { kindOf, type Part, podOf } from "./shapes";
import {
  all, type Check, exactlyOne, forbids, isText, judge, keys, matching, needs, oneOf, quantity, says, type Table, unique, within,
} from "./tables"; // prettier-ignore

export const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
export const asLabel = matching(LABEL, 'lower-case letters, digits and "-", at most 63 characters', 63);
export const asSubdomain = matching(SUBDOMAIN, 'lower-case letters, digits, "-" and ".", at most 253 characters', 253);
/** IANA's names of services. */
export const portName = matching(
  /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  'lower-case letters, digits and single "-" with a letter among them, at most 15 characters',
  15,
);
export const port: Check = (value, beside) =>
  typeof value === "number" ? within(1, 65535)(value, beside) : portName(value, beside);
export const protocol = oneOf("TCP", "UDP", "SCTP");
export const noParents = matching(/^(?!\/)(?!(.*\/)?\.\.(\/|$))/, 'a relative path without ".."');

const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc"];
const action: Table = {
  "httpGet.port": port,
  "tcpSocket.port": port,
  "httpGet.scheme": oneOf("HTTP", "HTTPS"),
  exec: needs("command"),
};
const probe = (once: boolean): Table => ({
  "": exactlyOne(HANDLERS),
  ...action,
  ...Object.fromEntries(
    ["periodSeconds", "timeoutSeconds", "initialDelaySeconds", "failureThreshold"].map((name) => [name, within(0)]),
  ),
  successThreshold: once ? within(0, 1) : within(0),
});
const hook: Table = { "": exactlyOne(["exec", "httpGet", "tcpSocket", "sleep"]), ...action };

const FIELDS =
  /^(metadata\.(name|namespace|uid|labels(\['.+'\])|annotations(\['.+'\]))|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
const SOURCES = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

/** Resources that Kubernetes itself counts; others belong to a domain, and come whole. */
const OWN = /^(cpu|memory|ephemeral-storage|storage|hugepages-.+)$/;
const resources: Check = function* (value) {
  for (const [name, given] of isObject(value) ? Object.entries(value) : []) {
    const property = /^[\w-]+$/.test(name) ? `.${name}` : `["${name}"]`;
    if (!OWN.test(name) && !name.includes("/"))
      yield { property, reason: "no such resource: write cpu, memory, ephemeral-storage, or one with a domain" };
    else if (!hasUnknown(given))
      for (const { reason } of quantity(0, !OWN.test(name))(given, {})) yield { property, reason };
  }
};

const seccomp: Table = {
  type: oneOf("RuntimeDefault", "Localhost", "Unconfined"),
  "": says((profile) =>
    profile.type === "Localhost" && profile.localhostProfile === undefined
      ? "the type Localhost needs localhostProfile"
      : undefined,
  ),
};
const ids: Table = Object.fromEntries(
  ["runAsUser", "runAsGroup", "fsGroup"].map((name) => [name, within(0, 2147483647)]),
);

const CONTAINER: Table = {
  "": needs("name", "image"),
  name: asLabel,
  imagePullPolicy: oneOf("Always", "IfNotPresent", "Never"),
  ports: all(unique(["name"]), unique(["containerPort", "protocol"], { protocol: "TCP" })),
  "ports[].name": portName,
  "ports[].protocol": protocol,
  "ports[].hostPort": within(1, 65535),
  env: unique(["name"]),
  "env[]": says(({ name }) => (name === undefined || name === "" ? "a variable needs a name" : undefined)),
  "env[].name": matching(/^[ -<>-~]+$/, 'printable and without "="'),
  "env[].value": (value) =>
    typeof value === "string"
      ? []
      : [{ property: "", reason: `${JSON.stringify(value)} is no text: put it into quotes` }],
  "env[].valueFrom": (value, beside) =>
    isText(beside.value) === ""
      ? exactlyOne(SOURCES)(value, beside)
      : [{ property: "", reason: "the variable has a value: write value or valueFrom" }],
  "env[].valueFrom.fieldRef.fieldPath": matching(FIELDS, "a field that pods tell, such as metadata.name or status.podIP"),
  "envFrom[]": exactlyOne(["configMapRef", "secretRef"]),
  "resources.limits": resources,
  "resources.requests": resources,
  ...under("livenessProbe", probe(true)),
  ...under("startupProbe", probe(true)),
  ...under("readinessProbe", probe(false)),
  ...under("lifecycle.preStop", hook),
  ...under("lifecycle.postStart", hook),
  volumeMounts: unique(["mountPath"]),
  "volumeMounts[]": needs("name", "mountPath"),
  "volumeMounts[].subPath": noParents,
  ...under("securityContext", ids),
  securityContext: says(({ privileged, allowPrivilegeEscalation }) =>
    privileged === true && allowPrivilegeEscalation === false
      ? "privileged needs allowPrivilegeEscalation: leave one of them out"
      : undefined,
  ),
  ...under("securityContext.seccompProfile", seccomp),
}; // prettier-ignore

const VOLUMES = [
  "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "fc",
  "flexVolume", "gcePersistentDisk", "gitRepo", "glusterfs", "hostPath", "image", "iscsi", "nfs", "persistentVolumeClaim", "projected",
  "rbd", "secret", "vsphereVolume",
]; // prettier-ignore
const mode = within(0, 0o777);
const EFFECTS = oneOf("NoSchedule", "PreferNoSchedule", "NoExecute");
const weights = "preferredDuringSchedulingIgnoredDuringExecution[]";

const POD: Table = {
  "": needs("containers"),
  dnsPolicy: oneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
  serviceAccountName: asSubdomain,
  priorityClassName: asSubdomain,
  ...under("securityContext", ids),
  ...under("securityContext.seccompProfile", seccomp),
  volumes: unique(["name"]),
  "volumes[]": all(needs("name"), exactlyOne(VOLUMES, true)),
  "volumes[].name": asLabel,
  "volumes[].secret": needs("secretName"),
  "volumes[].persistentVolumeClaim": needs("claimName"),
  "volumes[].hostPath": needs("path"),
  "volumes[].secret.defaultMode": mode,
  "volumes[].configMap.defaultMode": mode,
  "volumes[].projected.defaultMode": mode,
  "volumes[].secret.items[].path": noParents,
  "volumes[].configMap.items[].path": noParents,
  "tolerations[].effect": EFFECTS,
  "tolerations[].operator": oneOf("Exists", "Equal"),
  "tolerations[]": all(
    forbids(({ operator }) => operator === "Exists", "Exists takes no value", "value"),
    forbids(
      ({ effect }) => typeof effect === "string" && !hasUnknown(effect) && effect !== "NoExecute",
      "only NoExecute takes seconds",
      "tolerationSeconds",
    ),
    says(
      ({ key = "", operator = "Equal" }) =>
        key === "" && operator !== "Exists" && !hasUnknown(operator) ? "without a key it must be Exists" : undefined,
      ".operator",
    ),
  ),
  topologySpreadConstraints: unique(["topologyKey", "whenUnsatisfiable"]),
  "topologySpreadConstraints[]": needs("topologyKey"),
  "topologySpreadConstraints[].maxSkew": within(1),
  "topologySpreadConstraints[].whenUnsatisfiable": oneOf("DoNotSchedule", "ScheduleAnyway"),
  [`affinity.podAffinity.${weights}.weight`]: within(1, 100),
  [`affinity.podAntiAffinity.${weights}.weight`]: within(1, 100),
  [`affinity.nodeAffinity.${weights}.weight`]: within(1, 100),
  nodeSelector: keys(/^\S+$/, "a label's"),
}; // prettier-ignore

/** The same table one step down. */
export function under(path: string, table: Table): Table {
  return Object.fromEntries(
    Object.entries(table).map(([inner, check]) => [inner === "" ? path : `${path}.${inner}`, check]),
  );
}

/** When each kind starts a pod again. */
const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  Pod: ["Always", "OnFailure", "Never"],
  Job: ["OnFailure", "Never"],
  CronJob: ["OnFailure", "Never"],
};

export const possiblePod: Constraint = function* (candidate) {
  const pod = podOf(candidate);
  if (!pod) return;
  const kind = kindOf(candidate.type);
  // Where it is unknown as a whole there is nothing to say.
  if (Object.keys(pod.value).length === 0) return;
  yield* judge(pod, POD);
  for (const list of ["containers", "initContainers"])
    yield* judge(pod, Object.fromEntries(Object.entries(CONTAINER).map(([path, check]) => [path === "" ? `${list}[]` : `${list}[].${path}`, check]))); // prettier-ignore
  yield* restarts(pod, kind);
  yield* together(pod.value, pod.at, kind);
};

function* restarts({ at, value }: Part, kind: string): Iterable<Failure> {
  const allowed = RESTARTS[kind] ?? ["Always"];
  const own = value.restartPolicy ?? "Always";
  if (own === UNKNOWN || (typeof own === "string" && allowed.includes(own))) return;
  yield { property: `${at}.restartPolicy`, reason: `${JSON.stringify(own)} is not what a ${kind} takes: write ${allowed.join(" or ")}` };
} // prettier-ignore

const list = (value: Value | undefined): readonly Values[] =>
  Array.isArray(value) ? (value as readonly Value[]).filter(isObject) : [];

/** What properties of one pod mean for each other. */
function* together(pod: Values, at: string, kind: string): Iterable<Failure> {
  const servers = isObject(pod.dnsConfig) ? pod.dnsConfig.nameservers : pod.dnsConfig;
  if (pod.dnsPolicy === "None" && ((servers ?? null) === null || (Array.isArray(servers) && servers.length === 0)))
    yield { property: `${at}.dnsConfig`, reason: "dnsPolicy None needs nameservers: write them, or take another policy" };
  if (kind !== "Pod" && kind !== "Job" && kind !== "CronJob" && (pod.activeDeadlineSeconds ?? null) !== null)
    yield { property: `${at}.activeDeadlineSeconds`, reason: `pods of a ${kind} run for good: leave it out` };
  if (pod.hostNetwork !== true) return;
  for (const [container, { ports }] of list(pod.containers).entries())
    for (const [index, { hostPort, containerPort }] of list(ports).entries())
      if (typeof hostPort === "number" && hostPort !== containerPort)
        yield { property: `${at}.containers[${container}].ports[${index}].hostPort`, reason: `${hostPort} must be the containerPort on the host's network` };
} // prettier-ignore
