// What a messaging component on Kubernetes takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type { Duration, Size, Transform } from "../../kit";
import type { Grant, Monitoring, Placement, Signal } from "../kit";

/** Arguments of {@link Messaging}. */
export interface MessagingArgs {
  readonly placement: Placement;
  /** Queues by name (`order-processing-queue`): lower-case letters, digits and dashes. */
  readonly queues: Readonly<Record<string, QueueSettings>>;
  /** Topics by name (`order-events`): lower-case letters, digits and dashes; no queue has the same name. */
  readonly topics: readonly string[];
  /** Which topics deliver to which queues; at most one subscription for a pair. */
  readonly subscriptions: readonly SubscriptionSettings[];
  /** Rights of each service, by its name. Each service is a user of the broker. */
  readonly users: Readonly<Record<string, UserSettings>>;
  /** Nodes of the broker: 1, 3 or 5. Each queue has three replicas where there are three nodes. @default 3 */
  readonly nodes?: number;
  /**
   * Image of RabbitMQ 4.1 or later with the management plugin, with a tag or a digest.
   * @default "docker.io/library/rabbitmq:4.2-management"
   */
  readonly image?: string;
  /** Image with Node.js 20 or later for the Job that loads the definitions. @default "docker.io/library/node:22-alpine" */
  readonly importImage?: string;
  /** CPU units of a node (1024 = 1 vCPU). @default 512 */
  readonly cpu?: number;
  /** Memory of a node, at least 512 MiB. @default "1 GiB" */
  readonly memory?: Size;
  /** Volume of a node, at least 5 GiB: RabbitMQ accepts no message while less than 2 GB of it are free. @default "10 GiB" */
  readonly storage?: Size;
  /** @default the cluster's default StorageClass */
  readonly storageClass?: string;
  /** Whether the engine refuses to delete or replace the broker, and so its messages. @default true */
  readonly protectData?: boolean;
  /** Prometheus, which then gets a ServiceMonitor and may read metrics. @default no metrics are read */
  readonly monitoring?: Monitoring;
  /** @default every child as described */
  readonly transform?: MessagingTransforms;
}

/** A queue: a quorum queue of RabbitMQ. Its dead-letter queue follows from it and keeps messages for 14 days. */
export interface QueueSettings {
  /**
   * How long a consumer may take to acknowledge a message, up to 12 hours; RabbitMQ then closes the channel and delivers the message again.
   * It looks once a minute, so less than a minute counts as one.
   */
  readonly visibilityTimeout: Duration;
  /** Deliveries before a message goes to the dead-letter queue, 1–1000. */
  readonly maxReceiveCount: number;
  /** How long an unread message is kept, 1 minute to 14 days; then it goes to the dead-letter queue. @default "4d" */
  readonly retention?: Duration;
  /** How long a new message waits before it can be received, 0 seconds to 15 minutes. @default "0s" */
  readonly delay?: Duration;
  /**
   * Whether one consumer at a time gets the messages, so that they keep their order. RabbitMQ takes this at the creation of a queue only.
   * @default false
   */
  readonly singleActiveConsumer?: boolean;
}

/** A topic's delivery to a queue. */
export interface SubscriptionSettings {
  /** A name in `topics`. */
  readonly topic: string;
  /** A name in `queues`. */
  readonly queue: string;
  /** Event types that are delivered: routing keys of the messages. @default every message of the topic */
  readonly eventTypes?: readonly string[];
}

/** Rights of a service. */
export interface UserSettings {
  /** Event types that it publishes, by topic; the broker refuses all others. `"all"` for any. @default nothing */
  readonly publishes?: Readonly<Record<string, readonly string[] | "all">>;
  /** Queues that it sends to. @default none */
  readonly sends?: readonly string[];
  /** Queues that it consumes. @default none */
  readonly consumes?: readonly string[];
}

/** One slot for each kind of child. A function receives the child's logical name. */
export interface MessagingTransforms {
  readonly certificate?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly serviceMonitor?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly cluster?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly password?: Transform<random.RandomPasswordArgs>;
  readonly secret?: Transform<kubernetes.core.v1.SecretArgs>;
  readonly configMap?: Transform<kubernetes.core.v1.ConfigMapArgs>;
  readonly job?: Transform<kubernetes.batch.v1.JobArgs>;
  readonly serviceAccount?: Transform<kubernetes.core.v1.ServiceAccountArgs>;
  readonly disruptionBudget?: Transform<kubernetes.policy.v1.PodDisruptionBudgetArgs>;
  readonly networkPolicy?: Transform<kubernetes.networking.v1.NetworkPolicyArgs>;
}

/** What {@link Messaging} offers. */
export interface MessagingOutputs {
  /** Prometheus metrics of the broker and of each queue; none without `monitoring`. */
  readonly signals: readonly Signal[];
  /** Host name of the broker in the cluster. */
  readonly host: pulumi.Output<string>;
  /** TCP port, AMQP 0-9-1 over TLS. */
  readonly port: pulumi.Output<number>;
  /** Virtual host that holds all queues and exchanges. */
  readonly virtualHost: pulumi.Output<string>;
  /** The broker's connection as a user of `users`: address, name, password, certificate. A service needs it once, beside the grants below. */
  grantConnect(user: string): Grant;
  /** The address of a topic for a user that publishes to it: `ORDER_EVENTS_TOPIC_ARN` is the exchange of `order-events`. */
  grantPublish(user: string, topic: string): Grant;
  /** The address of a queue for a user that sends to it: `ORDER_PROCESSING_QUEUE_URL` is its exchange. */
  grantSend(user: string, queue: string): Grant;
  /** The address of a queue for a user that consumes it: the same variable, and the queue of the same name. */
  grantConsume(user: string, queue: string): Grant;
}
