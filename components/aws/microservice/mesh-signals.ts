// Metrics of the requests that a service gets from other services. Service Connect counts requests under the service that answers them
// (`DiscoveryName`), and answers and their times under each service that asked (`TargetDiscoveryName`, with the caller's `ServiceName`):
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html. Pure.
import type { Metric, MetricMath, Signal } from "../../kit";

/** How ECS names a service in metrics: `ClusterName` and `ServiceName`. */
export type ServiceDimensions = Metric["dimensions"];

/** Requests by way of Service Connect, as metrics. */
export interface MeshMetrics {
  readonly requests: readonly Metric[];
  /** One a caller. */
  readonly errors: readonly Metric[];
  /** One a caller. */
  readonly times: readonly Metric[];
}

/** The metrics of a service with these callers. */
export function meshMetrics(
  discoveryName: string,
  own: ServiceDimensions,
  callers: readonly ServiceDimensions[],
): MeshMetrics {
  const metric = (name: string, dimensions: ServiceDimensions): Metric => ({
    namespace: "AWS/ECS",
    name,
    dimensions,
    statistic: "Sum",
    unit: "count",
    period: 60,
  });
  const target = (caller: ServiceDimensions): ServiceDimensions => ({ ...caller, TargetDiscoveryName: discoveryName });
  return {
    requests: [metric("RequestCount", { ...own, DiscoveryName: discoveryName })],
    errors: callers.map((caller) => metric("HTTPCode_Target_5XX_Count", target(caller))),
    times: callers.map((caller) => ({
      ...metric("TargetResponseTime", target(caller)),
      statistic: "p95",
      unit: "milliseconds",
    })),
  };
}

/** The same as signals, without thresholds: objectives have them. */
export function meshSignals(of: string, { requests, errors, times }: MeshMetrics): Signal[] {
  return [
    ...requests.map((metric): Signal => ({ of, role: "calls", meaning: "traffic", metric })),
    ...combined("errors", "+", errors).map((metric): Signal => ({
      of,
      role: "failed-calls",
      meaning: "errors",
      metric,
    })),
    ...combined("times", "MAX", times).map((metric): Signal => ({ of, role: "call-time", meaning: "latency", metric })),
  ];
}

/** One value of several metrics; CloudWatch takes ten in an expression. */
function combined(id: string, how: "+" | "MAX", all: readonly Metric[]): (Metric | MetricMath)[] {
  const [first] = all;
  if (first === undefined) return [];
  if (all.length === 1) return [first];
  const metrics = Object.fromEntries(all.slice(0, 9).map((metric, index) => [`${id}${index}`, metric]));
  const ids = Object.keys(metrics);
  const expression = how === "+" ? ids.map((one) => `FILL(${one}, 0)`).join(" + ") : `MAX([${ids.join(", ")}])`;
  return [{ id: `all${id}`, expression, label: id, metrics }];
}
