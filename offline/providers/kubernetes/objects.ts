// What the API server asks of the objects of each kind, beyond their pods. Read off kube-apiserver 1.34's answers to the corpus in
// tests/offline/providers/kubernetes/corpus.
import type { Constraint } from "../core/rules";
import { isObject, UNKNOWN, type Value, type Values } from "../core/values";
import { hasCronFault } from "./cron";
import { NETWORK } from "./network";
import { asSubdomain, under } from "./pods";
import { amount } from "./quantities";
import { inner, kindOf } from "./shapes";
import {
  all, anyShare, type Check, exactlyOne, forbids, isText, judge, keys, matching, needs, oneOf, quantity, says, share, type Table, texts, unique,
  within,
} from "./tables"; // prettier-ignore

const none = (value: Value | undefined): boolean => value === 0 || /^0+%?$/.test(isText(value));
const REPLICAS: Table = { replicas: within(0), minReadySeconds: within(0), revisionHistoryLimit: within(0) };
const rolling = (shares: Check): Table => ({
  maxUnavailable: share,
  maxSurge: anyShare,
  "": shares,
});
const onlyWhen = (type: string): Check =>
  forbids((strategy) => strategy.type !== undefined && strategy.type !== UNKNOWN && strategy.type !== type, `only ${type} takes it`, "rollingUpdate"); // prettier-ignore

const DEPLOYMENT: Table = {
  ...REPLICAS,
  "strategy.type": oneOf("Recreate", "RollingUpdate"),
  strategy: onlyWhen("RollingUpdate"),
  ...under("strategy.rollingUpdate", rolling(says(({ maxSurge, maxUnavailable }) =>
    none(maxSurge) && none(maxUnavailable) ? "must not be 0 when maxSurge is 0" : undefined, ".maxUnavailable"))),
  "": says(({ minReadySeconds = 0, progressDeadlineSeconds = 600 }) =>
    typeof minReadySeconds === "number" && typeof progressDeadlineSeconds === "number" && progressDeadlineSeconds <= minReadySeconds
      ? `${progressDeadlineSeconds} must be more than minReadySeconds, which is ${minReadySeconds}`
      : undefined, ".progressDeadlineSeconds"),
}; // prettier-ignore

const RETENTION = oneOf("Delete", "Retain");
const MODES: readonly string[] = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const CLAIM: Table = {
  "": needs("accessModes"),
  "accessModes[]": oneOf(...MODES),
  accessModes: (modes) =>
    Array.isArray(modes) && modes.length > 1 && modes.includes("ReadWriteOncePod")
      ? [{ property: "", reason: "ReadWriteOncePod goes with no other mode: leave the others out" }]
      : [],
  volumeMode: oneOf("Filesystem", "Block"),
  storageClassName: (value, beside) => (value === "" ? [] : asSubdomain(value, beside)),
  "resources.requests.storage": quantity(1),
};
/** The size of a claim has no default. */
const sized: Check = (value) => {
  const size = isObject(value) ? inner(value, "resources.requests").storage : UNKNOWN;
  const hidden = isObject(value) && (value.resources === UNKNOWN || inner(value, "resources").requests === UNKNOWN);
  return size !== undefined || hidden
    ? []
    : [{ property: ".resources.requests.storage", reason: 'it must not be empty: write a size such as "10Gi"' }];
};

const STATEFUL_SET: Table = {
  ...REPLICAS,
  podManagementPolicy: oneOf("OrderedReady", "Parallel"),
  "updateStrategy.type": oneOf("OnDelete", "RollingUpdate"),
  updateStrategy: onlyWhen("RollingUpdate"),
  "persistentVolumeClaimRetentionPolicy.whenDeleted": RETENTION,
  "persistentVolumeClaimRetentionPolicy.whenScaled": RETENTION,
  ...under("volumeClaimTemplates[].spec", { ...CLAIM, "": all(needs("accessModes"), sized) }),
};
const DAEMON_SET: Table = {
  minReadySeconds: within(0),
  revisionHistoryLimit: within(0),
  "updateStrategy.type": oneOf("OnDelete", "RollingUpdate"),
  updateStrategy: onlyWhen("RollingUpdate"),
  ...under("updateStrategy.rollingUpdate", rolling(says(({ maxSurge = 0, maxUnavailable = 1 }) =>
    none(maxSurge) && none(maxUnavailable) ? "must not be 0 when maxSurge is 0" : undefined, ".maxUnavailable"))),
}; // prettier-ignore

