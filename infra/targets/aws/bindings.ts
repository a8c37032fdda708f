// Stores and channels on AWS: the component of each node, and the grant of each edge to it.
import { Cache } from "../../../components/aws/cache";
import { ObjectStore } from "../../../components/aws/storage";
import { alarmsOf } from "../../../components/aws/kit";
import { type AlarmLink, constantCase, type Signal } from "../../../components/kit";
import type { Edge } from "../../model/edges";
import type { BucketNode } from "../../model/kinds/bucket";
import type { CacheNode } from "../../model/kinds/cache";
import type { QueueNode } from "../../model/kinds/queue";
import type { TopicNode } from "../../model/kinds/topic";
import type { ServicePlan } from "../../model/plan";
import { type Bound, refused } from "../target";
import type { Foundation } from "./foundation";
import { storeName } from "./names";
import { ownedBy } from "./renames";

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

export function bindBucket({ owner: name, name: bucket, settings }: BucketNode, foundation: Foundation): Bound {
  const { owner, tags } = ownerOf(foundation, name);
  const { placement, opts } = foundation;
  const former = owner.renamedFrom === undefined ? undefined : storeName(owner.renamedFrom, bucket);
  const args = { placement, protectData: owner.protectData, tags, ...settings };
  const store = new ObjectStore(storeName(name, bucket), args, ownedBy(opts, storeName(name, bucket), former));
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
      // A service that also consumes the queue has the variable from that edge.
      return edge.policy.alsoConsumes ? { statements: grant.statements ?? [] } : grant;
    },
    ...messaging.observe(queue.name),
  };
}
