// Metrics of a service. The alarms are the few that mean a customer notices: unhealthy tasks, answers with 5XX, fewer tasks than the
// minimum.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Metric, Signal } from "../../kit";
import { targetGroupMetric } from "../kit/target-group-metric";
import type { Context } from "./context";
import type { Routing } from "./routing";

/** The signals of a service; those of its routes need `routing.loadBalancerArnSuffix`. */
export function serviceSignals(context: Context, service: aws.ecs.Service, routing: Routing | undefined): Signal[] {
  const { name, args, settings } = context;
  const { min, schedules } = settings.scaling;
  const suffix = settings.routing?.loadBalancerArnSuffix;
  // A schedule may lower the minimum. Fewer tasks than the lowest minimum are a fault at any hour, and so are none where one is wanted.
  const least = Math.max(1, Math.min(min, ...Object.values(schedules).map((schedule) => schedule.min)));
  const dimensions = { ClusterName: args.cluster.clusterName, ServiceName: service.name };
  const used = (metric: string): Metric => ({
    namespace: "AWS/ECS",
    name: metric,
    dimensions,
    statistic: "Average",
    unit: "percent",
    period: 60,
  });
  return [
    ...(routing && suffix !== undefined ? targetSignals(name, routing, suffix) : []),
    runningSignal(name, dimensions, least),
    { of: name, role: "cpu", meaning: "saturation", metric: used("CPUUtilization") },
    { of: name, role: "memory", meaning: "saturation", metric: used("MemoryUtilization") },
  ];
}

/** Threshold for 5XX: 10 answers in two periods of five minutes. */
export function targetSignals(
  of: string,
  { targetGroup }: Pick<Routing, "targetGroup">,
  suffix: pulumi.Input<string>,
  targets = "Tasks",
): Signal[] {
  const metric = targetGroupMetric(suffix, targetGroup.arnSuffix);
  const alarm = { comparison: "at least", missingData: "notBreaching" } as const;
  return [
    {
      of,
      role: "unhealthy-hosts",
      meaning: "errors",
      metric: metric("UnHealthyHostCount", "Maximum", 60),
      alarmAt: {
        ...alarm,
        description: `${targets} of ${of} fail the load balancer's health check.`,
        threshold: 1,
        periods: 3,
      },
    },
    {
      of,
      role: "server-errors",
      meaning: "errors",
      metric: metric("HTTPCode_Target_5XX_Count", "Sum", 300),
      alarmAt: { ...alarm, description: `${of} answers with 5XX.`, threshold: 10, periods: 2 },
    },
    {
      of,
      role: "response-time",
      meaning: "latency",
      metric: { ...metric("TargetResponseTime", "p95", 60), unit: "seconds" },
    },
    { of, role: "requests", meaning: "traffic", metric: metric("RequestCount", "Sum", 60) },
  ];
}

/**
 * Needs Container Insights on the cluster, which reports how many tasks are wanted and how many run, both or neither. A new service
 * has no data yet, and a service that is scaled to zero wants no task: neither is a fault.
 */
function runningSignal(of: string, dimensions: Metric["dimensions"], least: number): Signal {
  const count = (name: string): Metric => ({
    namespace: "ECS/ContainerInsights",
    name,
    dimensions,
    statistic: "Minimum",
    unit: "count",
    period: 60,
  });
  return {
    of,
    role: "too-few-tasks",
    meaning: "errors",
    metric: {
      id: "missing",
      expression: `IF(wanted >= ${least} AND running < ${least}, 1, 0)`,
      label: "Too few tasks",
      metrics: { wanted: count("DesiredTaskCount"), running: count("RunningTaskCount") },
    },
    alarmAt: {
      description: `Fewer than ${least} tasks of ${of} run, although ${least} or more are wanted.`,
      comparison: "at least",
      threshold: 1,
      periods: 5,
      missingData: "notBreaching",
    },
  };
}
