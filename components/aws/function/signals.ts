// Metrics of a function and of its dead-letter queue. Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, Metric, Signal } from "../../kit";

/** The function and the queue, as metrics name them. */
export interface Watched {
  readonly name: string;
  readonly functionName: pulumi.Output<string>;
  readonly deadLetterQueueName: pulumi.Output<string>;
  /** Seconds; undefined without a stream among its sources. */
  readonly maxIteratorAge?: number;
}

/** Signals of a function; alarms on calls that fail or are throttled ten minutes long, and on calls that failed for good. */
export function functionSignals({ name: of, functionName, deadLetterQueueName, maxIteratorAge }: Watched): Signal[] {
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
    ...(maxIteratorAge === undefined
      ? []
      : [
          {
            of,
            role: "iterator-age",
            meaning: "backlog",
            metric: { ...metric("IteratorAge"), statistic: "Maximum", unit: "milliseconds" },
            alarmAt: {
              ...above0(`is more than ${maxIteratorAge} seconds behind its stream`, 3),
              threshold: maxIteratorAge * 1000,
            },
          } satisfies Signal,
        ]),
    { of, role: "calls", meaning: "traffic", metric: metric("Invocations") },
  ];
}
