// The children of messaging, by what they belong to.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "../../kit";
import { EncryptionKey } from "../kit";
import type { MessagingArgs } from "./args";

/** The children of one queue. */
export interface QueueNodes {
  readonly queue: aws.sqs.Queue;
  readonly deadLetterQueue: aws.sqs.Queue;
  readonly redriveAllowPolicy: aws.sqs.RedriveAllowPolicy;
  readonly policies: readonly aws.sqs.QueuePolicy[];
  /** Goes off when a message was received too often. */
  readonly alarm: aws.cloudwatch.MetricAlarm;
  /** Goes off when messages wait too long; where `maxAge` says what that is. */
  readonly ageAlarm: aws.cloudwatch.MetricAlarm | undefined;
}

/** The children of one subscription. */
export interface SubscriptionNodes {
  readonly subscription: aws.sns.TopicSubscription;
  readonly deadLetterQueue: aws.sqs.Queue;
  readonly policy: aws.sqs.QueuePolicy;
  /** Goes off when a message could not be delivered. */
  readonly alarm: aws.cloudwatch.MetricAlarm;
}

/** The key of all messages, which SNS uses to deliver from encrypted topics to encrypted queues. */
export function createKey(
  parent: pulumi.Resource,
  name: string,
  { placement, tags, transform }: MessagingArgs,
): EncryptionKey {
  return new EncryptionKey(
    `${name}-messages`,
    {
      placement,
      description: `Messages of ${name}`,
      services: ["sns.amazonaws.com"],
      ...tagged(tags),
      ...(transform?.key && { transform: transform.key }),
    },
    { parent },
  );
}

export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
