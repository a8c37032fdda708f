// Metrics of the load balancer. Pure.
import type { Metric, Signal } from "../../kit";

/** Signals of a load balancer: errors of its own (without a healthy task it answers 503), latency, traffic and cost. */
export function balancerSignals(of: string, arnSuffix: Metric["dimensions"][string]): Signal[] {
  const metric = (name: string): Metric => ({
    namespace: "AWS/ApplicationELB",
    name,
    dimensions: { LoadBalancer: arnSuffix },
    statistic: "Sum",
    unit: "count",
    period: 60,
  });
  return [
    { of, role: "server-errors", meaning: "errors", metric: metric("HTTPCode_ELB_5XX_Count") },
    { of, role: "rejected", meaning: "saturation", metric: metric("RejectedConnectionCount") },
    {
      of,
      role: "response-time",
      meaning: "latency",
      metric: { ...metric("TargetResponseTime"), statistic: "p95", unit: "seconds" },
    },
    { of, role: "requests", meaning: "traffic", metric: metric("RequestCount") },
    { of, role: "capacity-units", meaning: "cost", metric: { ...metric("ConsumedLCUs"), unit: "units" } },
  ];
}