const JOB: Table = {
  parallelism: within(0),
  completions: within(0),
  backoffLimit: within(0),
  activeDeadlineSeconds: within(0),
  ttlSecondsAfterFinished: within(0),
  completionMode: oneOf("NonIndexed", "Indexed"),
  "": forbids(({ manualSelector }) => manualSelector !== true, "the API server makes it", "selector"),
};
const zones: ReadonlySet<string> = new Set(Intl.supportedValuesOf("timeZone"));
const CRON_JOB: Table = {
  schedule: (value) => {
    const reason = hasCronFault(isText(value));
    return reason === undefined ? [] : [{ property: "", reason: `${JSON.stringify(value)} ${reason}` }];
  },
  timeZone: (value) =>
    zones.has(isText(value)) || /^(UTC|Etc\/.+|GMT)$/.test(isText(value))
      ? []
      : [{ property: "", reason: `${JSON.stringify(value)} is no time zone: write one such as "Europe/Berlin" or "Etc/UTC"` }],
  concurrencyPolicy: oneOf("Allow", "Forbid", "Replace"),
  successfulJobsHistoryLimit: within(0),
  failedJobsHistoryLimit: within(0),
  startingDeadlineSeconds: within(0),
  ...under("jobTemplate.spec", JOB),
}; // prettier-ignore

const METRICS: Readonly<Record<string, string>> = {
  Resource: "resource", Pods: "pods", Object: "object", External: "external", ContainerResource: "containerResource",
}; // prettier-ignore
const TARGETS: Table = {
  type: oneOf("Utilization", "Value", "AverageValue"),
  averageUtilization: within(1),
  "": exactlyOne(["averageUtilization", "averageValue", "value"]),
};
const SCALING: Table = {
  stabilizationWindowSeconds: within(0, 3600),
  selectPolicy: oneOf("Max", "Min", "Disabled"),
  "policies[].type": oneOf("Pods", "Percent"),
  "policies[].value": within(1),
  "policies[].periodSeconds": within(1, 1800),
};
const AUTOSCALER: Table = {
  minReplicas: within(0),
  maxReplicas: within(1),
  "": says(
    ({ minReplicas, metrics }) =>
      minReplicas === 0 && Array.isArray(metrics) && !metrics.some((metric) => /^(Object|External)$/.test(isText((metric as Values).type)))
        ? "0 needs a metric of type Object or External: a pod that is not there tells nothing"
        : undefined,
    ".minReplicas",
  ),
  "metrics[]": says((metric) => {
    const property = METRICS[isText(metric.type)];
    return property !== undefined && metric[property] === undefined ? `a metric of type ${isText(metric.type)} needs ${property}` : undefined;
  }),
  ...Object.assign({}, ...Object.values(METRICS).map((name) => under(`metrics[].${name}.target`, TARGETS))) as Table,
  ...under("behavior.scaleUp", SCALING),
  ...under("behavior.scaleDown", SCALING),
}; // prettier-ignore

const CONFIG_KEY = /^(?!\.\.?$)(?!\.\.)[-._a-zA-Z0-9]+$/;
const configKeys = all(keys(CONFIG_KEY, 'letters, digits, "-", "_" and "."'), texts);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const encoded: Table = { "data{}": matching(BASE64, "base64: or write it as it is into stringData") };
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};
const typedSecret: Check = function* (secret) {
  if (!isObject(secret) || secret.data === UNKNOWN || secret.stringData === UNKNOWN) return;
  const there = { ...(isObject(secret.data) ? secret.data : {}), ...(isObject(secret.stringData) ? secret.stringData : {}) };
  const type = isText(secret.type);
  for (const key of KEYS[type] ?? [])
    if (there[key] === undefined) yield { property: `stringData["${key}"]`, reason: `a secret of type ${type} needs it` };
  if (type === "kubernetes.io/basic-auth" && there.username === undefined && there.password === undefined)
    yield { property: "stringData", reason: `a secret of type ${type} needs username or password` };
  const json = isObject(secret.stringData) ? secret.stringData[".dockerconfigjson"] : undefined;
  if (type === "kubernetes.io/dockerconfigjson" && typeof json === "string" && json !== UNKNOWN && !isJson(json))
    yield { property: 'stringData[".dockerconfigjson"]', reason: "it is no JSON: write what `docker login` writes" };
  const account = inner(secret, "metadata.annotations")["kubernetes.io/service-account.name"];
  if (type === "kubernetes.io/service-account-token" && account === undefined)
    yield { property: 'metadata.annotations["kubernetes.io/service-account.name"]', reason: `a secret of type ${type} needs it` };
}; // prettier-ignore

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

