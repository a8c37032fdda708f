// Builds a plan on AWS with ECS Fargate. Nothing is decided here: the plan has decided everything.
import { Cluster } from "../../../components/aws/cluster";
import { type Duration, seconds } from "../../../components/kit";
import { keyOf } from "../../model/edges";
import { gathered } from "../../model/order";
import { DataProtection } from "../aws/data-protection";
import { createFirewall, createFoundation, type Foundation as AwsFoundation } from "../aws/foundation";
import type { AwsPlan } from "../aws/plan";
import { bind } from "../target";
import { bindings } from "./bindings";
import { createService } from "./ecs-service";
import type { Foundation } from "./foundation";
import { type PlatformOutputs, platformOutputs } from "./outputs";

/** Builds everything that the plan names and returns the stack's outputs. */
export function buildOnEcs(plan: AwsPlan): PlatformOutputs {
  const foundation = withCluster(createFoundation(plan));
  const built = new Map(bind(plan.nodes, foundation, bindings).map(([node, bound]) => [keyOf(node), bound]));
  const edges = gathered(plan.edges.map((edge) => [edge.from, edge] as const));
  for (const service of plan.services) {
    const own = edges.get(service.name) ?? [];
    built.set(keyOf({ kind: "service", name: service.name }), createService(foundation, service, own, built));
  }
  new DataProtection("data-protection", plan.environment.protectData, foundation.components);
  return platformOutputs(foundation, [...built.values()]);
}

function withCluster(foundation: AwsFoundation): Foundation {
  const cluster = createCluster(foundation);
  const guarded = { arn: cluster.loadBalancerArn, name: "cluster-alb" };
  return { ...foundation, cluster, firewall: foundation.plan.waf ? createFirewall(foundation, guarded) : undefined };
}

function createCluster({ plan, placement, network, alarmTopicArn, opts }: AwsFoundation): Cluster {
  const { environment, https, services } = plan;
  return new Cluster(
    "cluster",
    {
      placement,
      network,
      capacity: environment.capacity,
      logRetentionInDays: environment.logRetentionDays,
      protectData: environment.protectData,
      idleTimeout: idleTimeoutOf(services),
      alarmTopicArn,
      ...(https && { https }),
      ...(services.some(({ exposes }) => exposes?.authentication === "jwt") && { jwtValidation: true }),
    },
    opts,
  );
}

/** Longest silence that the load balancer bears: it has one limit for all routes, a little above the slowest of them. */
function idleTimeoutOf(services: AwsPlan["services"]): Duration {
  const longest = services.map(({ exposes }) => {
    const { responseTime } = exposes ?? {};
    return responseTime === undefined || responseTime === "none" ? 0 : (seconds(responseTime) ?? 0) + 10;
  });
  return `${Math.max(60, ...longest)}s`;
}
