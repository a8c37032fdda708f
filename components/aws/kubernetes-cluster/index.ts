export type {
  KubernetesClusterArgs,
  KubernetesClusterOutputs,
  KubernetesClusterTransforms,
  PodIdentitySettings,
} from "./args";
export { KubernetesCluster } from "./kubernetes-cluster";