const RULES: Table = {
  "rules[]": all(
    needs("verbs"),
    says(({ resources, apiGroups, nonResourceURLs }) =>
      nonResourceURLs !== undefined || (Array.isArray(apiGroups) && apiGroups.length > 0) || apiGroups === UNKNOWN
        ? undefined
        : `must not be empty${resources === undefined ? "" : ': write [""] for the core group'}`, ".apiGroups"),
    says(({ resources, nonResourceURLs }) =>
      nonResourceURLs === undefined && (resources ?? null) === null ? "must not be empty: write resources" : undefined, ".resources"),
    forbids(({ resources }) => Array.isArray(resources) && resources.length > 0, "a rule is of resources or of paths", "nonResourceURLs"),
  ),
}; // prettier-ignore
const BINDING: Table = {
  "roleRef.apiGroup": oneOf("rbac.authorization.k8s.io"),
  "subjects[].kind": oneOf("User", "Group", "ServiceAccount"),
  "subjects[]": all(
    says(({ kind, apiGroup = "" }) => (kind === "ServiceAccount" && apiGroup !== "" && apiGroup !== UNKNOWN ? "accounts are of the core group: leave it out" : undefined), ".apiGroup"),
  ),
}; // prettier-ignore

const COUNTED =
  /^(pods|services|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims|services\.(nodeports|loadbalancers)|count\/.+)$/;
const MEASURED =
  /^((requests\.|limits\.)?(cpu|memory|ephemeral-storage)|requests\.storage|(requests\.)?[\w.-]+\/[\w.-]+|hugepages-.+|requests\.hugepages-.+|.+\.storageclass\..+)$/;
const hard: Check = function* (value) {
  for (const [name, given] of isObject(value) ? Object.entries(value) : []) {
    const property = `["${name}"]`;
    if (!COUNTED.test(name) && !MEASURED.test(name)) yield { property, reason: "no such resource: write one such as pods, requests.cpu or count/deployments.apps" };
    else if (given !== UNKNOWN) for (const { reason } of quantity(0, COUNTED.test(name))(given, {})) yield { property, reason };
  }
}; // prettier-ignore

/** Amounts in which each may not be more than the next. */
const ORDER = ["min", "defaultRequest", "default", "max"];
const ordered: Check = function* (limit) {
  if (!isObject(limit)) return;
  for (const name of new Set(ORDER.flatMap((part) => Object.keys(inner(limit, part))))) {
    let [before, least] = ["", -Infinity];
    for (const part of ORDER) {
      const own = amount(inner(limit, part)[name]);
      if (own === undefined) continue;
      if (own < least) yield { property: `.${part}["${name}"]`, reason: `it must be at least what ${before} says` };
      [before, least] = [part, own];
    }
  }
};
const LIMITS: Table = {
  "limits[]": all(
    ordered,
    forbids(({ type }) => type === "Pod" || type === "PersistentVolumeClaim", "only containers have defaults", "default", "defaultRequest"),
  ),
  limits: unique(["type"]),
}; // prettier-ignore

