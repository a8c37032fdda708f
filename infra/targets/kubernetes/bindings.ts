// The table of the target: the component that each kind of node becomes, and the grant of each edge to it.
import type { Grant } from "../../../components/kubernetes/kit";
import { constantCase } from "../../../components/kit";
import type { BucketNode } from "../../model/kinds/bucket";
import type { Node } from "../../model/kinds/registry";
import type { QueueNode } from "../../model/kinds/queue";
import type { TopicNode } from "../../model/kinds/topic";
import { type Bindings, type Bound as AnyBound, refused } from "../target";
import type { Foundation } from "./foundation";
import type { kinds } from "./kinds";

/** A thing of the plan in the cluster. */
export type Bound = AnyBound<Grant>;

export const bindings: Bindings<Foundation, typeof kinds, Node, Bound> = {
  bucket: bindBucket,
  topic: bindTopic,
  queue: bindQueue,
};

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
      // Who also consumes the queue has its variable from that edge.
      return edge.policy.alsoConsumes ? {} : messaging.grantSend(edge.from, queue.name);
    },
  };
}
