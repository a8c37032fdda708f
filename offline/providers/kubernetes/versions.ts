// Which versions of which kinds an API server serves that has no feature switched on, by Kubernetes' minor version.
import type { Constraint, PackageRules, TypeRule } from "../core/rules";
import { text, type Values } from "../core/values";

/** The minor version that the emulated cluster has, unless somebody declares another one. */
export const MINOR = 34;
/** What can be declared. */
const OLDEST = 25;

/**
 * Versions and kinds, the minor version that served them first, and the first that does not any more. From the life cycles in the Go module
 * k8s.io/api v0.34.1, and what kube-apiserver 1.34.1 tells of itself. Betas of 1.24 and later are off unless they are switched on, as are
 * all alphas.
 */
const SERVED: readonly (readonly [version: string, kinds: string, since: number, until?: number])[] = [
  ["admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration", 16],
  ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding", 30],
  ["admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration", 9, 22],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition", 16],
  ["apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", 7, 22],
  ["apiregistration.k8s.io/v1", "APIService", 10],
  ["apiregistration.k8s.io/v1beta1", "APIService", 7, 22],
  ["apps/v1", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet", 9],
  ["apps/v1beta1", "StatefulSet", 5, 16],
  ["apps/v1beta1", "Deployment", 6, 16],
  ["apps/v1beta1", "ControllerRevision", 7, 16],
  ["apps/v1beta2", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet", 8, 16],
  ["autoscaling/v1", "HorizontalPodAutoscaler", 2],
  ["autoscaling/v2", "HorizontalPodAutoscaler", 23],
  ["autoscaling/v2beta1", "HorizontalPodAutoscaler", 8, 25],
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", 12, 26],
  ["batch/v1", "Job", 2],
  ["batch/v1", "CronJob", 21],
  ["batch/v1beta1", "CronJob", 8, 25],
  ["certificates.k8s.io/v1", "CertificateSigningRequest", 19],
  ["certificates.k8s.io/v1beta1", "CertificateSigningRequest", 12, 22],
  ["coordination.k8s.io/v1", "Lease", 14],
  ["coordination.k8s.io/v1beta1", "Lease", 12, 22],
  [
    "core/v1",
    "Binding Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
    0,
  ],
  ["core/v1", "ConfigMap", 2],
  ["discovery.k8s.io/v1", "EndpointSlice", 21],
  ["discovery.k8s.io/v1beta1", "EndpointSlice", 16, 25],
  ["events.k8s.io/v1", "Event", 19],
  ["events.k8s.io/v1beta1", "Event", 8, 25],
  ["extensions/v1beta1", "DaemonSet Deployment", 1, 16],
  ["extensions/v1beta1", "Ingress", 1, 22],
  ["extensions/v1beta1", "ReplicaSet", 2, 16],
  ["extensions/v1beta1", "NetworkPolicy", 3, 16],
  ["flowcontrol.apiserver.k8s.io/v1", "FlowSchema PriorityLevelConfiguration", 29],
  ["flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema PriorityLevelConfiguration", 20, 26],
  ["flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema PriorityLevelConfiguration", 23, 29],
  ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema PriorityLevelConfiguration", 26, 32],
  ["networking.k8s.io/v1", "NetworkPolicy", 7],
  ["networking.k8s.io/v1", "Ingress IngressClass", 19],
  ["networking.k8s.io/v1", "IPAddress ServiceCIDR", 33],
  ["networking.k8s.io/v1beta1", "Ingress", 14, 22],
  ["networking.k8s.io/v1beta1", "IngressClass", 18, 22],
  ["node.k8s.io/v1", "RuntimeClass", 20],
  ["node.k8s.io/v1beta1", "RuntimeClass", 13, 25],
  ["policy/v1", "PodDisruptionBudget", 21],
  ["policy/v1beta1", "PodDisruptionBudget", 5, 25],
  ["rbac.authorization.k8s.io/v1", "ClusterRole ClusterRoleBinding Role RoleBinding", 8],
  ["rbac.authorization.k8s.io/v1beta1", "ClusterRole ClusterRoleBinding Role RoleBinding", 6, 22],
  ["resource.k8s.io/v1", "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice", 34],
  ["scheduling.k8s.io/v1", "PriorityClass", 14],
  ["scheduling.k8s.io/v1beta1", "PriorityClass", 11, 22],
  ["storage.k8s.io/v1", "StorageClass", 6],
  ["storage.k8s.io/v1", "VolumeAttachment", 13],
  ["storage.k8s.io/v1", "CSINode", 17],
  ["storage.k8s.io/v1", "CSIDriver", 18],
  ["storage.k8s.io/v1", "CSIStorageCapacity", 24],
  ["storage.k8s.io/v1", "VolumeAttributesClass", 34],
  ["storage.k8s.io/v1beta1", "StorageClass", 4, 22],
  ["storage.k8s.io/v1beta1", "VolumeAttachment", 10, 22],
  ["storage.k8s.io/v1beta1", "CSIDriver CSINode", 14, 22],
  ["storage.k8s.io/v1beta1", "CSIStorageCapacity", 21, 27],
];

const POD_SECURITY = "the namespace's label pod-security.kubernetes.io/enforce";
/** Groups that the API server serves itself; all others are custom. */
const OWN =
  /^(core|apps|batch|policy|autoscaling|extensions|(admissionregistration|apiextensions|apiregistration|auditregistration|certificates|coordination|discovery|events|lifecycle|networking|node|rbac\.authorization|resource|scheduling|settings|storage|storagemigration|flowcontrol\.apiserver|internal\.apiserver)\.k8s\.io)\//;

interface Life {
  readonly version: string;
  readonly since: number;
  readonly until: number;
}

const lives = new Map<string, readonly Life[]>();
for (const [version, kinds, since, until = Infinity] of SERVED)
  for (const kind of kinds.split(" ")) lives.set(kind, [...(lives.get(kind) ?? []), { version, since, until }]);

/** The kinds and versions that some API server has served, each with the last minor version that did. */
export const servedTypes: readonly (readonly [type: string, until: number])[] = SERVED.flatMap(
  ([version, kinds, , until = Infinity]) =>
    kinds.split(" ").map((kind) => [`kubernetes:${version}:${kind}`, until] as const),
);

/** Refuses a version that the cluster does not serve, and names the one that it does. */
export function servedBy(minor: number): Constraint {
  return function* ({ type }) {
    const [, version = "", kind = ""] = type.split(":");
    if (!OWN.test(version) || /(?:List|Patch)$/.test(kind)) return;
    const all = lives.get(kind) ?? [];
    const serves = ({ since, until }: Life): boolean => since <= minor && minor < until;
    const own = all.find((life) => life.version === version);
    if (own && serves(own)) return;
    const group = (of: string): string => of.replace(/\/.*/, "");
    const newest = [...all].filter(serves).sort((left, right) => right.since - left.since);
    const others = newest.map((life) => life.version);
    const now = others.find((other) => group(other) === group(version)) ?? others[0];
    const why =
      own === undefined ? "unless somebody switches it on" : own.since > minor ? `which comes with 1.${own.since}` : `and not since 1.${own.until}`;
    const remedy =
      kind === "PodSecurityPolicy" ? `use ${POD_SECURITY}` : now === undefined ? "leave it out, or declare a cluster that has it" : `use ${now}`;
    yield { property: "apiVersion", reason: `"${version}" of ${kind} is not served by Kubernetes 1.${minor}, ${why}: ${remedy}` };
  };
} // prettier-ignore

/** The constraint of the version that is served unless another one is declared. */
export const servedVersion: Constraint = servedBy(MINOR);

/** The declared minor version. Throws when it is none that is known. */
export function declaredMinor(declared: string): number {
  const [, minor] = /^v?1\.(\d+)(?:\.\d+)?$/.exec(declared) ?? [];
  const number = Number(minor ?? Number.NaN);
  if (number >= OLDEST && number <= MINOR) return number;
  throw new Error(
    `ARCHIPELAGO_KUBERNETES: "${declared}" is no version that is emulated: write one from 1.${OLDEST} to 1.${MINOR}, or leave it out for 1.${MINOR}`,
  );
}

/** The same rules for the version that a configuration declares. */
export function ofDeclaredVersion(rules: PackageRules, config: Values): PackageRules {
  const declared = text(config.kubernetesVersion) ?? "";
  if (declared === "") return rules;
  const served = servedBy(declaredMinor(declared));
  const rule = (token: string): TypeRule => {
    const { constraints = [], ...own } = rules.rule(token);
    return { ...own, constraints: constraints.map((each) => (each === servedVersion ? served : each)) };
  };
  return { ...rules, rule };
}
