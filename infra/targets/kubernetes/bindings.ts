// The table of the target: the component that each kind of node becomes, and the grant of each edge to it.
import { Cache } from "../../../components/kubernetes/cache";
import { Database } from "../../../components/kubernetes/database";
import type { Grant, Signal } from "../../../components/kubernetes/kit";
import { Job } from "../../../components/kubernetes/microservice";
import { constantCase } from "../../../components/kit";
import type { BucketNode } from "../../model/kinds/bucket";
import type { CacheNode } from "../../model/kinds/cache";
import type { DatabaseNode } from "../../model/kinds/database";
import type { JobNode } from "../../model/kinds/job";
import type { Node } from "../../model/kinds/registry";
import type { QueueNode } from "../../model/kinds/queue";
import type { TopicNode } from "../../model/kinds/topic";
import { allEdgesFrom } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import { type Bindings, type Bound as AnyBound, refused, type Surroundings } from "../target";
import { type Foundation, usesBroker } from "./foundation";
import type { kinds } from "./kinds";
import { cacheNodesOf } from "./plan";
import { databaseArgs, jobArgs, migrationArgs } from "./service-args";

/** A thing of the plan in the cluster. */
export interface Bound extends Omit<AnyBound<Grant>, "signals"> {
  /** What Prometheus measures of it. @default nothing */
  readonly signals?: readonly Signal[];
}

export const bindings: Bindings<Foundation, typeof kinds, Node, Bound> = {
  database: bindDatabase,
  cache: bindCache,
  bucket: bindBucket,
  topic: bindTopic,
  queue: bindQueue,
  job: bindJob,
};

/** The service that owns a node. */
function ownerOf({ services }: Foundation, name: string): ServicePlan {
  const owner = services.get(name);
  if (owner === undefined) throw new Error(`the plan has no service ${name}`);
  return owner;
}

function classOf({ plan }: Foundation): { readonly storageClass?: string } {
  const { storageClass } = plan.cluster;
  return storageClass === undefined ? {} : { storageClass };
}

function bindDatabase({ owner: name, name: called, settings, migration }: DatabaseNode, foundation: Foundation): Bound {
  const { placement, opts, plan } = foundation;
  const owner = ownerOf(foundation, name);
  const database = new Database(
    called,
    {
      ...{ placement, ...databaseArgs(settings, plan, owner), ...classOf(foundation) },
      ...(plan.cluster.monitoring && { monitoring: plan.cluster.monitoring }),
    },
    opts,
  );
  const grants = { database: database.grantMigrate() };
  const job =
    migration &&
    new Job(
      migration.name,
      {
        placement,
        ...migrationArgs(owner, migration, plan.cluster.imagePullSecrets),
        grants,
      },
      opts,
    );
  return {
    grant: () => database.grantConnect(),
    ...(migration && { given: { [migration.name]: grants } }),
    signals: database.signals,
    outputs: {
      databases: { [name]: database.endpoint },
      ...(job && { migrations: { [name]: job.runCommand } }),
    },
  };
}

function bindCache({ users, sharing }: CacheNode, foundation: Foundation): Bound {
  const { placement, opts, plan } = foundation;
  const { environment } = plan;
  const nodes = cacheNodesOf(environment);
  const { valkey, haproxy } = plan.cluster.storeImages ?? {};
  const cache = new Cache(
    "cache",
    {
      ...{ placement, users, nodes, protectData: environment.protectData, ...classOf(foundation) },
      ...(Object.keys(sharing).length > 0 && { sharing }),
      ...(valkey !== undefined && { image: valkey }),
      ...(haproxy !== undefined && { routeImage: haproxy }),
    },
    opts,
  );
  return {
    grant: ({ from }) => cache.grantConnect(from),
    outputs: { cacheEndpoint: cache.primaryEndpoint },
    signals: cache.signals,
  };
}

/** A bucket that exists: where it is, and the keys to it. */
function bindBucket({ owner, name }: BucketNode, { plan }: Foundation): Bound {
  const { objectStore } = plan.cluster;
  const own = objectStore?.buckets[`${owner}-${name}`];
  // Validation has refused such a plan.
  if (objectStore === undefined || own === undefined)
    throw new Error(`the settings do not name the bucket of ${owner}`);
  const { endpoint, region = "us-east-1", cidr = "0.0.0.0/0" } = objectStore;
  const prefix = `${constantCase(name)}_BUCKET`;
  const { port } = new URL(endpoint);
  const grant: Grant = {
    environment: { [prefix]: own.bucket, [`${prefix}_ENDPOINT`]: endpoint, [`${prefix}_REGION`]: region },
    secrets: {
      [`${prefix}_ACCESS_KEY_ID`]: { secretName: own.secretName, key: "accessKeyId" },
      [`${prefix}_SECRET_ACCESS_KEY`]: { secretName: own.secretName, key: "secretAccessKey" },
    },
    reaches: [{ to: `${owner}-${name}`, port: port === "" ? 443 : Number(port), cidr }],
  };
  return { grant: () => grant };
}

function brokerOf({ messaging }: Foundation) {
  if (messaging === undefined) throw new Error("a plan with queues or topics has a broker");
  return messaging;
}

function bindTopic(topic: TopicNode, foundation: Foundation): Bound {
  const messaging = brokerOf(foundation);
  return {
    grant: (edge) => (edge.verb === "publishes" ? messaging.grantPublish(edge.from, topic.name) : refused(edge, topic)),
  };
}

function bindQueue(queue: QueueNode, foundation: Foundation): Bound {
  const messaging = brokerOf(foundation);
  return {
    grant(edge) {
      if (edge.verb === "consumes") return messaging.grantConsume(edge.from, queue.name);
      if (edge.verb !== "sends") return refused(edge, queue);
      // A service that also consumes the queue has the variable from that edge.
      return edge.policy.alsoConsumes ? {} : messaging.grantSend(edge.from, queue.name);
    },
  };
}

/** Nobody uses a job, so it has no grant. */
function bindJob(node: JobNode, foundation: Foundation, surroundings: Surroundings<Bound>): Bound {
  const { placement, opts, plan } = foundation;
  const { workload } = node;
  const broker = usesBroker(allEdgesFrom(plan, workload)) ? brokerOf(foundation).grantConnect(workload) : undefined;
  const grants = { ...(broker && { broker }), ...surroundings.grantsOf(workload) };
  const { runCommand, signals } = new Job(
    workload,
    { placement, ...jobArgs(node, plan.cluster.imagePullSecrets), grants },
    opts,
  );
  return {
    grant: (edge) => refused(edge, edge.to),
    given: { [workload]: grants },
    outputs: { jobs: { [workload]: runCommand } },
    signals,
  };
}
