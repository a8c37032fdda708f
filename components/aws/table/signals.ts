// Metrics of a table and its indexes. Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, Metric, Signal } from "../../kit";

/** The table, as metrics name it. */
export interface Watched {
  readonly name: string;
  readonly tableName: pulumi.Output<string>;
  readonly indexes: readonly string[];
}

/** DynamoDB counts system errors by operation only; an alarm takes ten metrics. */
const OPERATIONS = [
  "BatchGetItem",
  "BatchWriteItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "TransactGetItems",
  "TransactWriteItems",
  "UpdateItem",
];
const LATENT = ["GetItem", "Query", "PutItem"];

/**
 * Signals of a table; alarms on requests that DynamoDB throttled in three periods of five minutes in a row, and on errors of DynamoDB itself.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableSignals({ name: of, tableName, indexes }: Watched): Signal[] {
  const metric = (metricName: string, more: Readonly<Record<string, string>> = {}): Metric => ({
    namespace: "AWS/DynamoDB",
    name: metricName,
    dimensions: { TableName: tableName, ...more },
    statistic: "Sum",
    unit: "count",
    period: 300,
  });
  const throttles = (role: string, where: string, more: Readonly<Record<string, string>> = {}): Signal => ({
    of,
    role,
    meaning: "saturation",
    metric: {
      ...{ id: "throttled", expression: "SUM(METRICS())", label: "ThrottleEvents" },
      metrics: { reads: metric("ReadThrottleEvents", more), writes: metric("WriteThrottleEvents", more) },
    },
    alarmAt: above0(`DynamoDB throttles ${where}: look for one key with most of the requests`, 3),
  });
  const byOperation = OPERATIONS.map((Operation): [string, Metric] => [
    `m${Operation.toLowerCase()}`,
    metric("SystemErrors", { Operation }),
  ]);
  return [
    throttles("throttles", of),
    ...indexes.map((index) =>
      throttles(`throttles-${index}`, `index ${index} of ${of}`, { GlobalSecondaryIndexName: index }),
    ),
    {
      of,
      role: "errors",
      meaning: "errors",
      metric: {
        ...{ id: "failed", expression: "SUM(METRICS())", label: "SystemErrors" },
        metrics: Object.fromEntries(byOperation),
      },
      alarmAt: above0(`DynamoDB answers requests to ${of} with errors of its own`, 2),
    },
    { of, role: "reads", meaning: "traffic", metric: { ...metric("ConsumedReadCapacityUnits"), unit: "units" } },
    { of, role: "writes", meaning: "traffic", metric: { ...metric("ConsumedWriteCapacityUnits"), unit: "units" } },
    ...LATENT.map((Operation): Signal => ({
      of,
      role: `latency-${Operation.toLowerCase()}`,
      meaning: "latency",
      metric: { ...metric("SuccessfulRequestLatency", { Operation }), statistic: "p95", unit: "milliseconds" },
    })),
  ];
}

function above0(description: string, periods: number): AlarmAt {
  return { description, comparison: "above", threshold: 0, periods, missingData: "notBreaching" };
}
