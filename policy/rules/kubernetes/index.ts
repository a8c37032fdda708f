// The rules of the pack Kubernetes: pods, RBAC, and network access.
import type { Rule } from "../rule";
import { clusterRules } from "./cluster";
import { networkPolicyRules } from "./network-policies";
import { containerRules } from "./containers";
import { imageAndProbeRules } from "./images-and-probes";
import { privilegeRules } from "./privileges";
import { roleRules } from "./roles";
import { specificationRules } from "./specification";

/** Every rule of the pack "kubernetes". */
export const kubernetesRules: readonly Rule[] = [
  ...privilegeRules,
  ...containerRules,
  ...imageAndProbeRules,
  ...specificationRules,
  ...roleRules,
  ...clusterRules,
  ...networkPolicyRules,
];
