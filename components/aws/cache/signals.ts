// Metrics of a cache, each of the node with the highest value. Pure.
import * as pulumi from "@pulumi/pulumi";
import type { Meaning, Metric, Signal } from "../../kit";
import type { ResolvedCache } from "./resolve";

/** The replication group that signals are of. */
export interface Watched {
  readonly name: string;
  readonly replicationGroupId: pulumi.Output<string>;
}

/** A metric of the namespace AWS/ElastiCache. */
interface Draft extends Pick<Metric, "name" | "statistic" | "unit"> {
  readonly role: string;
  readonly meaning: Meaning;
  /** The alarm goes off above it. */
  readonly threshold?: number;
  readonly description?: string;
}

const ALWAYS: readonly Draft[] = [
  {
    role: "cpu",
    meaning: "saturation",
    unit: "percent",
    name: "CPUUtilization",
    statistic: "Average",
    threshold: 80,
    description: "A node's processor is more than 80 % busy",
  },
  {
    role: "engine-cpu",
    meaning: "saturation",
    unit: "percent",
    name: "EngineCPUUtilization",
    statistic: "Average",
    threshold: 80,
    description: "The one thread that runs commands is more than 80 % busy",
  },
  {
    role: "memory",
    meaning: "saturation",
    unit: "percent",
    name: "DatabaseMemoryUsagePercentage",
    statistic: "Maximum",
    threshold: 80,
    description: "More than 80 % of the memory is used",
  },
  {
    role: "evictions",
    meaning: "saturation",
    unit: "count",
    name: "Evictions",
    statistic: "Sum",
    threshold: 1000,
    description: "Keys are thrown out before their time because the memory is full",
  },
  {
    role: "connections",
    meaning: "saturation",
    unit: "count",
    name: "CurrConnections",
    statistic: "Maximum",
    // Small nodes take 20,000 connections, large ones 65,000.
    threshold: 16_000,
    description: "Most of the possible connections of a small node are open",
  },
];
const TRAFFIC: readonly Draft[] = [
  { role: "hits", meaning: "traffic", name: "CacheHits", statistic: "Sum", unit: "count" },
  { role: "misses", meaning: "traffic", name: "CacheMisses", statistic: "Sum", unit: "count" },
];
const REPLICATION_LAG: Draft = {
  role: "replication-lag",
  meaning: "latency",
  unit: "seconds",
  name: "ReplicationLag",
  statistic: "Maximum",
  threshold: 10,
  description: "A replica is more than ten seconds behind",
};

/** Signals of a replication group. */
export function cacheSignals(watched: Watched, { nodes }: Pick<ResolvedCache, "nodes">): Signal[] {
  const drafts = [...ALWAYS, ...(nodes > 1 ? [REPLICATION_LAG] : []), ...TRAFFIC];
  return drafts.map((draft) => signalOf(watched, draft, nodes));
}

/** Suffixes of the node names that ElastiCache gives to a replication group without shards. */
export function nodeSuffixes(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => String(index + 1).padStart(3, "0"));
}

/** A quarter of an hour must be over the threshold before an alarm goes off. */
function signalOf({ name, replicationGroupId }: Watched, draft: Draft, nodes: number): Signal {
  const { role, meaning, threshold, description = "", ...metric } = draft;
  const metrics = nodeSuffixes(nodes).map((suffix): [string, Metric] => [
    `node${suffix}`,
    {
      ...metric,
      namespace: "AWS/ElastiCache",
      dimensions: { CacheClusterId: pulumi.interpolate`${replicationGroupId}-${suffix}` },
      period: 300,
    },
  ]);
  return {
    of: name,
    role,
    meaning,
    metric: { id: "worst", expression: "MAX(METRICS())", label: metric.name, metrics: Object.fromEntries(metrics) },
    ...(threshold !== undefined && {
      alarmAt: {
        comparison: "above",
        threshold,
        description: `Cache ${name}: ${description}`,
        periods: 3,
        missingData: "missing",
      },
    }),
  };
}
