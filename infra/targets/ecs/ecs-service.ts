// One service of the plan: its stores, then the service itself, holding exactly one grant for each of its edges.
import { type Grant, type SecretLink, seconds, shortened } from "../../../components/kit";
import { PostgresDatabase, ServerlessDatabase } from "../../../components/aws/database";
import { Microservice, OneOffTask } from "../../../components/aws/microservice";
import { GeneratedSecrets } from "../../../components/aws/secret";
import { ObjectStore } from "../../../components/aws/storage";
import type { ServicePlan } from "../../model/plan";
import type { Foundation } from "./ecs";
import { ownedBy } from "./renames";
import { LONGEST_STORE_NAME } from "./store-names";

/** A service and what belongs to it alone. */
export interface BuiltService {
  readonly service: Microservice;
  readonly database: PostgresDatabase | ServerlessDatabase | undefined;
  readonly migration: OneOffTask | undefined;
  /** By the name that the system gives them. */
  readonly buckets: Readonly<Record<string, ObjectStore>>;
}

/** Creates a service; its callees are in `built` already. */
export function createService(
  foundation: Foundation,
  plan: ServicePlan,
  built: ReadonlyMap<string, BuiltService>,
): BuiltService {
  const tags = { Service: plan.name, Context: plan.context };
  // Every child of what the service owns is named after the service.
  const owned = { ...foundation, opts: ownedBy(foundation.opts, plan.name, plan.renamedFrom) };
  const database = plan.database && createDatabase(owned, plan, plan.database, tags);
  const buckets = createBuckets(foundation, plan, tags);
  const { placement, cluster, network, alarmTopicArn, logKeyArn } = foundation;
  const { environment } = foundation.plan;
  const secrets = createSecrets(owned, plan, tags);
  const existing = existingSecrets(plan);
  const service = new Microservice(
    plan.name,
    {
      placement,
      cluster,
      network,
      image: plan.image,
      port: plan.port,
      cpu: plan.cpu,
      memory: plan.memory,
      architecture: plan.architecture,
      ...plan.runtime,
      ...(plan.requestTimeout !== undefined && { requestTimeout: plan.requestTimeout }),
      environment: plan.environment,
      ...(Object.keys(existing).length > 0 && { secrets: existing }),
      grants: grantsOf(foundation, plan, built, { database, buckets, secrets }),
      ...(plan.exposes && {
        routing: {
          listenerArn: cluster.listenerArn,
          loadBalancerSecurityGroupId: cluster.loadBalancerSecurityGroupId,
          loadBalancerArnSuffix: cluster.loadBalancerArnSuffix,
          ...routesOf(foundation.plan, plan.exposes),
        },
      }),
      scaling: scalingOf(foundation, plan),
      waitForSteadyState: environment.waitForSteadyState ?? true,
      logRetentionInDays: environment.logRetentionDays,
      logKeyArn,
      alarmTopicArn,
      tags,
    },
    owned.opts,
  );
  const migration = database && plan.migration && createMigration(foundation, plan, plan.migration, database, tags);
  return { service, database, migration, buckets };
}

/** The part of a service's routes that the load balancer holds; limits are the firewall's. */
function routesOf({ identity }: Foundation["plan"], exposes: NonNullable<ServicePlan["exposes"]>) {
  const { paths, priority, healthCheck, balancing, slowStart, authentication, tokens, responseTime } = exposes;
  // A task that stops has time for the answers that it is at.
  const slow = responseTime !== undefined && responseTime !== "none" && (seconds(responseTime) ?? 0) > 30;
  const routes = {
    ...{ paths, priority, healthCheck, balancing },
    ...(slowStart !== undefined && { slowStart }),
    ...(slow && { deregistrationDelay: responseTime }),
  };
  if (authentication !== "jwt") return routes;
  // Validation has refused such a plan; a route that is to be guarded is never built without its guard.
  if (!identity) throw new Error("a route asks for tokens, and the plan does not say who signs them");
  const audience = tokens?.audience ?? identity.audience;
  if (audience === undefined) throw new Error("a route asks for tokens, and nothing says whom they are for");
  return { ...routes, jwt: { ...identity, ...tokens, audience } };
}

/** One grant an edge: what a service gets is what this list says. */
function grantsOf(
  { network, messaging, cache, firewall }: Foundation,
  plan: ServicePlan,
  built: ReadonlyMap<string, BuiltService>,
  owned: Pick<BuiltService, "database" | "buckets"> & { readonly secrets: GeneratedSecrets | undefined },
): Record<string, Grant> {
  const grants: [name: string, grant: Grant | undefined][] = [
    ["endpoints", network.grantEndpoints()],
    ["internet", plan.internetEgress ? network.grantInternet() : undefined],
    ["firewall", plan.exposes ? firewall?.grantProtection() : undefined],
    ["secrets", owned.secrets?.grantRead()],
    ["database", owned.database?.grantConnect()],
    ["cache", plan.usesCache ? cache?.grantConnect(plan.name) : undefined],
    ...Object.entries(owned.buckets).map(([name, bucket]): [string, Grant] => [
      `bucket-${name}`,
      bucket.grantReadWrite(`${name.toUpperCase().replaceAll("-", "_")}_BUCKET`),
    ]),
    ...plan.publishes.map(({ topic, eventTypes }): [string, Grant] => [
      topic,
      messaging.grantPublish(topic, eventTypes),
    ]),
    ...queueGrants(messaging, plan),
    ...plan.calls.map(({ service, timeout, retries, backoff, breaker, bulkhead }): [string, Grant | undefined] => [
      `call-${service}`,
      built.get(service)?.service.grantCall({ timeout, retries, backoff, breaker, bulkhead }),
    ]),
  ];
  return Object.fromEntries(grants.flatMap(([name, grant]) => (grant ? [[name, grant]] : [])));
}

