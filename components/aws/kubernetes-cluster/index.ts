export type {
  KubernetesClusterArgs,
  KubernetesClusterOutputs,
  KubernetesClusterTransforms,
  PodIdentitySettings,
  PodPeer,
} from "./args";
export { KubernetesCluster } from "./kubernetes-cluster";
export { PodRoute, type PodRouteArgs, type PodRouteTransforms } from "./pod-route";
