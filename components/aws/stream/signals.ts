// Metrics of a stream. Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, Metric, Signal } from "../../kit";

/** The stream, as metrics name it. */
export interface Watched {
  readonly name: string;
  readonly streamName: pulumi.Output<string>;
  /** Seconds. */
  readonly oldestAge: number;
}

/**
 * Signals of a stream; alarms on records that wait too long, and on writes that Kinesis throttled in three periods of five minutes in a row.
 * https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 */
export function streamSignals({ name: of, streamName, oldestAge }: Watched): Signal[] {
  const metric = (metricName: string): Metric => ({
    namespace: "AWS/Kinesis",
    name: metricName,
    dimensions: { StreamName: streamName },
    statistic: "Sum",
    unit: "count",
    period: 300,
  });
  const alarmAt = (threshold: number, description: string): AlarmAt => {
    return { description, comparison: "above", threshold, periods: 3, missingData: "notBreaching" };
  };
  return [
    {
      of,
      role: "iterator-age",
      meaning: "backlog",
      metric: { ...metric("GetRecords.IteratorAgeMilliseconds"), statistic: "Maximum", unit: "milliseconds" },
      alarmAt: alarmAt(
        oldestAge * 1000,
        `A consumer of ${of} is more than ${oldestAge} seconds behind: records are lost when they are too old`,
      ),
    },
    {
      of,
      role: "throttled-writes",
      meaning: "saturation",
      metric: metric("WriteProvisionedThroughputExceeded"),
      alarmAt: alarmAt(0, `Kinesis refuses records for ${of}: look for one partition key with most of the records`),
    },
    { of, role: "throttled-reads", meaning: "saturation", metric: metric("ReadProvisionedThroughputExceeded") },
    { of, role: "records", meaning: "traffic", metric: metric("IncomingRecords") },
    { of, role: "bytes", meaning: "cost", metric: { ...metric("IncomingBytes"), unit: "bytes" } },
  ];
}
