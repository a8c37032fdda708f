// What a messaging component takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Signal, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";
import type { Observation } from "./observe";

/** Arguments of {@link Messaging}. */
export interface MessagingArgs {
  readonly placement: Placement;
  /** Queues by name (`order-processing-queue`): lower-case letters, digits and dashes. */
  readonly queues: Readonly<Record<string, QueueSettings>>;
  /** Topics by name (`order-events`): lower-case letters, digits and dashes. */
  readonly topics: Readonly<Record<string, TopicSettings>>;
  /** Which topics deliver to which queues; at most one subscription for a pair. */
  readonly subscriptions: readonly SubscriptionSettings[];
  /** SNS topic of the alarms on dead letters and undelivered messages. @default the alarms exist and send no notification */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: MessagingTransforms;
}

/** A queue. Its dead-letter queue follows from it and keeps messages for 14 days. */
export interface QueueSettings {
  /** How long a received message stays hidden while it is handled, 0 seconds to 12 hours. */
  readonly visibilityTimeout: Duration;
  /** Receives before a message goes to the dead-letter queue, 1–1000. */
  readonly maxReceiveCount: number;
  /**
   * How long an unread message is kept, 1 minute to 14 days.
   * @default "4d": time to repair a consumer over a long weekend
   */
  readonly retention?: Duration;
  /**
   * Age of the oldest message above which an alarm goes off, 1 minute to 14 days and less than `retention`.
   * @default no alarm on the age of messages
   */
  readonly maxAge?: Duration;
  /**
   * How long a new message stays hidden, 0 seconds to 15 minutes.
   * @default "0s"
   */
  readonly delay?: Duration;
  /**
   * Whether messages keep their order within a group and are delivered once.
   * @default a standard queue
   */
  readonly fifo?: true | FifoQueueSettings;
}

/** How a FIFO queue behaves. */
export interface FifoQueueSettings {
  /** Whether equal bodies within five minutes are one message. @default false: senders give a deduplication id */
  readonly contentBasedDeduplication?: boolean;
  /** Whether each message group has its own deduplication and its own quota. @default false */
  readonly highThroughput?: boolean;
}

/** A topic. */
export interface TopicSettings {
  /** Shown in the console, at most 100 characters. @default none */
  readonly displayName?: string;
  /** Whether messages keep their order within a group. @default a standard topic */
  readonly fifo?:
    true | { /** @default false: publishers give a deduplication id */ readonly contentBasedDeduplication?: boolean };
}

/** A topic's delivery to a queue. */
export interface SubscriptionSettings {
  /** A name in `topics`. */
  readonly topic: string;
  /** A name in `queues`. A FIFO queue takes from FIFO topics only. */
  readonly queue: string;
  /** Values of the message attribute `event_type` that are delivered. @default every message of the topic */
  readonly eventTypes?: readonly string[];
  /** Whether the queue gets the bare body instead of SNS's JSON envelope. @default false */
  readonly raw?: boolean;
}

/** Arguments of {@link EventRegistry}. */
export interface EventRegistryArgs {
  readonly placement: Placement;
  /** Contracts by name (`order-events.ORDER_CREATED`): letters, digits, `.`, `-` and `_`, at most 385 characters. */
  readonly contracts: Readonly<Record<string, ContractSettings>>;
  /** What the registry is for, at most 256 characters. */
  readonly description: string;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly registry?: Transform<aws.schemas.RegistryArgs>;
    readonly schema?: Transform<aws.schemas.SchemaArgs>;
  };
}

/** The contract of one event. */
export interface ContractSettings {
  /** `major.minor` (`1.0`); shown in the schema's description, beside EventBridge's own count of changes. */
  readonly version: string;
  /** JSON Schema (draft 4) of the message's body. */
  readonly schema: object;
}

/** One slot for each kind of child. A function receives the child's logical name. */
export interface MessagingTransforms {
  readonly key?: EncryptionKeyArgs["transform"];
  readonly queue?: Transform<aws.sqs.QueueArgs>;
  readonly deadLetterQueue?: Transform<aws.sqs.QueueArgs>;
  readonly subscriptionDeadLetterQueue?: Transform<aws.sqs.QueueArgs>;
  readonly queuePolicy?: Transform<aws.sqs.QueuePolicyArgs>;
  readonly redriveAllowPolicy?: Transform<aws.sqs.RedriveAllowPolicyArgs>;
  readonly topic?: Transform<aws.sns.TopicArgs>;
  readonly topicPolicy?: Transform<aws.sns.TopicPolicyArgs>;
  readonly subscription?: Transform<aws.sns.TopicSubscriptionArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** What {@link Messaging} offers. Every record has the names that were given as its keys. */
export interface MessagingOutputs {
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  readonly queueUrls: Readonly<Record<string, pulumi.Output<string>>>;
  readonly queueArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** Physical names, as metrics have them in the dimension `QueueName`. */
  readonly queueNames: Readonly<Record<string, pulumi.Output<string>>>;
  readonly topicArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** The queues' dead-letter queues, by the queue's name. */
  readonly deadLetterQueueArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** Key of all queues and topics. */
  readonly keyArn: pulumi.Output<string>;
  /**
   * The right to publish on one topic; `ORDER_EVENTS_TOPIC_ARN` for `order-events`.
   *
   * @param eventTypes event types that the service publishes. IAM has no condition on message attributes, so the service itself gets the list, in
   * `ORDER_EVENTS_TOPIC_EVENT_TYPES`
   */
  grantPublish(topic: string, eventTypes?: readonly string[]): Grant;
  /** The right to send to one queue; `ORDER_PROCESSING_QUEUE_URL` for `order-processing-queue`. */
  grantSend(queue: string): Grant;
  /** The right to receive from one queue and to delete what was handled; same variable as {@link grantSend}. */
  grantConsume(queue: string): Grant;
  /** Metrics and alarms of a queue, with its dead letters and what its subscriptions could not deliver, or of a topic. */
  observe(channel: string): Observation;
}
