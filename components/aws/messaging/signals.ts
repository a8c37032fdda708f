// Metrics of queues and topics. A dead letter or an undelivered message often stands for a waiting customer, so each dead-letter queue
// has an alarm. Pure.
import type * as aws from "@pulumi/aws";
import type { Duration, Metric, Signal } from "../../kit";
import { validSeconds } from "./resolve";

type Queue = Pick<aws.sqs.Queue, "name">;

/** The signal of a queue for messages that were given up: its alarm goes off at the first message, and recovers when the queue is empty. */
export function givenUpSignal(of: string, queue: Queue): Signal {
  return {
    of,
    role: "given-up",
    meaning: "errors",
    metric: queueMetric(queue, "ApproximateNumberOfMessagesVisible", 300),
    alarmAt: {
      description: `Messages lie in ${of}: find out why they were given up, then redrive them.`,
      comparison: "at least",
      threshold: 1,
      periods: 1,
      // An empty queue sends no metrics after a while.
      missingData: "notBreaching",
    },
  };
}

/** The signals of a queue; with `maxAge`, an alarm goes off while messages wait longer. */
export function queueSignals(of: string, queue: Queue, maxAge: Duration | undefined): Signal[] {
  const age: Signal = {
    of,
    role: "age",
    meaning: "latency",
    metric: { ...queueMetric(queue, "ApproximateAgeOfOldestMessage", 60), unit: "seconds" },
    ...(maxAge !== undefined && {
      alarmAt: {
        description: `Messages wait in ${of} for more than ${maxAge}: see whether its consumer runs and keeps up.`,
        comparison: "above",
        threshold: validSeconds(maxAge),
        periods: 3,
        missingData: "notBreaching",
      },
    }),
  };
  const sent = { ...queueMetric(queue, "NumberOfMessagesSent", 60), statistic: "Sum" } as const;
  return [
    age,
    { of, role: "messages", meaning: "backlog", metric: queueMetric(queue, "ApproximateNumberOfMessagesVisible", 60) },
    { of, role: "sent", meaning: "traffic", metric: sent },
  ];
}

/** The signals of a topic. Deliveries that fail for good end in the queues of {@link givenUpSignal}, where their alarm is. */
export function topicSignals(of: string, topic: Pick<aws.sns.Topic, "name">): Signal[] {
  const metric = (name: string): Metric => ({
    namespace: "AWS/SNS",
    name,
    dimensions: { TopicName: topic.name },
    statistic: "Sum",
    unit: "count",
    period: 60,
  });
  return [
    { of, role: "published", meaning: "traffic", metric: metric("NumberOfMessagesPublished") },
    { of, role: "failed", meaning: "errors", metric: metric("NumberOfNotificationsFailed") },
  ];
}

function queueMetric(queue: Queue, name: string, period: number): Metric {
  return {
    namespace: "AWS/SQS",
    name,
    dimensions: { QueueName: queue.name },
    statistic: "Maximum",
    unit: "count",
    period,
  };
}
