// Metrics of a function and of its dead-letter queue. Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, Metric, Signal } from "../../kit";

/** The function and the queue, as metrics name them. */
export interface Watched {
  readonly name: string;
  readonly functionName: pulumi.Output<string>;
  readonly deadLetterQueueName: pulumi.Output<string>;
}

/** Signals of a function; alarms on calls that fail or are throttled ten minutes long, and on calls that failed for good. */
export function functionSignals({ name: of, functionName, deadLetterQueueName }: Watched): Signal[] {
  const metric = (name: string): Metric => ({
    namespace: "AWS/Lambda",
    name,
    dimensions: { FunctionName: functionName },
    statistic: "Sum",
    unit: "count",
    period: 300,
  });
  const above0 = (description: string, periods: number): AlarmAt => ({
    description: `${of} ${description}`,
    comparison: "above",
    threshold: 0,
    periods,
    missingData: "notBreaching",
  });
  return [
    { of, role: "errors", meaning: "errors", metric: metric("Errors"), alarmAt: above0("fails", 2) },
    {
      of,
      role: "throttles",
      meaning: "saturation",
      metric: metric("Throttles"),
      alarmAt: above0("has more calls than its reserved concurrency", 2),
    },
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
      alarmAt: above0("has calls that failed for good", 1),
    },
    {
      of,
      role: "duration",
      meaning: "latency",
      metric: { ...metric("Duration"), statistic: "p95", unit: "milliseconds" },
    },
    { of, role: "calls", meaning: "traffic", metric: metric("Invocations") },
  ];
}