/** A service that both sends to and consumes a queue gets both rights, and the queue's variable once. */
function queueGrants(messaging: Foundation["messaging"], plan: ServicePlan): [string, Grant][] {
  const sendsOnly = plan.sendsTo.filter((queue) => !plan.consumes.includes(queue));
  const both = plan.sendsTo.filter((queue) => plan.consumes.includes(queue));
  return [
    ...plan.consumes.map((queue): [string, Grant] => [`consume-${queue}`, messaging.grantConsume(queue)]),
    ...sendsOnly.map((queue): [string, Grant] => [`send-${queue}`, messaging.grantSend(queue)]),
    ...both.map((queue): [string, Grant] => [
      `send-${queue}`,
      { statements: messaging.grantSend(queue).statements ?? [] },
    ]),
  ];
}

function scalingOf({ messaging }: Foundation, { scaling: { queue, backlogPerTask: backlog, ...rest } }: ServicePlan) {
  const queueNameOf = (name: string) => {
    const queueName = messaging.queueNames[name];
    if (!queueName) throw new Error(`the plan scales on ${name}, which it does not have`);
    return queueName;
  };
  return {
    ...rest,
    ...(queue && { queue: { queueName: queueNameOf(queue.queue), steps: queue.steps, cooldown: queue.cooldown } }),
    ...(backlog && { backlogPerTask: { queueName: queueNameOf(backlog.queue), target: backlog.target } }),
  };
}

function createDatabase(
  { placement, network, opts, alarmTopicArn, plan: { environment } }: Foundation,
  { name: service, protectData }: ServicePlan,
  database: NonNullable<ServicePlan["database"]>,
  tags: Record<string, string>,
): PostgresDatabase | ServerlessDatabase {
  const { databaseName, backupRetention, engineVersion, upgradeFrom, snapshotIdentifier } = database;
  const common = {
    placement,
    network,
    databaseName,
    backupRetention,
    ...(engineVersion !== undefined && { engineVersion }),
    ...(upgradeFrom !== undefined && { upgradeFrom }),
    ...(snapshotIdentifier !== undefined && { snapshotIdentifier }),
    protectData,
    logRetentionInDays: environment.logRetentionDays,
    alarmTopicArn,
    tags,
  };
  if (database.kind === "aurora-serverless") {
    const { minCapacity, maxCapacity } = database;
    const { readers, scaleToZero } = environment.database;
    return new ServerlessDatabase(`${service}-db`, { ...common, minCapacity, maxCapacity, readers, scaleToZero }, opts);
  }
  const { instanceClass, allocatedStorage, maxAllocatedStorage, performanceInsights } = database;
  return new PostgresDatabase(
    `${service}-db`,
    {
      ...common,
      instanceClass,
      allocatedStorage,
      maxAllocatedStorage,
      multiAz: environment.database.multiAz,
      ...(performanceInsights !== undefined && { performanceInsights }),
    },
    opts,
  );
}

/** The task that prepares the database: the only one whose role can read the master user's secret. */
function createMigration(
  { placement, cluster, network, opts, logKeyArn, plan: { environment } }: Foundation,
  { architecture }: ServicePlan,
  { name, image, command, cpu, memory, runtime }: NonNullable<ServicePlan["migration"]>,
  database: PostgresDatabase | ServerlessDatabase,
  tags: Record<string, string>,
): OneOffTask {
  return new OneOffTask(
    name,
    {
      placement,
      cluster,
      network,
      image,
      ...(command && { command }),
      cpu,
      memory,
      architecture,
      ...runtime,
      grants: { endpoints: network.grantEndpoints(), database: database.grantMigrate() },
      logRetentionInDays: environment.logRetentionDays,
      logKeyArn,
      tags,
    },
    opts,
  );
}

function createBuckets(
  { placement, opts }: Foundation,
  plan: ServicePlan,
  tags: Record<string, string>,
): Record<string, ObjectStore> {
  return Object.fromEntries(
    plan.buckets.map(({ name, ...bucket }) => {
      const storeName = (service: string): string => shortened(`${service}-${name}`, LONGEST_STORE_NAME);
      const former = plan.renamedFrom === undefined ? undefined : storeName(plan.renamedFrom);
      const args = { placement, protectData: plan.protectData, tags, ...bucket };
      return [name, new ObjectStore(storeName(plan.name), args, ownedBy(opts, storeName(plan.name), former))];
    }),
  );
}

/** What somebody else has created is only named. */
function existingSecrets({ secrets }: ServicePlan): Record<string, SecretLink> {
  return Object.fromEntries(
    secrets.flatMap((secret): [string, SecretLink][] => {
      if ("length" in secret) return [];
      const { variable, ...link } = secret;
      return [[variable, link]];
    }),
  );
}

function createSecrets(
  { placement, opts }: Foundation,
  plan: ServicePlan,
  tags: Record<string, string>,
): GeneratedSecrets | undefined {
  const made = plan.secrets.flatMap((secret): [string, { length: number }][] =>
    "length" in secret ? [[secret.variable, { length: secret.length }]] : [],
  );
  if (made.length === 0) return undefined;
  return new GeneratedSecrets(
    plan.name,
    {
      placement,
      secrets: Object.fromEntries(made),
      recoveryWindowInDays: plan.protectData ? 30 : 7,
      tags,
    },
    opts,
  );
}
