export type { Nat, NetworkArgs, NetworkOutputs, NetworkTransforms, Tier } from "./args";
export { Network, type NetworkNodes } from "./network";
