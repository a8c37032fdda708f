export type {
  CapacityProviderStrategyItem,
  CapacitySettings,
  ClusterArgs,
  ClusterNetwork,
  ClusterOutputs,
  ClusterTransforms,
  HttpsSettings,
} from "./args";
export { Cluster, type ClusterNodes } from "./cluster";
export { LoadBalancer, type LoadBalancerArgs, type LoadBalancerNodes, type LoadBalancerOutputs } from "./load-balancer";
