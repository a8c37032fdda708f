// What becomes of a change: Pulumi's provider replaces by a list of its own, and the API server refuses the rest of what it lets nobody
// change.
import type { Failure } from "../core/check";
import { same, UNKNOWN, type Value, type Values } from "../core/values";
import { inner, kindOf } from "./shapes";

const POD = [
  "affinity", "automountServiceAccountToken", "containers", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC",
  "hostNetwork", "hostPID", "hostname", "imagePullSecrets", "initContainers", "nodeName", "nodeSelector", "overhead", "preemptionPolicy",
  "priority", "priorityClassName", "readinessGates", "restartPolicy", "runtimeClassName", "schedulerName", "securityContext",
  "serviceAccount", "serviceAccountName", "shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds", "volumes",
].map((name) => `spec.${name}`); // prettier-ignore
const STORES = [
  "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "gcePersistentDisk", "glusterfs",
  "hostPath", "iscsi", "local", "nfs", "rbd", "vsphereVolume",
].map((name) => `spec.${name}`); // prettier-ignore
const claim = ["accessModes", "selector", "storageClassName", "volumeName"].map((name) => `spec.${name}`);
const DATA: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ["data", "binaryData"],
  Secret: ["data", "stringData"],
};

/**
 * What Pulumi's provider replaces an object for, besides its name and namespace, by kind.
 * https://github.com/pulumi/pulumi-kubernetes, provider/pkg/provider/diff.go
 */
export const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  ...DATA,
  Secret: [...(DATA.Secret ?? []), "type"],
  Deployment: ["spec.selector"],
  DaemonSet: ["spec.selector"],
  StatefulSet: [
    "spec.selector",
    "spec.serviceName",
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.volumeClaimTemplates",
  ],
  Job: ["spec.selector", "spec.template", "spec.completions", "spec.parallelism"],
  Pod: POD,
  Service: ["spec.clusterIP"],
  PersistentVolumeClaim: claim,
  PersistentVolume: STORES,
  ResourceQuota: ["spec.scopes"],
  StorageClass: ["parameters", "provisioner"],
  RoleBinding: ["roleRef"],
  ClusterRoleBinding: ["roleRef"],
};

/** What the API server refuses to change besides, as kube-apiserver 1.34.1 answered. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  "apps/v1:ReplicaSet": ["spec.selector"],
  "batch/v1:Job": ["spec.completionMode"],
  "core/v1:PersistentVolumeClaim": ["spec.volumeMode", "spec.dataSource", "spec.dataSourceRef"],
  "core/v1:Pod": ["spec.tolerations"],
  "networking.k8s.io/v1:IngressClass": ["spec.controller"],
  "scheduling.k8s.io/v1:PriorityClass": ["value", "preemptionPolicy"],
  "storage.k8s.io/v1:StorageClass": ["reclaimPolicy", "volumeBindingMode"],
};
/** What a property is when it is left out. */
const BY_DEFAULT: Readonly<Record<string, Value>> = {
  "spec.completionMode": "NonIndexed",
  "spec.volumeMode": "Filesystem",
  preemptionPolicy: "PreemptLowerPriority",
  reclaimPolicy: "Delete",
  volumeBindingMode: "Immediate",
};

const at = (values: Values, path: string): Value => {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const within = steps.length === 0 ? values : inner(values, steps.join("."));
  return within[last] ?? BY_DEFAULT[path] ?? null;
};

/** Where a workload keeps how it is updated, and the ways in which that can't be left. */
const STRATEGY: Readonly<Record<string, string>> = {
  "apps/v1:Deployment": "spec.strategy",
  "apps/v1:StatefulSet": "spec.updateStrategy",
};

/** Refuses what can't be changed of an object that stays the same one. */
export function changed(token: string): (olds: Values, news: Values) => Iterable<Failure> {
  const type = token.replace(/^kubernetes:/, "");
  return function* (olds, news) {
    const remedy = "give the object another name, or let it be replaced with the option replaceOnChanges";
    for (const path of FIXED[type] ?? []) {
      const [before, after] = [at(olds, path), at(news, path)];
      if (before === UNKNOWN || after === UNKNOWN || same(before, after)) continue;
      yield { property: path, reason: `it can't be changed: ${remedy}` };
    }
    if (isFixed(olds) && news.immutable !== true && DATA[kindOf(token)] !== undefined)
      yield { property: "immutable", reason: `it can't be taken back: ${remedy}` };
    yield* strategyFaults(STRATEGY[type], olds, news);
  };
}

/** The API server keeps the numbers of RollingUpdate that it filled in, and refuses them beside another strategy. */
function* strategyFaults(path: string | undefined, olds: Values, news: Values): Iterable<Failure> {
  if (path === undefined) return;
  const [before, after] = [inner(olds, path), inner(news, path)];
  const rolled = (before.type ?? "RollingUpdate") === "RollingUpdate" && before.rollingUpdate === undefined;
  if (!rolled || typeof after.type !== "string" || after.type === UNKNOWN || after.type === "RollingUpdate") return;
  yield {
    property: `${path}.type`,
    reason:
      "the API server keeps the numbers of RollingUpdate that it filled in, and refuses the change: " +
      `write ${path}.rollingUpdate out first, or replace the object with the option replaceOnChanges`,
  };
}

/** Whether somebody has made an object's data unchangeable. */
export const isFixed = (values: Values): boolean => values.immutable === true;

/** The kinds whose data a provider changes in place, by its configuration. */
export function mutableData(config: Values): ReadonlySet<string> {
  const is = (name: string): boolean => config[name] === true || config[name] === "true";
  return new Set([
    ...(is("enableConfigMapMutable") ? ["kubernetes:core/v1:ConfigMap"] : []),
    ...(is("enableSecretMutable") ? ["kubernetes:core/v1:Secret"] : []),
  ]);
}

/** When the data of such a kind replaces all the same. */
export function replacesData(token: string): Readonly<Record<string, (olds: Values, news: Values) => boolean>> {
  const when = (_: Values, news: Values): boolean => isFixed(news);
  return Object.fromEntries((DATA[kindOf(token)] ?? []).map((path) => [path, when]));
}
