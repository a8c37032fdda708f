// Metrics of a target group behind a load balancer. Pure.
import type { Metric } from "../../kit";

/** Counts of a target group: by name, statistic and seconds. */
export function targetGroupMetric(
  loadBalancer: Metric["dimensions"][string],
  targetGroup: Metric["dimensions"][string],
) {
  return (name: string, statistic: Metric["statistic"], period: number): Metric => ({
    namespace: "AWS/ApplicationELB",
    name,
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
    statistic,
    unit: "count",
    period,
  });
}
