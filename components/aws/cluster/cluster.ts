// Where services run and how requests reach them. The load balancer belongs here and not to a service, because one is
// enough for all of them: services bring rules, not balancers.
import * as pulumi from "@pulumi/pulumi";
import { type Grant, placementProblems, throwIfAny, type Signal } from "../../kit";
import { placed } from "../kit";
import { type AccessLogNodes, createAccessLogs } from "./access-logs";
import type { CapacityProviderStrategyItem, ClusterArgs, ClusterOutputs, HttpsSettings } from "./args";
import { type BalancerNodes, createBalancer } from "./balancer";
import { createDeploymentEvents, type DeploymentEventNodes } from "./deployment-events";
import { execStatements } from "./policies";
import { resolveCluster } from "./resolve";
import type { Scope } from "./scope";
import { balancerSignals } from "./signals";
import { createTasks, type TaskNodes } from "./tasks";
import { validateCluster } from "./validate";

const TYPE = "archipelago:cluster:Cluster";

/** The children. */
export interface ClusterNodes extends TaskNodes, AccessLogNodes, BalancerNodes, DeploymentEventNodes {}

/**
 * An ECS cluster on Fargate with a private namespace and one Application Load Balancer, internal unless asked otherwise.
 * The load balancer costs about 18 USD a month, the key 1 USD; Container Insights is charged by metric. Replaced: the
 * namespace, and with it every service's address, by another `namespace`; the load balancer by `internetFacing`.
 *
 * @example
 * const cluster = new Cluster("cluster", { placement, network });
 */
export class Cluster extends pulumi.ComponentResource implements ClusterOutputs {
  readonly clusterArn: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  readonly namespaceArn: pulumi.Output<string>;
  readonly namespaceName: pulumi.Output<string>;
  readonly capacityProviderStrategy: pulumi.Output<CapacityProviderStrategyItem[]>;
  readonly loadBalancerArn: pulumi.Output<string>;
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  readonly loadBalancerDnsName: pulumi.Output<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly execKeyArn: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: ClusterNodes;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateCluster(name, args)]);
    const scope: Scope = {
      name,
      placement: args.placement,
      network: args.network,
      resolved: resolveCluster(args),
      tags: args.tags && { tags: { ...args.tags } },
      transform: args.transform,
      parent: this,
    };
    const tasks = createTasks(scope);
    const accessLogs = createAccessLogs(scope);
    const balancer = createBalancer(scope, accessLogs);
    const events = createDeploymentEvents(scope, tasks.cluster, args.alarmTopicArn);
    this.nodes = { ...tasks, ...accessLogs, ...balancer, ...events };
    this.signals = balancerSignals(`${name}-alb`, balancer.loadBalancer.arnSuffix);
    this.clusterArn = tasks.cluster.arn;
    this.clusterName = tasks.cluster.name;
    this.namespaceArn = tasks.namespace.arn;
    this.namespaceName = tasks.namespace.name;
    // Read through the association: ECS refuses a service whose capacity provider the cluster does not have yet.
    this.capacityProviderStrategy = tasks.capacityProviders.capacityProviders.apply(() => [...scope.resolved.strategy]);
    this.loadBalancerArn = balancer.loadBalancer.arn;
    this.loadBalancerArnSuffix = balancer.loadBalancer.arnSuffix;
    this.loadBalancerDnsName = balancer.loadBalancer.dnsName;
    this.loadBalancerSecurityGroupId = balancer.securityGroup.id;
    this.listenerArn = balancer.listener.arn;
    this.url = urlOf(scope.resolved.https, this.loadBalancerDnsName);
    this.execKeyArn = tasks.execKey.arn;
    this.registerOutputs(this.outputs());
  }

  grantExec(): Grant {
    return { statements: execStatements(this.execKeyArn, this.nodes.execLogGroup.arn) };
  }

  private outputs(): pulumi.Inputs {
    const { clusterArn, clusterName, namespaceArn, namespaceName, capacityProviderStrategy } = this;
    const { loadBalancerArn, loadBalancerArnSuffix, loadBalancerDnsName, loadBalancerSecurityGroupId } = this;
    const { listenerArn, url, execKeyArn } = this;
    return {
      clusterArn,
      clusterName,
      namespaceArn,
      namespaceName,
      capacityProviderStrategy,
      loadBalancerArn,
      loadBalancerArnSuffix,
      loadBalancerDnsName,
      loadBalancerSecurityGroupId,
      listenerArn,
      url,
      execKeyArn,
    };
  }
}

/** Address of a load balancer: the name on its certificate where there is one. */
export function urlOf(https: HttpsSettings | undefined, dnsName: pulumi.Output<string>): pulumi.Output<string> {
  if (!https) return pulumi.interpolate`http://${dnsName}`;
  return "domainName" in https ? pulumi.output(`https://${https.domainName}`) : pulumi.interpolate`https://${dnsName}`;
}
