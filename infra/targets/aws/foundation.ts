// Resources that the services of a stack on AWS share, on ECS and on EKS: provider, network, messaging, keys and the alarm topic.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EncryptionKey } from "../../../components/aws/kit";
import { Firewall } from "../../../components/aws/gateway";
import { EventRegistry, Messaging } from "../../../components/aws/messaging";
import { type ExistingNetwork, Network } from "../../../components/aws/network";
import { UserPool } from "../../../components/aws/user-pool";
import { AlarmTopic } from "../../../components/aws/observability";
import { type Duration, type Grant, offers, type Placement, seconds } from "../../../components/kit";
import { isEntrance, nodesOf } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import { adoptNetwork } from "./existing-network";
import type { AwsPlan } from "./plan";
import { referringTo } from "./renames";
import { settled } from "./standing";

/** The part of a stack on AWS that comes before stores and services. */
export interface Foundation {
  readonly plan: AwsPlan;
  /** Services of the plan by name. */
  readonly services: ReadonlyMap<string, ServicePlan>;
  readonly placement: Placement;
  readonly network: Network | ExistingNetwork;
  readonly messaging: Messaging;
  /** Key of the services' logs. */
  readonly logKeyArn: pulumi.Output<string>;
  readonly alarmTopicArn: pulumi.Output<string>;
  /** The stack's own issuer of tokens. */
  readonly userPool?: UserPool;
  /** Grant to publish on the alarm topic, for workloads that send alerts themselves. */
  readonly alerts: Grant;
  readonly opts: pulumi.ComponentResourceOptions;
  /** Every component that was created with `opts`. */
  readonly components: readonly pulumi.Resource[];
}

/** Creates provider, network, messaging, keys and the alarm topic. */
export function createFoundation(plan: AwsPlan): Foundation {
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
    {
      placement,
      ...(plan.alertEmail !== undefined && { email: plan.alertEmail }),
      ...(plan.alertWebhook !== undefined && { webhookUrl: plan.alertWebhook }),
    },
    opts,
  );
  const network = plan.existingNetwork
    ? adoptNetwork(plan, plan.existingNetwork, placement, provider)
    : createNetwork(plan, placement, opts);
  createEventRegistry(plan, placement, opts);
  const shared = { plan, placement, network, opts };
  const userPool = createUserPool(plan, placement, opts);
  return {
    ...shared,
    ...(userPool && { userPool }),
    alarmTopicArn: alarmTopic.topicArn,
    alerts: alarmTopic.grantPublish(),
    services: new Map(plan.services.map((service) => [service.name, service])),
    components,
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

function createUserPool({ userPool, environment }: AwsPlan, placement: Placement, opts: Foundation["opts"]) {
  if (userPool === undefined) return undefined;
  return new UserPool("user-pool", { placement, ...userPool, protectData: environment.protectData }, opts);
}

/** Stack outputs for sign-in: issuer, address of the sign-in page, and `<entrance>ClientId`. */
export function userPoolOutputs(pool: UserPool | undefined) {
  if (pool === undefined) return {};
  const { issuer, signInUrl, clientIds } = pool;
  const ids = Object.entries(clientIds).map(([name, id]) => [`${name}ClientId`, id] as const);
  return { userPool: { issuer, signInUrl, ...Object.fromEntries(ids) } };
}

function createNetwork(
  { environment, zones, endpoints, nat }: AwsPlan,
  placement: Placement,
  opts: Foundation["opts"],
) {
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

/** Whether the system has an entrance; the load balancer then accepts requests of entrances only. */
export const hasEntrance = ({ nodes }: Pick<AwsPlan, "nodes">): boolean => nodes.some(isEntrance);

/** Longest silence that the load balancer bears: it has one limit for all routes, a little above the slowest of them. */
export function idleTimeoutOf({ services }: Pick<AwsPlan, "services">): Duration {
  const longest = services.map(({ exposes }) => {
    const { responseTime } = exposes ?? {};
    return responseTime === undefined || responseTime === "none" ? 0 : (seconds(responseTime) ?? 0) + 10;
  });
  return `${Math.max(60, ...longest)}s`;
}

/**
 * The firewall before the load balancer, with the limits of the exposed services. Behind an entrance there is none: the load balancer sees the
 * addresses of the VPC link only.
 */
export function createFirewall(
  { plan, placement, opts }: Foundation,
  guarded: { readonly arn: pulumi.Output<string>; /** Logical name. */ readonly name: string },
): Firewall | undefined {
  const { environment, services, waf } = plan;
  if (waf === false || hasEntrance(plan)) return undefined;
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
      resourceArn: guarded.arn,
      resourceName: guarded.name,
      routes: Object.fromEntries(routes),
      largeBodies: Object.fromEntries(bodies),
      countOnly: waf === "count",
      logRetentionInDays: environment.logRetentionDays,
    },
    opts,
  );
}

function createMessaging({ plan, placement, opts }: Pick<Foundation, "plan" | "placement" | "opts">) {
  const [queues, topics] = [nodesOf(plan, "queue"), nodesOf(plan, "topic")];
  return new Messaging(
    "messaging",
    {
      placement,
      queues: Object.fromEntries(
        queues.map(({ name, visibilityTimeout, maxReceiveCount, maxAge, delay, retention, fifo }) => [
          name,
          {
            ...{ visibilityTimeout, maxReceiveCount },
            ...(maxAge !== undefined && { maxAge }),
            ...(fifo && { fifo }),
            ...(delay !== undefined && { delay }),
            ...(retention !== undefined && { retention }),
          },
        ]),
      ),
      topics: Object.fromEntries(
        topics.map(({ name, displayName, fifo }) => [name, { displayName, ...(fifo && { fifo }) }]),
      ),
      subscriptions: topics.flatMap(({ name: topic, subscriptions }) =>
        subscriptions.map((subscription) => ({ topic, ...subscription })),
      ),
    },
    opts,
  );
}

/** The contracts that events have; nothing where none has one, or where the partition has no registries. */
function createEventRegistry(plan: AwsPlan, placement: Placement, opts: Foundation["opts"]): void {
  const { system, environment } = plan;
  const contracts = nodesOf(plan, "topic").flatMap(({ name, events }) =>
    events.flatMap(({ type, version, schema }) => (schema ? [[`${name}.${type}`, { version, schema }] as const] : [])),
  );
  if (contracts.length === 0 || !offers(placement.region, "schema-registry")) return;
  new EventRegistry(
    "contracts",
    { placement, description: `Events of ${system} in ${environment.name}`, contracts: Object.fromEntries(contracts) },
    opts,
  );
}
