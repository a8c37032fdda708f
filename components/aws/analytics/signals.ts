// Metrics of a workgroup of Athena (https://docs.aws.amazon.com/athena/latest/ug/query-metrics-viewing.html). Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { Signal } from "../../kit";

/** Signals of a store: of its queries that succeed. A query that waits long waits for the account's quota of concurrent queries. */
export function analyticsSignals(of: string, workgroup: pulumi.Output<string>): Signal[] {
  const dimensions = { WorkGroup: workgroup, QueryState: "SUCCEEDED", QueryType: "DML" };
  const metric = { namespace: "AWS/Athena", dimensions, period: 300 } as const;
  return [
    {
      ...{ of, role: "queue-time", meaning: "backlog" },
      metric: { ...metric, name: "QueryQueueTime", statistic: "Maximum", unit: "milliseconds" },
      alarmAt: {
        description: `Analytics store ${of}: queries wait for more than a minute before they run`,
        ...{ comparison: "above", threshold: 60_000, periods: 3, missingData: "notBreaching" },
      },
    },
    {
      ...{ of, role: "duration", meaning: "latency" },
      metric: { ...metric, name: "TotalExecutionTime", statistic: "p95", unit: "milliseconds" },
    },
    {
      ...{ of, role: "bytes-read", meaning: "cost" },
      metric: { ...metric, name: "ProcessedBytes", statistic: "Sum", unit: "bytes" },
    },
  ];
}
