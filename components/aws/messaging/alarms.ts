// A message that was given up is a customer who waits: one alarm for every place where such messages end.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../../kit";
import { notifyingAlarm } from "../kit";
import type { MessagingArgs } from "./args";
import { validSeconds } from "./resolve";

/** An alarm that rings as soon as one message lies in a queue where none should, and until it is empty again. */
export function createGivenUpAlarm(
  name: string,
  queue: aws.sqs.Queue,
  { alarmTopicArn, tags, transform }: MessagingArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  return notifyingAlarm({ parent, tags }, transform?.alarm, name, alarmTopicArn, {
    alarmDescription: `Messages lie in ${name}: find out why they were given up, then redrive them.`,
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: queue.name },
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    // An empty queue sends no metrics after a while.
    treatMissingData: "notBreaching",
  });
}

/** An alarm that rings while messages wait longer than they may. */
export function createAgeAlarm(
  name: string,
  queue: aws.sqs.Queue,
  maxAge: Duration,
  { alarmTopicArn, tags, transform }: MessagingArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  return notifyingAlarm({ parent, tags }, transform?.alarm, `${name}-age`, alarmTopicArn, {
    alarmDescription: `Messages wait in ${name} for more than ${maxAge}: see whether its consumer runs and keeps up.`,
    namespace: "AWS/SQS",
    metricName: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: queue.name },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 3,
    threshold: validSeconds(maxAge),
    comparisonOperator: "GreaterThanThreshold",
    treatMissingData: "notBreaching",
  });
}
