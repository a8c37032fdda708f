// Namespaces: they must be there before what is in them, and take it along when they go.
import type { Existing } from "../core/record";
import type { Candidate, Reference } from "../core/rules";
import { text, UNKNOWN } from "../core/values";
import type { World } from "../core/world";
import { inner } from "./shapes";

const TYPE = "kubernetes:core/v1:Namespace";
/** Every cluster has them. */
export const ALWAYS: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

/** `metadata.namespace`. */
export const NAMESPACE: Reference = { type: TYPE, id: (name) => (ALWAYS.has(name) ? undefined : name), late: true };

/** What is usually made inside namespaces. */
const INSIDE = [
  "apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet", "batch/v1:Job",
  "batch/v1:CronJob", "core/v1:Pod", "core/v1:Service", "core/v1:ConfigMap", "core/v1:Secret", "core/v1:ServiceAccount",
  "core/v1:PersistentVolumeClaim", "core/v1:ResourceQuota", "core/v1:LimitRange", "networking.k8s.io/v1:Ingress",
  "networking.k8s.io/v1:NetworkPolicy", "policy/v1:PodDisruptionBudget", "autoscaling/v2:HorizontalPodAutoscaler",
  "rbac.authorization.k8s.io/v1:Role", "rbac.authorization.k8s.io/v1:RoleBinding",
]; // prettier-ignore

/** The objects that the API server deletes with a namespace. */
export function namespaceObjects({ type, id }: Existing, world: World): readonly Existing[] {
  return type === TYPE ? INSIDE.flatMap((inside) => world.users({ type: TYPE, id }, `kubernetes:${inside}`)) : [];
}

/** The identifier that an object will have; undefined while its name or namespace is unknown. */
export function candidateId({ inputs }: Candidate, clusterWide: boolean): string | undefined {
  const metadata = inner(inputs, "metadata");
  const [name, namespace] = [text(metadata.name), text(metadata.namespace) ?? "default"];
  if (name === undefined || name === UNKNOWN || metadata.namespace === UNKNOWN) return undefined;
  return clusterWide ? name : `${namespace}/${name}`;
}
