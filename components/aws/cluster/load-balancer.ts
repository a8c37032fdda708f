// The load balancer of a platform that is not ECS. The children are those of a Cluster's load balancer, from the same functions.
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, type Signal, throwIfAny } from "../../kit";
import { placed } from "../kit";
import { type AccessLogNodes, createAccessLogs } from "./access-logs";
import type { ClusterArgs, ClusterOutputs } from "./args";
import { type BalancerNodes, createBalancer } from "./balancer";
import { urlOf } from "./cluster";
import { resolveCluster } from "./resolve";
import { balancerSignals } from "./signals";
import { validateCluster } from "./validate";

const TYPE = "archipelago:cluster:LoadBalancer";

/** Arguments of {@link LoadBalancer}: those of a `Cluster` that its load balancer has. */
export type LoadBalancerArgs = Pick<
  ClusterArgs,
  | "placement"
  | "network"
  | "internetFacing"
  | "openToVpc"
  | "idleTimeout"
  | "https"
  | "accessLogRetentionInDays"
  | "protectData"
  | "tags"
  | "transform"
>;

/** What {@link LoadBalancer} offers. */
export type LoadBalancerOutputs = Pick<
  ClusterOutputs,
  | "signals"
  | "loadBalancerArn"
  | "loadBalancerArnSuffix"
  | "loadBalancerDnsName"
  | "loadBalancerSecurityGroupId"
  | "listenerArn"
  | "url"
>;

/** The children. */
export interface LoadBalancerNodes extends AccessLogNodes, BalancerNodes {}

/**
 * An Application Load Balancer with its access logs, internal unless asked otherwise. It costs about 18 USD a month. `internetFacing` and the
 * subnets' VPC replace it.
 *
 * @example
 * const balancer = new LoadBalancer("services", { placement, network });
 */
export class LoadBalancer extends pulumi.ComponentResource implements LoadBalancerOutputs {
  readonly signals: readonly Signal[];
  readonly loadBalancerArn: pulumi.Output<string>;
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  readonly loadBalancerDnsName: pulumi.Output<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  /** The children. */
  readonly nodes: LoadBalancerNodes;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateCluster(name, args)]);
    const { placement, network, tags, transform } = args;
    const resolved = resolveCluster(args);
    const scope = {
      ...{ name, placement, network, resolved, transform, parent: this },
      tags: tags && { tags: { ...tags } },
    };
    const accessLogs = createAccessLogs(scope);
    const balancer = createBalancer(scope, accessLogs);
    this.nodes = { ...accessLogs, ...balancer };
    this.signals = balancerSignals(`${name}-alb`, balancer.loadBalancer.arnSuffix);
    this.loadBalancerArn = balancer.loadBalancer.arn;
    this.loadBalancerArnSuffix = balancer.loadBalancer.arnSuffix;
    this.loadBalancerDnsName = balancer.loadBalancer.dnsName;
    this.loadBalancerSecurityGroupId = balancer.securityGroup.id;
    this.listenerArn = balancer.listener.arn;
    this.url = urlOf(resolved.https, this.loadBalancerDnsName);
    const { loadBalancerArn, loadBalancerArnSuffix, loadBalancerDnsName, loadBalancerSecurityGroupId } = this;
    const { listenerArn, url } = this;
    this.registerOutputs({
      ...{ loadBalancerArn, loadBalancerArnSuffix, loadBalancerDnsName, loadBalancerSecurityGroupId },
      ...{ listenerArn, url },
    });
  }
}
