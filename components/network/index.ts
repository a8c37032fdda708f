export type { Tier } from "../base";
export type { Nat, NetworkArgs, NetworkOutputs, NetworkTransforms } from "./args";
export { Network, type NetworkNodes } from "./network";