/** Tables by kind. Those of the specification come first, then those of the object. */
const SPEC: Readonly<Record<string, Table>> = {
  "apps/v1:Deployment": DEPLOYMENT,
  "apps/v1:ReplicaSet": REPLICAS,
  "apps/v1:StatefulSet": STATEFUL_SET,
  "apps/v1:DaemonSet": DAEMON_SET,
  "batch/v1:Job": JOB,
  "batch/v1:CronJob": CRON_JOB,
  "autoscaling/v2:HorizontalPodAutoscaler": AUTOSCALER,
  "policy/v1:PodDisruptionBudget": {
    "": forbids(({ maxUnavailable }) => (maxUnavailable ?? null) !== null, "maxUnavailable is there: write one of them", "minAvailable"),
    minAvailable: share,
    maxUnavailable: share,
    unhealthyPodEvictionPolicy: oneOf("IfHealthyBudget", "AlwaysAllow"),
  },
  "core/v1:PersistentVolumeClaim": { ...CLAIM, "": all(needs("accessModes"), sized) },
  "core/v1:ResourceQuota": {
    hard,
    "scopes[]": oneOf("Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity", "VolumeAttributesClass"),
  },
  "core/v1:LimitRange": LIMITS,
  ...NETWORK,
}; // prettier-ignore

const LEVEL = oneOf("privileged", "baseline", "restricted");
const SECURITY = ["enforce", "audit", "warn"];
const securityLabels: Check = function* (labels) {
  for (const mode of isObject(labels) ? SECURITY : []) {
    const key = `pod-security.kubernetes.io/${mode}`;
    const [level, version] = [(labels as Values)[key], (labels as Values)[`${key}-version`]];
    if (level !== undefined && level !== UNKNOWN)
      for (const { reason } of LEVEL(level, {})) yield { property: `["${key}"]`, reason };
    if (version !== undefined && version !== UNKNOWN && !/^(latest|v1\.\d+)$/.test(isText(version)))
      yield { property: `["${key}-version"]`, reason: `${JSON.stringify(version)} must be latest, or a version such as "v1.34"` };
  }
}; // prettier-ignore

const WHOLE: Readonly<Record<string, Table>> = {
  "batch/v1:CronJob": { "metadata.name": matching(/^/, "at most 52 characters, since its jobs get a suffix", 52) },
  "core/v1:ConfigMap": {
    data: configKeys,
    binaryData: keys(CONFIG_KEY, 'letters, digits, "-", "_" and "."'),
    "binaryData{}": matching(BASE64, "base64: or write it into data"),
    "": (map) => (isObject(map) && isObject(map.data) && isObject(map.binaryData) ? Object.keys(map.data).filter((key) => key in (map.binaryData as Values)) : []).map((key) => ({ property: `data["${key}"]`, reason: "it is in binaryData too: leave one of them out" })),
  },
  "core/v1:Secret": { data: configKeys, stringData: configKeys, ...encoded, "": typedSecret },
  "rbac.authorization.k8s.io/v1:Role": { ...RULES, "rules[].nonResourceURLs": () => [{ property: "", reason: "paths are of no namespace: write them into a ClusterRole" }] },
  "rbac.authorization.k8s.io/v1:ClusterRole": RULES,
  "rbac.authorization.k8s.io/v1:RoleBinding": { ...BINDING, "roleRef.kind": oneOf("Role", "ClusterRole") },
  "rbac.authorization.k8s.io/v1:ClusterRoleBinding": { ...BINDING, "roleRef.kind": oneOf("ClusterRole") },
  "storage.k8s.io/v1:StorageClass": {
    reclaimPolicy: oneOf("Delete", "Retain"),
    volumeBindingMode: oneOf("Immediate", "WaitForFirstConsumer"),
    parameters: texts,
  },
  "core/v1:Namespace": { "metadata.labels": securityLabels },
  "scheduling.k8s.io/v1:PriorityClass": {
    value: within(-2147483648, 1000000000),
    "metadata.name": (name) => (isText(name).startsWith("system-") ? [{ property: "", reason: '"system-" is for the cluster\'s own: take another name' }] : []),
    preemptionPolicy: oneOf("PreemptLowerPriority", "Never"),
  },
}; // prettier-ignore

/** What an object of a kind that the API server itself serves must be. */
export const possible: Constraint = function* ({ type, inputs }) {
  const kind = type.replace(/^kubernetes:/, "");
  const [ofSpec, ofAll] = [SPEC[kind], WHOLE[kind]];
  if (ofSpec && kindOf(type) !== "" && isObject(inputs.spec)) yield* judge({ at: "spec", value: inputs.spec }, ofSpec);
  if (ofAll) yield* judge({ at: "", value: inputs }, ofAll);
};
