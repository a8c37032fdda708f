// What each kind becomes on EKS.
import { awsKinds } from "../aws/kinds";
import type { Kinds } from "../target";

export const kinds = {
  service:
    "Deployment with Service, autoscaler and NetworkPolicies, a Pod Identity role, and a listener rule of the load balancer",
  ...awsKinds,
  job: "CronJob with a Pod Identity role of its own; EventBridge Scheduler where it calls a function",
} as const satisfies Kinds;
