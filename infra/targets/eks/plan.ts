// A plan with what EKS adds to it: the cluster, the namespace, the ranges that NetworkPolicies name. Pure.
import { addresses, allocate, parseRange, type Tier, tiersOf } from "../../../components/kit/subnets";
import type { Plan } from "../../model/plan";
import { type AwsPlan, onAws } from "../aws/plan";
import type { EksSettings } from "./settings";

/** A plan for one EKS cluster and one account. */
export interface EksPlan extends AwsPlan {
  readonly cluster: Pick<
    EksSettings,
    "kubernetesVersion" | "apiCidrs" | "administrators" | "viewers" | "kubeconfig" | "context"
  >;
  /** Namespace of all pods: `<system>-<environment>`. */
  readonly namespace: string;
  /** IPv4 range of Services. */
  readonly serviceCidr: string;
  /** IPv4 ranges of the subnets by tier. */
  readonly ranges: Readonly<Record<Tier, readonly string[]>>;
}

/**
 * AWS services that nodes use in a VPC without a way to the internet: they join the cluster, take network interfaces and get the credentials of
 * pods (https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html).
 */
const NODE_ENDPOINTS = ["ec2", "eks", "eks-auth", "sts"];
/** Ranges that EKS itself gives to Services. */
const SERVICE_RANGES = ["172.20.0.0/16", "10.100.0.0/16"] as const;

/** Adds to a plan what follows from the settings of a stack on EKS, which have been checked. */
export function onEks(plan: Plan, settings: EksSettings): EksPlan {
  const { collector: _unused, ...own } = settings;
  const whole = onAws(plan, own);
  const { kubernetesVersion, apiCidrs, administrators, viewers, kubeconfig, context } = settings;
  const namespace = `${plan.system}-${plan.environment.name}`;
  const { cidr } = whole.environment.network;
  return {
    ...whole,
    place: `${whole.place}, EKS, namespace ${namespace}`,
    endpoints: [...new Set([...whole.endpoints, ...NODE_ENDPOINTS])].sort(),
    cluster: {
      ...(kubernetesVersion !== undefined && { kubernetesVersion }),
      ...(apiCidrs && { apiCidrs }),
      ...(administrators && { administrators }),
      ...(viewers && { viewers }),
      ...(kubeconfig !== undefined && { kubeconfig }),
      ...(context !== undefined && { context }),
    },
    namespace,
    serviceCidr: SERVICE_RANGES.find((range) => !overlap(range, cidr)) ?? SERVICE_RANGES[0],
    ranges: rangesOf(whole),
  };
}

function rangesOf({ environment: { network }, zones }: AwsPlan): EksPlan["ranges"] {
  const vpc = parseRange(network.cidr);
  // Validation has refused such a plan.
  if (vpc === undefined) throw new Error(`the range of the VPC is ${network.cidr}`);
  const layout = allocate(vpc, tiersOf(network.masks), zones);
  const of = (tier: Tier): readonly string[] => Object.values(layout[tier]);
  return { public: of("public"), private: of("private"), isolated: of("isolated") };
}

function overlap(left: string, right: string): boolean {
  const [a, b] = [parseRange(left), parseRange(right)];
  return !a || !b || (a.start < b.start + addresses(b.prefix) && b.start < a.start + addresses(a.prefix));
}
