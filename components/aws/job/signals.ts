// Metrics of a job: whether it was started. Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, Metric, Signal } from "../../kit";

/** The job, as metrics name it. */
export interface Watched {
  readonly name: string;
  readonly groupName: pulumi.Output<string>;
  readonly deadLetterQueueName: pulumi.Output<string>;
}

/**
 * Signals of a job. EventBridge Scheduler counts by schedule group, so a job has a group of its own.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
 */
export function jobSignals({ name: of, groupName, deadLetterQueueName }: Watched): Signal[] {
  const metric = (metricName: string): Metric => ({
    namespace: "AWS/Scheduler",
    name: metricName,
    dimensions: { ScheduleGroup: groupName },
    statistic: "Sum",
    unit: "count",
    period: 300,
  });
  const above0 = (description: string): AlarmAt => ({
    description: `${of} ${description}`,
    ...{ comparison: "above", threshold: 0, periods: 1, missingData: "notBreaching" },
  });
  return [
    {
      of,
      role: "dead-letters",
      meaning: "errors",
      metric: {
        ...metric("ApproximateNumberOfMessagesVisible"),
        namespace: "AWS/SQS",
        dimensions: { QueueName: deadLetterQueueName },
        statistic: "Maximum",
      },
      alarmAt: above0("could not be started: the reason is in its dead-letter queue"),
    },
    {
      of,
      role: "dropped",
      meaning: "errors",
      metric: metric("InvocationDroppedCount"),
      alarmAt: above0("was not started, and nothing of it is in the dead-letter queue"),
    },
    { of, role: "failed-starts", meaning: "errors", metric: metric("TargetErrorCount") },
    { of, role: "starts", meaning: "traffic", metric: metric("InvocationAttemptCount") },
  ];
}
