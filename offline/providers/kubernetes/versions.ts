// Which versions of which kinds the API server does not serve any more, and what replaced them.
// https://kubernetes.io/docs/reference/using-api/deprecation-guide/
import type { Constraint } from "../core/rules";

/** The version that the emulated cluster has. */
export const KUBERNETES = "1.34";

const WEBHOOKS = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const RBAC = ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"];
const FLOW = ["FlowSchema", "PriorityLevelConfiguration"];
const POD_SECURITY = "the namespace's label pod-security.kubernetes.io/enforce";

/** Version, the kinds that went, and where they are now; no version where nothing replaced them under another one. */
const REMOVED: readonly (readonly [version: string, kinds: readonly string[], now: string])[] = [
  ["extensions/v1beta1", ["Deployment", "DaemonSet", "ReplicaSet"], "apps/v1"],
  ["extensions/v1beta1", ["Ingress", "NetworkPolicy"], "networking.k8s.io/v1"],
  ["extensions/v1beta1", ["PodSecurityPolicy"], POD_SECURITY],
  ["apps/v1beta1", ["Deployment", "StatefulSet", "ControllerRevision"], "apps/v1"],
  ["apps/v1beta2", ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ControllerRevision"], "apps/v1"],
  ["policy/v1beta1", ["PodDisruptionBudget"], "policy/v1"],
  ["policy/v1beta1", ["PodSecurityPolicy"], POD_SECURITY],
  ["batch/v1beta1", ["CronJob"], "batch/v1"],
  ["batch/v2alpha1", ["CronJob"], "batch/v1"],
  ["autoscaling/v2beta1", ["HorizontalPodAutoscaler"], "autoscaling/v2"],
  ["autoscaling/v2beta2", ["HorizontalPodAutoscaler"], "autoscaling/v2"],
  ["networking.k8s.io/v1beta1", ["Ingress", "IngressClass"], "networking.k8s.io/v1"],
  ["rbac.authorization.k8s.io/v1alpha1", RBAC, "rbac.authorization.k8s.io/v1"],
  ["rbac.authorization.k8s.io/v1beta1", RBAC, "rbac.authorization.k8s.io/v1"],
  ["discovery.k8s.io/v1beta1", ["EndpointSlice"], "discovery.k8s.io/v1"],
  ["events.k8s.io/v1beta1", ["Event"], "events.k8s.io/v1"],
  ["scheduling.k8s.io/v1alpha1", ["PriorityClass"], "scheduling.k8s.io/v1"],
  ["scheduling.k8s.io/v1beta1", ["PriorityClass"], "scheduling.k8s.io/v1"],
  ["storage.k8s.io/v1alpha1", ["VolumeAttachment", "CSIStorageCapacity"], "storage.k8s.io/v1"],
  [
    "storage.k8s.io/v1beta1",
    ["StorageClass", "CSIDriver", "CSINode", "CSIStorageCapacity", "VolumeAttachment"],
    "storage.k8s.io/v1",
  ],
  ["admissionregistration.k8s.io/v1beta1", WEBHOOKS, "admissionregistration.k8s.io/v1"],
  ["apiextensions.k8s.io/v1beta1", ["CustomResourceDefinition"], "apiextensions.k8s.io/v1"],
  ["apiregistration.k8s.io/v1beta1", ["APIService"], "apiregistration.k8s.io/v1"],
  ["certificates.k8s.io/v1beta1", ["CertificateSigningRequest"], "certificates.k8s.io/v1"],
  ["coordination.k8s.io/v1beta1", ["Lease"], "coordination.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1alpha1", FLOW, "flowcontrol.apiserver.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1beta1", FLOW, "flowcontrol.apiserver.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1beta2", FLOW, "flowcontrol.apiserver.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1beta3", FLOW, "flowcontrol.apiserver.k8s.io/v1"],
  ["node.k8s.io/v1alpha1", ["RuntimeClass"], "node.k8s.io/v1"],
  ["node.k8s.io/v1beta1", ["RuntimeClass"], "node.k8s.io/v1"],
];

const NOW: ReadonlyMap<string, string> = new Map(
  REMOVED.flatMap(([version, kinds, now]) => kinds.map((kind): [string, string] => [`${version}:${kind}`, now])),
);

/** The kinds and versions that are refused, each with what is to be used instead. */
export const removed: readonly (readonly [type: string, now: string])[] = [...NOW].map(([type, now]) => [
  `kubernetes:${type}`,
  now,
]);

/** The declared version is one that the cluster serves. */
export const servedVersion: Constraint = function* ({ type }) {
  const [, version = "", kind = ""] = type.split(":");
  const now = NOW.get(`${version}:${kind}`);
  if (now !== undefined)
    yield {
      property: "apiVersion",
      reason: `"${version}" of ${kind} is not served since before Kubernetes ${KUBERNETES}: use ${now}`,
    };
};
