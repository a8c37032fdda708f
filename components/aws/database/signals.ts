// Metrics of a database, with thresholds from its size. Pure.
import type { AlarmAt, Meaning, Metric, Signal } from "../../kit";
import type { ResolvedPostgres, ResolvedServerless } from "./resolve";

const GIBIBYTE = 1024 ** 3;
/** PostgreSQL's default on RDS: one connection for each of these bytes of memory, and never more than 5000. */
const BYTES_A_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;
/** Aurora's limit while it may shrink to half a capacity unit or less. */
const MOST_CONNECTIONS_OF_SMALL_MINIMUM = 2000;
/** RDS counts memory after the system has taken its part, so 60 % of the plain division is 65–80 % of the real limit. */
const CONNECTION_SHARE = 0.6;
/** Memory of one Aurora capacity unit. */
const BYTES_A_CAPACITY_UNIT = 2 * GIBIBYTE;

/** The database that signals are of. */
export interface Watched {
  readonly name: string;
  readonly dimensions: Metric["dimensions"];
}

/** A metric of the namespace AWS/RDS. */
interface Draft extends Pick<Metric, "name" | "statistic" | "unit"> {
  readonly role: string;
  readonly meaning: Meaning;
  readonly alarm?: Pick<AlarmAt, "comparison" | "threshold" | "description">;
}

/** Signals of an instance. */
export function postgresSignals(
  watched: Watched,
  { instanceClass, allocatedStorage }: Pick<ResolvedPostgres, "instanceClass" | "allocatedStorage">,
  replica?: Metric["dimensions"],
): Signal[] {
  const memory = memoryBytes(instanceClass);
  const drafts: Draft[] = [
    cpu(),
    {
      role: "free-storage",
      meaning: "saturation",
      name: "FreeStorageSpace",
      statistic: "Minimum",
      unit: "bytes",
      alarm: {
        comparison: "below",
        threshold: Math.round(allocatedStorage * GIBIBYTE * 0.1),
        description: "Less than a tenth of the ordered storage is free",
      },
    },
    {
      role: "freeable-memory",
      meaning: "saturation",
      name: "FreeableMemory",
      statistic: "Average",
      unit: "bytes",
      alarm: {
        comparison: "below",
        threshold: Math.round(memory * 0.05),
        description: "Less than a twentieth of the memory is free",
      },
    },
    connections(memory, MOST_CONNECTIONS),
    latency("read-latency", "ReadLatency"),
    latency("write-latency", "WriteLatency"),
    { role: "reads", meaning: "traffic", name: "ReadIOPS", statistic: "Average", unit: "count per second" },
    { role: "writes", meaning: "traffic", name: "WriteIOPS", statistic: "Average", unit: "count per second" },
  ];
  const lag: Draft = {
    role: "replica-lag",
    meaning: "latency",
    name: "ReplicaLag",
    statistic: "Maximum",
    unit: "seconds",
    alarm: { comparison: "above", threshold: 30, description: "The replica is more than 30 seconds behind" },
  };
  return [
    ...drafts.map((draft) => signalOf(watched, draft)),
    ...(replica ? [signalOf({ ...watched, dimensions: replica }, lag)] : []),
  ];
}

/** Signals of a serverless cluster. */
export function serverlessSignals(
  watched: Watched,
  { minCapacity, maxCapacity, instances }: ResolvedServerless,
): Signal[] {
  const mostConnections = minCapacity <= 0.5 ? MOST_CONNECTIONS_OF_SMALL_MINIMUM : MOST_CONNECTIONS;
  const replicaLag: Draft = {
    role: "replica-lag",
    meaning: "latency",
    name: "AuroraReplicaLagMaximum",
    statistic: "Maximum",
    unit: "milliseconds",
    alarm: { comparison: "above", threshold: 1000, description: "A reader is more than a second behind the writer" },
  };
  const drafts: Draft[] = [
    cpu(),
    {
      role: "capacity",
      meaning: "saturation",
      name: "ACUUtilization",
      statistic: "Average",
      unit: "percent",
      alarm: { comparison: "above", threshold: 90, description: "More than 90 % of the largest capacity is in use" },
    },
    connections(maxCapacity * BYTES_A_CAPACITY_UNIT, mostConnections),
    {
      role: "deadlocks",
      meaning: "errors",
      name: "Deadlocks",
      statistic: "Sum",
      unit: "count",
      alarm: {
        comparison: "above",
        threshold: 0,
        description: "Transactions wait for each other for ever, and one is aborted",
      },
    },
    latency("read-latency", "ReadLatency"),
    latency("write-latency", "WriteLatency"),
    ...(instances.length > 1 ? [replicaLag] : []),
    { role: "commits", meaning: "traffic", name: "CommitThroughput", statistic: "Average", unit: "count per second" },
    {
      role: "capacity-units",
      meaning: "cost",
      name: "ServerlessDatabaseCapacity",
      statistic: "Average",
      unit: "units",
    },
  ];
  return drafts.map((draft) => signalOf(watched, draft));
}

/**
 * Memory of an instance class in bytes, from its family and size: burstable and general classes have 4 GiB a virtual
 * CPU (burstable ones below `large` their own), `r` classes 8, `x` classes 16, `c` classes 2.
 */
export function memoryBytes(instanceClass: string): number {
  const [, family = "", size = ""] = instanceClass.split(".");
  const small = { micro: 1, small: 2, medium: 4 }[size];
  if (small !== undefined) return small * GIBIBYTE;
  const perCpu = { r: 8, x: 16, c: 2 }[family.charAt(0)] ?? 4;
  const cpus = size === "large" ? 2 : 4 * Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? 1);
  return cpus * perCpu * GIBIBYTE;
}

function cpu(): Draft {
  return {
    role: "cpu",
    meaning: "saturation",
    name: "CPUUtilization",
    statistic: "Average",
    unit: "percent",
    alarm: { comparison: "above", threshold: 80, description: "The processor is more than 80 % busy" },
  };
}

function connections(memory: number, most: number): Draft {
  return {
    role: "connections",
    meaning: "saturation",
    name: "DatabaseConnections",
    statistic: "Maximum",
    unit: "count",
    alarm: {
      comparison: "above",
      threshold: Math.round(Math.min(memory / BYTES_A_CONNECTION, most) * CONNECTION_SHARE),
      description: "Most of the possible connections are open",
    },
  };
}

function latency(role: string, name: string): Draft {
  return {
    role,
    meaning: "latency",
    name,
    statistic: "Average",
    unit: "seconds",
    alarm: { comparison: "above", threshold: 0.05, description: "The storage takes more than 50 ms to answer" },
  };
}

/** A quarter of an hour must be over the threshold before an alarm goes off. A paused cluster and a new instance have no data. */
function signalOf({ name: of, dimensions }: Watched, { role, meaning, alarm, ...metric }: Draft): Signal {
  return {
    of,
    role,
    meaning,
    metric: { namespace: "AWS/RDS", dimensions, period: 300, ...metric },
    ...(alarm && {
      alarmAt: { ...alarm, description: `Database ${of}: ${alarm.description}`, periods: 3, missingData: "missing" },
    }),
  };
}
