// Stores and channels on AWS: the component of each node, and the grant of each edge to it.
import type * as pulumi from "@pulumi/pulumi";
import { PostgresDatabase, ServerlessDatabase } from "../../../components/aws/database";
import { Cache } from "../../../components/aws/cache";
import { ObjectStore } from "../../../components/aws/storage";
import { alarmsOf } from "../../../components/aws/kit";
import { type AlarmLink, constantCase, type Grant, shortened, type Signal } from "../../../components/kit";
import type { Edge } from "../../model/edges";
import type { BucketNode } from "../../model/kinds/bucket";
import type { CacheNode } from "../../model/kinds/cache";
import type { DatabaseNode } from "../../model/kinds/database";
import type { QueueNode } from "../../model/kinds/queue";
import type { TopicNode } from "../../model/kinds/topic";
import type { MigrationPlan, ServicePlan } from "../../model/plan";
import { type Bound, refused } from "../target";
import type { Foundation } from "./foundation";
import { ownedBy } from "./renames";
import { LONGEST_STORE_NAME } from "./store-names";

/** A thing that one service owns, with one grant for it. */
const owned = (grant: () => Grant, outputs: Bound["outputs"]): Bound => ({ grant, ...(outputs && { outputs }) });

/** Metrics of a component, and the alarms made from them. Its service's alarm sends the messages, so the component is given no topic. */
export const observed = ({
  signals,
  nodes: { alarms },
}: {
  readonly signals: readonly Signal[];
  readonly nodes: { readonly alarms: Readonly<Record<string, AlarmLink>> };
}): Pick<Bound, "signals" | "alarms"> => ({ signals, alarms: alarmsOf(signals, alarms) });

/** The service that owns a node, and the tags of what it owns. */
export function ownerOf({ services }: Foundation, name: string) {
  const owner = services.get(name);
  if (owner === undefined) throw new Error(`the plan has no service ${name}`);
  return { owner, tags: tagsOf(owner) };
}

/** Tags of a service and of what it owns. */
export function tagsOf({ name, context }: ServicePlan): Record<string, string> {
  return { Service: name, Context: context };
}

/** A database of a service. */
export type Database = PostgresDatabase | ServerlessDatabase;

/** Creates what runs a migration; returns the command that starts it. */
export type Migrate<F extends Foundation> = (
  foundation: F,
  owner: ServicePlan,
  migration: MigrationPlan,
  database: Database,
) => pulumi.Output<string>;

/** Databases, with the migrations that `migrate` creates. */
export function databaseBinding<F extends Foundation>(migrate: Migrate<F>) {
  return ({ owner: name, settings, migration }: DatabaseNode, foundation: F): Bound => {
    const { owner, tags } = ownerOf(foundation, name);
    const database = createDatabase(foundation, owner, settings, tags);
    const command = migration && migrate(foundation, owner, migration, database);
    return {
      ...owned(() => database.grantConnect(), {
        databases: { [name]: database.endpoint },
        ...(command && { migrations: { [name]: command } }),
      }),
      ...observed(database),
    };
  };
}

function createDatabase(
  { placement, network, opts: shared, plan: { environment } }: Foundation,
  { name: service, renamedFrom, protectData }: ServicePlan,
  database: DatabaseNode["settings"],
  tags: Record<string, string>,
): Database {
  const { databaseName, backupRetention, engineVersion, upgradeFrom, snapshotIdentifier } = database;
  // Every child of what the service owns is named after the service.
  const opts = ownedBy(shared, service, renamedFrom);
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

export function bindBucket({ owner: name, name: bucket, settings }: BucketNode, foundation: Foundation): Bound {
  const { owner, tags } = ownerOf(foundation, name);
  const { placement, opts } = foundation;
  const storeName = (service: string): string => shortened(`${service}-${bucket}`, LONGEST_STORE_NAME);
  const former = owner.renamedFrom === undefined ? undefined : storeName(owner.renamedFrom);
  const args = { placement, protectData: owner.protectData, tags, ...settings };
  const store = new ObjectStore(storeName(name), args, ownedBy(opts, storeName(name), former));
  const variable = `${constantCase(bucket)}_BUCKET`;
  return {
    grant(edge) {
      if (edge.verb === "reads") return store.grantRead(variable);
      return edge.verb === "owns" ? store.grantReadWrite(variable) : refused(edge, edge.to);
    },
    outputs: { buckets: { [`${name}-${bucket}`]: store.bucketName } },
  };
}

export function bindCache(
  { engine, engineVersion, users, sharing, nodes }: CacheNode,
  { plan: { environment }, placement, network, opts }: Foundation,
): Bound {
  const cache = new Cache(
    "cache",
    {
      placement,
      network,
      users,
      ...(Object.keys(sharing).length > 0 && { sharing }),
      engine,
      engineVersion,
      nodeType: environment.cache.nodeType,
      nodes,
      logRetentionInDays: environment.logRetentionDays,
      protectData: environment.protectData,
    },
    opts,
  );
  return {
    grant: ({ from }: Edge) => cache.grantConnect(from),
    outputs: { cacheEndpoint: cache.primaryEndpoint },
    ...observed(cache),
  };
}

export function bindTopic(topic: TopicNode, { messaging }: Foundation): Bound {
  return {
    grant: (edge) =>
      edge.verb === "publishes" ? messaging.grantPublish(topic.name, edge.policy.eventTypes) : refused(edge, topic),
    ...messaging.observe(topic.name),
  };
}

export function bindQueue(queue: QueueNode, { messaging }: Foundation): Bound {
  const arn = messaging.queueArns[queue.name];
  return {
    ...(arn && { arn }),
    grant(edge) {
      if (edge.verb === "consumes") return messaging.grantConsume(queue.name);
      if (edge.verb !== "sends") return refused(edge, queue);
      const grant = messaging.grantSend(queue.name);
      // Who also consumes the queue has its variable from that edge.
      return edge.policy.alsoConsumes ? { statements: grant.statements ?? [] } : grant;
    },
    ...messaging.observe(queue.name),
  };
}
