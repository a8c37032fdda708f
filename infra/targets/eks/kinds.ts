// What each kind becomes on EKS.
import { awsKinds } from "../aws/kinds";
import type { Kinds } from "../target";

export const kinds = {
  service:
    "Deployment with Service, autoscaler and NetworkPolicies, a Pod Identity role, and a listener rule of the load balancer",
  ...awsKinds,
  job: "EventBridge Scheduler, which calls a function; a job with a command is refused",
} as const satisfies Kinds;
