// When a database needs somebody. Pure: thresholds from what was ordered.
import type { ResolvedPostgres, ResolvedServerless } from "./resolve";

/** An alarm on one metric of the namespace AWS/RDS. */
export interface AlarmSpec {
  /** Role in the child's name, and its key. */
  readonly role: string;
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  readonly description: string;
}

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

/** Alarms of an instance. */
export function postgresAlarms({ instanceClass, allocatedStorage }: ResolvedPostgres): AlarmSpec[] {
  const memory = memoryBytes(instanceClass);
  return [
    cpuAlarm(),
    {
      role: "free-storage",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: Math.round(allocatedStorage * GIBIBYTE * 0.1),
      description: "Less than a tenth of the ordered storage is free",
    },
    {
      role: "freeable-memory",
      metricName: "FreeableMemory",
      statistic: "Average",
      comparison: "LessThanThreshold",
      threshold: Math.round(memory * 0.05),
      description: "Less than a twentieth of the memory is free",
    },
    connectionAlarm(memory, MOST_CONNECTIONS),
    latencyAlarm("read-latency", "ReadLatency"),
    latencyAlarm("write-latency", "WriteLatency"),
  ];
}

/** Alarms of a serverless cluster. */
export function serverlessAlarms({ minCapacity, maxCapacity, instances }: ResolvedServerless): AlarmSpec[] {
  const mostConnections = minCapacity <= 0.5 ? MOST_CONNECTIONS_OF_SMALL_MINIMUM : MOST_CONNECTIONS;
  const replicaLag: AlarmSpec = {
    role: "replica-lag",
    metricName: "AuroraReplicaLagMaximum",
    statistic: "Maximum",
    comparison: "GreaterThanThreshold",
    threshold: 1000,
    description: "A reader is more than a second behind the writer",
  };
  return [
    cpuAlarm(),
    {
      role: "capacity",
      metricName: "ACUUtilization",
      statistic: "Average",
      comparison: "GreaterThanThreshold",
      threshold: 90,
      description: "More than 90 % of the largest capacity is in use",
    },
    connectionAlarm(maxCapacity * BYTES_A_CAPACITY_UNIT, mostConnections),
    {
      role: "deadlocks",
      metricName: "Deadlocks",
      statistic: "Sum",
      comparison: "GreaterThanThreshold",
      threshold: 0,
      description: "Transactions wait for each other for ever, and one is aborted",
    },
    latencyAlarm("read-latency", "ReadLatency"),
    latencyAlarm("write-latency", "WriteLatency"),
    ...(instances.length > 1 ? [replicaLag] : []),
  ];
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

function cpuAlarm(): AlarmSpec {
  return {
    role: "cpu",
    metricName: "CPUUtilization",
    statistic: "Average",
    comparison: "GreaterThanThreshold",
    threshold: 80,
    description: "The processor is more than 80 % busy",
  };
}

function connectionAlarm(memory: number, most: number): AlarmSpec {
  return {
    role: "connections",
    metricName: "DatabaseConnections",
    statistic: "Maximum",
    comparison: "GreaterThanThreshold",
    threshold: Math.round(Math.min(memory / BYTES_A_CONNECTION, most) * CONNECTION_SHARE),
    description: "Most of the possible connections are open",
  };
}

function latencyAlarm(role: string, metricName: string): AlarmSpec {
  return {
    role,
    metricName,
    statistic: "Average",
    comparison: "GreaterThanThreshold",
    threshold: 0.05,
    description: "The storage takes more than 50 ms to answer",
  };
}
