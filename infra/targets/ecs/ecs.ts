// Binds a plan to the components on AWS with ECS Fargate. Nothing is decided here: the plan has decided everything.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Duration, offers, type Placement, seconds } from "../../../components/kit";
import { EncryptionKey } from "../../../components/aws/kit";
import { Cluster } from "../../../components/aws/cluster";
import { Firewall } from "../../../components/aws/gateway";
import { EventRegistry, Messaging } from "../../../components/aws/messaging";
import { Network } from "../../../components/aws/network";
import { AlarmTopic } from "../../../components/aws/observability";
import { keyOf } from "../../model/edges";
import { gathered } from "../../model/order";
import type { Plan } from "../../model/plan";
import { binderOf } from "../target";
import { adoptNetwork } from "./existing-network";
import { DataProtection } from "./data-protection";
import { bindings } from "./bindings";
import { createService } from "./ecs-service";
import type { Foundation } from "./foundation";
import { referringTo } from "./renames";
import { type PlatformOutputs, platformOutputs } from "./outputs";
import { settled } from "./standing";

/** Builds everything that the plan names and returns the stack's outputs. */
export function buildOnEcs(plan: Plan): PlatformOutputs {
  const bindNodes = binderOf("ECS", plan.nodes, bindings);
  const foundation = createFoundation(plan);
  const built = new Map(bindNodes(foundation).map(([node, bound]) => [keyOf(node), bound]));
  const edges = gathered(plan.edges.map((edge) => [edge.from, edge] as const));
  for (const service of plan.services) {
    const own = edges.get(service.name) ?? [];
    built.set(keyOf({ kind: "service", name: service.name }), createService(foundation, service, own, built));
  }
  new DataProtection("data-protection", plan.environment.protectData, foundation.components);
  return platformOutputs(foundation, [...built.values()]);
}

/** What every part of the foundation gets. */
type Shared = Pick<Foundation, "plan" | "placement" | "network" | "opts" | "alarmTopicArn">;

function createFoundation(plan: Plan): Foundation {
  const { environment, region, accountId, partition } = plan;
  const placement = { partition, region, accountId };
  // Held to one account: with the credentials of another, nothing is created. Common tags are put on by the provider.
  const provider = new aws.Provider(
    "aws",
    {
      region: region as aws.Region,
      allowedAccountIds: [accountId],
      defaultTags: { tags: { ...plan.tags } },
    },
    // Every resource waits for the provider, and the provider for this.
    { dependsOn: settled(plan) },
  );
  const components: pulumi.Resource[] = [];
  const collect: pulumi.ResourceTransformation = ({ resource, opts: { parent } }) => {
    if (parent === undefined) components.push(resource);
    return undefined;
  };
  // Explicit, because nothing can depend on the engine's default provider.
  components.push(provider);
  const opts = { providers: [provider], transformations: [collect, referringTo(plan.services)] };
  const alarmTopic = new AlarmTopic(
    "alarms",
    { placement, ...(plan.alertEmail !== undefined && { email: plan.alertEmail }) },
    opts,
  );
  const network = plan.existingNetwork
    ? adoptNetwork(plan, plan.existingNetwork, placement, provider)
    : createNetwork(plan, placement, opts);
  const cluster = createCluster(plan, placement, network, alarmTopic.topicArn, opts);
  const firewall = plan.waf ? createFirewall(plan, placement, cluster, opts) : undefined;
  createEventRegistry(plan, placement, opts);
  const shared = { plan, placement, network, opts, alarmTopicArn: alarmTopic.topicArn };
  return {
    ...shared,
    services: new Map(plan.services.map((service) => [service.name, service])),
    components,
    cluster,
    firewall,
    messaging: createMessaging(shared),
    logKeyArn: new EncryptionKey(
      "service-logs",
      {
        placement,
        description: `Logs of the services of ${plan.system}`,
        logs: true,
        deletionWindowInDays: environment.protectData ? 30 : 7,
      },
      opts,
    ).arn,
  };
}

function createNetwork({ environment, zones, endpoints, nat }: Plan, placement: Placement, opts: Foundation["opts"]) {
  const { cidr, masks, endpointZones } = environment.network;
  return new Network(
    "network",
    {
      placement,
      cidr,
      zones,
      ...(masks && { masks }),
      nat,
      endpoints,
      endpointZones,
      flowLogRetentionInDays: environment.logRetentionDays,
    },
    opts,
  );
}

function createCluster(
  { environment, https, services }: Plan,
  placement: Placement,
  network: Foundation["network"],
  alarmTopicArn: pulumi.Output<string>,
  opts: Foundation["opts"],
) {
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
function idleTimeoutOf(services: Plan["services"]): Duration {
  const longest = services.map(({ exposes }) => {
    const { responseTime } = exposes ?? {};
    return responseTime === undefined || responseTime === "none" ? 0 : (seconds(responseTime) ?? 0) + 10;
  });
  return `${Math.max(60, ...longest)}s`;
}

function createFirewall(
  { environment, services }: Plan,
  placement: Placement,
  cluster: Cluster,
  opts: Foundation["opts"],
) {
  const routes = services.flatMap(({ name, exposes }) =>
    exposes?.ratePerMinute === undefined
      ? []
      : [[name, { paths: exposes.paths, perMinute: exposes.ratePerMinute }] as const],
  );
  const bodies = services.flatMap(({ name, exposes }) =>
    exposes?.maxBodySize === undefined ? [] : [[name, { paths: exposes.paths, maxSize: exposes.maxBodySize }] as const],
  );
  return new Firewall(
    "firewall",
    {
      placement,
      resourceArn: cluster.loadBalancerArn,
      resourceName: "cluster-alb",
      routes: Object.fromEntries(routes),
      largeBodies: Object.fromEntries(bodies),
      logRetentionInDays: environment.logRetentionDays,
    },
    opts,
  );
}

function createMessaging({ plan, placement, opts, alarmTopicArn }: Shared) {
  const { queues, topics, subscriptions } = plan;
  return new Messaging(
    "messaging",
    {
      placement,
      queues: Object.fromEntries(
        queues.map(({ name, visibilityTimeout, maxReceiveCount, maxAge, delay, retention }) => [
          name,
          {
            ...{ visibilityTimeout, maxReceiveCount },
            ...(maxAge !== undefined && { maxAge }),
            ...(delay !== undefined && { delay }),
            ...(retention !== undefined && { retention }),
          },
        ]),
      ),
      topics: Object.fromEntries(topics.map(({ name, displayName }) => [name, { displayName }])),
      subscriptions,
      alarmTopicArn,
    },
    opts,
  );
}

/** The contracts that events have; nothing where none has one, or where the partition has no registries. */
function createEventRegistry(
  { system, environment, topics }: Plan,
  placement: Placement,
  opts: Foundation["opts"],
): void {
  const contracts = topics.flatMap(({ name, events }) =>
    events.flatMap(({ type, version, schema }) => (schema ? [[`${name}.${type}`, { version, schema }] as const] : [])),
  );
  if (contracts.length === 0 || !offers(placement.region, "schema-registry")) return;
  new EventRegistry(
    "contracts",
    { placement, description: `Events of ${system} in ${environment.name}`, contracts: Object.fromEntries(contracts) },
    opts,
  );
}
