// Metrics of a document database (https://docs.aws.amazon.com/documentdb/latest/developerguide/cloud_watch.html). Pure.
import type { AlarmAt, Meaning, Metric, Signal } from "../../kit";
import type { ResolvedDocuments } from "./resolve";

interface Draft extends Pick<Metric, "name" | "statistic" | "unit"> {
  readonly role: string;
  readonly meaning: Meaning;
  readonly alarm?: Pick<AlarmAt, "comparison" | "threshold" | "description">;
}

const DRAFTS: readonly Draft[] = [
  {
    ...{ role: "cpu", meaning: "saturation", name: "CPUUtilization", statistic: "Average", unit: "percent" },
    alarm: { comparison: "above", threshold: 80, description: "The processors are more than 80 % busy" },
  },
  {
    ...{ role: "memory", meaning: "saturation", name: "LowMemNumOperationsThrottled", statistic: "Sum", unit: "count" },
    alarm: { comparison: "above", threshold: 0, description: "Requests wait because the memory is full" },
  },
  {
    ...{
      role: "cache-hits",
      meaning: "saturation",
      name: "BufferCacheHitRatio",
      statistic: "Average",
      unit: "percent",
    },
    alarm: { comparison: "below", threshold: 90, description: "More than a tenth of the reads go to the storage" },
  },
  { role: "connections", meaning: "saturation", name: "DatabaseConnections", statistic: "Maximum", unit: "count" },
  { role: "read-latency", meaning: "latency", name: "ReadLatency", statistic: "Average", unit: "milliseconds" },
  { role: "write-latency", meaning: "latency", name: "WriteLatency", statistic: "Average", unit: "milliseconds" },
  { role: "queries", meaning: "traffic", name: "OpcountersQuery", statistic: "Sum", unit: "count" },
  { role: "storage", meaning: "cost", name: "VolumeBytesUsed", statistic: "Maximum", unit: "bytes" },
];

const LAG: Draft = {
  ...{ role: "replica-lag", meaning: "latency", name: "DBClusterReplicaLagMaximum" },
  ...{ statistic: "Maximum", unit: "milliseconds" },
  alarm: {
    comparison: "above",
    threshold: 1000,
    description: "An instance is more than a second behind the one that takes writes",
  },
};

/** Signals of a cluster. An alarm goes off after a quarter of an hour over its threshold. */
export function documentSignals(
  { name: of, dimensions }: { readonly name: string; readonly dimensions: Metric["dimensions"] },
  { instances }: Pick<ResolvedDocuments, "instances">,
): Signal[] {
  const drafts = instances.length > 1 ? [...DRAFTS, LAG] : DRAFTS;
  return drafts.map(({ role, meaning, alarm, ...metric }) => ({
    of,
    role,
    meaning,
    metric: { namespace: "AWS/DocDB", dimensions, period: 300, ...metric },
    ...(alarm && {
      alarmAt: {
        ...alarm,
        description: `Document database ${of}: ${alarm.description}`,
        periods: 3,
        missingData: "missing",
      },
    }),
  }));
}
