// When a cache needs somebody. Pure.
import type { ResolvedCache } from "./resolve";

/** An alarm on the worst node, by a metric of the namespace AWS/ElastiCache. */
export interface AlarmSpec {
  /** Role in the child's name, and its key. */
  readonly role: string;
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Sum";
  readonly threshold: number;
  readonly description: string;
}

/** Alarms of a replication group; each rings above its threshold. */
export function cacheAlarms({ nodes }: Pick<ResolvedCache, "nodes">): AlarmSpec[] {
  const replicationLag: AlarmSpec = {
    role: "replication-lag",
    metricName: "ReplicationLag",
    statistic: "Maximum",
    threshold: 10,
    description: "A replica is more than ten seconds behind",
  };
  return [
    {
      role: "cpu",
      metricName: "CPUUtilization",
      statistic: "Average",
      threshold: 80,
      description: "A node's processor is more than 80 % busy",
    },
    {
      role: "engine-cpu",
      metricName: "EngineCPUUtilization",
      statistic: "Average",
      threshold: 80,
      description: "The one thread that runs commands is more than 80 % busy",
    },
    {
      role: "memory",
      metricName: "DatabaseMemoryUsagePercentage",
      statistic: "Maximum",
      threshold: 80,
      description: "More than 80 % of the memory is used",
    },
    {
      role: "evictions",
      metricName: "Evictions",
      statistic: "Sum",
      threshold: 1000,
      description: "Keys are thrown out before their time because the memory is full",
    },
    {
      role: "connections",
      metricName: "CurrConnections",
      statistic: "Maximum",
      // Small nodes take 20,000 connections, large ones 65,000.
      threshold: 16_000,
      description: "Most of the possible connections of a small node are open",
    },
    ...(nodes > 1 ? [replicationLag] : []),
  ];
}

/** How ElastiCache calls the nodes of a replication group without shards. */
export function nodeSuffixes(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => String(index + 1).padStart(3, "0"));
}
