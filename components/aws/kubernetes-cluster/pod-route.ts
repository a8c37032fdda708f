// The way from a load balancer to the pods of a service. The load balancer and the target group are this program's: a controller that made them
// would leave them behind when the cluster goes before it has deleted them, and the VPC could not be deleted. The load balancer controller of
// Auto Mode only registers the addresses of pods (TargetGroupBinding).
import * as kubernetes from "@pulumi/kubernetes";
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, type Placement, type Signal, throwIfAny, transformed, type Transform } from "../../kit";
import { placed, signalAlarms } from "../kit";
import { createRoute, resolveRouting, type RoutingSettings, targetSignals, validateRouting } from "../microservice";

const TYPE = "archipelago:kubernetes-cluster:PodRoute";

/** Arguments of {@link PodRoute}. */
export interface PodRouteArgs {
  readonly placement: Placement;
  readonly network: { readonly vpcId: pulumi.Input<string> };
  /** Name of the EKS cluster. */
  readonly clusterName: pulumi.Input<string>;
  /** Namespace of the Service. */
  readonly namespace: pulumi.Input<string>;
  /** Name of the Service, whose port is the container's. */
  readonly serviceName: pulumi.Input<string>;
  readonly port: number;
  readonly routing: RoutingSettings;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: PodRouteTransforms;
}

/** One slot a kind of child. */
export interface PodRouteTransforms {
  readonly targetGroup?: Transform<aws.lb.TargetGroupArgs>;
  readonly listenerRule?: Transform<aws.lb.ListenerRuleArgs>;
  readonly binding?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/**
 * A target group with its listener rule and alarms, and the TargetGroupBinding that registers the pods of a Service. It costs 0.20 USD a month for two
 * alarms. `port` replaces the target group. Needs a provider for AWS and one for Kubernetes.
 *
 * @example
 * new PodRoute("order", { placement, network, clusterName, namespace, serviceName: "order", port: 8080, routing }, { providers });
 */
export class PodRoute extends pulumi.ComponentResource {
  readonly targetGroupArn: pulumi.Output<string>;
  /** Metrics of the requests, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly targetGroup: aws.lb.TargetGroup;
    readonly listenerRule: aws.lb.ListenerRule;
    readonly binding: kubernetes.apiextensions.CustomResource;
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(name: string, args: PodRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateRouting(args.routing)]);
    const { clusterName, routing, port, tags, transform } = args;
    const { targetGroup, listenerRule } = createRoute({
      ...{ name, args, port, child: { parent: this } },
      routing: resolveRouting(routing, "/health"),
      // The role of the cluster may register targets only in groups with this tag (AmazonEKSLoadBalancingPolicy).
      targetTags: { "eks:eks-cluster-name": clusterName },
    });
    const binding = createBinding(name, args, targetGroup, this);
    const { loadBalancerArnSuffix: suffix } = routing;
    this.signals = suffix === undefined ? [] : targetSignals(name, { targetGroup }, suffix, "Pods");
    const alarms = signalAlarms(
      {
        parent: this,
        tags,
        transform: transform?.alarm,
        topicArn: undefined,
        nameOf: ({ role }) => `${name}-${role}`,
      },
      this.signals,
    );
    this.nodes = { targetGroup, listenerRule, binding, alarms };
    this.targetGroupArn = targetGroup.arn;
    this.registerOutputs({ targetGroupArn: this.targetGroupArn });
  }
}

/** https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html: the group is eks.amazonaws.com, where the controller of Auto Mode looks. */
function createBinding(
  name: string,
  { namespace, serviceName, port, transform }: PodRouteArgs,
  targetGroup: aws.lb.TargetGroup,
  parent: pulumi.Resource,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      transform?.binding,
      `${name}-targets`,
      {
        apiVersion: "eks.amazonaws.com/v1",
        kind: "TargetGroupBinding",
        metadata: { name, namespace },
        spec: { serviceRef: { name: serviceName, port }, targetGroupARN: targetGroup.arn, targetType: "ip" },
      },
      { parent },
    ),
  );
}
