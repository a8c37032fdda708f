// Turns arguments into resource arguments: defaults and units in one place.
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { seconds } from "../../kit";
import type { QueueSettings, SubscriptionSettings, TopicSettings } from "./args";

/** A queue's arguments, but for key and tags. */
export function queueArgs(settings: QueueSettings, deadLetterArn: pulumi.Input<string>): aws.sqs.QueueArgs {
  const { visibilityTimeout, maxReceiveCount, retention = "4d", delay = "0s", fifo } = settings;
  return {
    visibilityTimeoutSeconds: validSeconds(visibilityTimeout),
    messageRetentionSeconds: validSeconds(retention),
    delaySeconds: validSeconds(delay),
    // Long polling: the most SQS offers, so that an idle consumer costs next to nothing.
    receiveWaitTimeSeconds: 20,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetterArn, maxReceiveCount }),
    ...(fifo && fifoArgs(fifo === true ? {} : fifo)),
  };
}

/** A dead-letter queue's arguments. Its retention is the longest of SQS (14 days), to leave time to look at the messages. */
export function deadLetterArgs(fifo: boolean): aws.sqs.QueueArgs {
  return { messageRetentionSeconds: validSeconds("14d"), ...(fifo && { fifoQueue: true }) };
}

/** A topic's arguments, but for key and tags. */
export function topicArgs({ displayName, fifo }: TopicSettings): aws.sns.TopicArgs {
  return {
    ...(displayName !== undefined && { displayName }),
    ...(fifo && {
      fifoTopic: true,
      contentBasedDeduplication: fifo !== true && fifo.contentBasedDeduplication === true,
    }),
  };
}

/** Arguments of a subscription: filter, raw delivery and dead-letter queue. */
export function deliveryArgs(
  { eventTypes, raw }: SubscriptionSettings,
  undeliveredArn: pulumi.Input<string>,
): Pick<aws.sns.TopicSubscriptionArgs, "rawMessageDelivery" | "redrivePolicy" | "filterPolicy" | "filterPolicyScope"> {
  return {
    rawMessageDelivery: raw ?? false,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: undeliveredArn }),
    ...(eventTypes && {
      filterPolicyScope: "MessageAttributes",
      filterPolicy: JSON.stringify({ event_type: eventTypes }),
    }),
  };
}

function fifoArgs(fifo: Exclude<NonNullable<QueueSettings["fifo"]>, true>): aws.sqs.QueueArgs {
  return {
    fifoQueue: true,
    contentBasedDeduplication: fifo.contentBasedDeduplication ?? false,
    ...(fifo.highThroughput === true && {
      deduplicationScope: "messageGroup",
      fifoThroughputLimit: "perMessageGroupId",
    }),
  };
}

/** Validation has refused every text that is no duration. */
export function validSeconds(duration: string): number {
  const value = seconds(duration);
  if (value === undefined) throw new Error(`not a duration: ${duration}`);
  return value;
}
