export type { Tier } from "../../kit";
export type {
  ExistingEndpoints,
  ExistingNetworkArgs,
  Nat,
  NetworkArgs,
  NetworkFacts,
  NetworkOutputs,
  NetworkTransforms,
  SubnetFacts,
} from "./args";
export { ExistingNetwork, type ExistingNetworkNodes } from "./existing-network";
export { Network, type NetworkNodes } from "./network";
