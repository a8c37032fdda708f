export type { ContainerDefaults, NamespaceArgs, NamespaceOutputs, NamespaceTransforms, QuotaSettings } from "./args";
export { Namespace, type NamespaceNodes } from "./namespace";
export { NetworkPolicyEnforcement, type NetworkPolicyEnforcementArgs } from "./network-policy-enforcement";
