// Builds a plan on AWS with ECS Fargate. Nothing is decided here: the plan has decided everything.
import { Cluster } from "../../../components/aws/cluster";
import { meshSignals } from "../../../components/aws/microservice";
import { keyOf } from "../../model/edges";
import { allEdgesFrom } from "../../model/lookup";
import { DataProtection } from "../aws/data-protection";
import {
  createFirewall,
  createFoundation,
  type Foundation as AwsFoundation,
  hasEntrance,
  idleTimeoutOf,
} from "../aws/foundation";
import { createObservability } from "../aws/observability";
import type { AwsPlan } from "../aws/plan";
import { type Rights, rightsOf } from "../rights";
import { bind, type Bound } from "../target";
import { bindings } from "./bindings";
import { createService } from "./ecs-service";
import type { Foundation } from "./foundation";
import { type PlatformOutputs, platformOutputs } from "./outputs";
import { called, requestsTo } from "./requests";

/** Builds everything that the plan names and returns the stack's outputs. */
export function buildOnEcs(plan: AwsPlan): PlatformOutputs {
  const { foundation, built } = create(plan);
  const watched = watch(foundation, built);
  new DataProtection("data-protection", plan.environment.protectData, foundation.components);
  return { ...platformOutputs(foundation, [...built.values()]), ...watched };
}

/** Builds everything that has a workload or is used by one, and returns what each workload is given. */
export function rightsOnEcs(plan: AwsPlan): Rights {
  return rightsOf(plan, create(plan).built);
}

/** Creates the foundation, the nodes of the plan, and then the services. */
function create(plan: AwsPlan): { readonly foundation: Foundation; readonly built: ReadonlyMap<string, Bound> } {
  const foundation = withCluster(createFoundation(plan));
  const built = new Map(
    bind(plan.nodes, foundation, bindings, plan.edges).map(([node, bound]) => [keyOf(node), bound]),
  );
  for (const service of plan.services) {
    const own = allEdgesFrom(plan, service.name);
    built.set(keyOf({ kind: "service", name: service.name }), createService(foundation, service, own, built));
  }
  return { foundation, built };
}

/** Dashboards and alarms over everything that was built. */
function watch(foundation: Foundation, services: ReadonlyMap<string, Bound>) {
  const { plan, cluster, firewall, network } = foundation;
  const built = new Map(services);
  for (const service of plan.services) {
    const calls = called(plan, services, service);
    const key = keyOf({ kind: "service", name: service.name });
    const bound = services.get(key);
    if (calls && bound)
      built.set(key, { ...bound, signals: [...(bound.signals ?? []), ...meshSignals(service.name, calls)] });
  }
  return createObservability(foundation, {
    built,
    frontDoor: [
      { title: "load balancer", signals: cluster.signals },
      ...(firewall ? [{ title: "firewall", signals: firewall.signals }] : []),
    ],
    network: { title: "network", signals: network.signals },
    requestsTo: (service) => requestsTo(plan, services, service),
    // What Pulumi puts behind the cluster's name.
    suffix: cluster.clusterName.apply((name) => name.slice(name.lastIndexOf("-") + 1)),
  });
}

function withCluster(foundation: AwsFoundation): Foundation {
  const cluster = createCluster(foundation);
  const guarded = { arn: cluster.loadBalancerArn, name: "cluster-alb" };
  return { ...foundation, cluster, firewall: createFirewall(foundation, guarded) };
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
      idleTimeout: idleTimeoutOf(plan),
      alarmTopicArn,
      openToVpc: !hasEntrance(plan),
      ...(https && { https }),
      ...(services.some(({ exposes }) => exposes?.authentication === "jwt") && { jwtValidation: true }),
    },
    opts,
  );
}
