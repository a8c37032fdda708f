// Metrics of a search domain. The alarms are those that AWS recommends
// (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html). Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, Meaning, Metric, Signal } from "../../kit";
import type { ResolvedSearch } from "./resolve";

interface Draft extends Pick<Metric, "name" | "statistic" | "unit"> {
  readonly role: string;
  readonly meaning: Meaning;
  readonly alarm?: Pick<AlarmAt, "comparison" | "threshold" | "periods" | "description">;
}

/** Signals of a domain. */
export function searchSignals(
  of: string,
  { domainName, accountId }: { readonly domainName: pulumi.Output<string>; readonly accountId: string },
  { volume }: Pick<ResolvedSearch, "volume">,
): Signal[] {
  const dimensions = { DomainName: domainName, ClientId: accountId };
  return draftsOf(volume).map(({ role, meaning, alarm, ...metric }) => ({
    of,
    role,
    meaning,
    metric: { namespace: "AWS/ES", dimensions, period: 300, ...metric },
    ...(alarm && {
      alarmAt: { ...alarm, description: `Search domain ${of}: ${alarm.description}`, missingData: "missing" },
    }),
  }));
}

function draftsOf(volume: number): Draft[] {
  const count = { statistic: "Maximum", unit: "count" } as const;
  const percent = { statistic: "Maximum", unit: "percent" } as const;
  return [
    {
      ...{ role: "red", meaning: "errors", name: "ClusterStatus.red", ...count },
      alarm: { comparison: "at least", threshold: 1, periods: 1, description: "A primary shard is on no node" },
    },
    {
      ...{ role: "writes-blocked", meaning: "errors", name: "ClusterIndexWritesBlocked", ...count },
      alarm: { comparison: "at least", threshold: 1, periods: 1, description: "The domain refuses writes" },
    },
    {
      ...{ role: "key", meaning: "errors", name: "KMSKeyError", ...count },
      alarm: { comparison: "at least", threshold: 1, periods: 1, description: "Its key is disabled or can't be used" },
    },
    {
      // The metric is in MiB.
      ...{ role: "storage", meaning: "saturation", name: "FreeStorageSpace", statistic: "Minimum", unit: "units" },
      alarm: {
        ...{ comparison: "below", threshold: volume * 256, periods: 1 },
        description: "A node has less than a quarter of its disk left",
      },
    },
    {
      ...{ role: "cpu", meaning: "saturation", name: "CPUUtilization", ...percent, statistic: "Average" },
      alarm: { comparison: "above", threshold: 80, periods: 3, description: "The processors are more than 80 % busy" },
    },
    {
      ...{ role: "memory", meaning: "saturation", name: "JVMMemoryPressure", ...percent },
      alarm: { comparison: "at least", threshold: 95, periods: 3, description: "A node has nearly no heap left" },
    },
    { role: "latency", meaning: "latency", name: "SearchLatency", statistic: "Average", unit: "milliseconds" },
    { role: "searches", meaning: "traffic", name: "SearchRate", statistic: "Average", unit: "count" },
  ];
}
