// The few alarms that mean a customer notices: sick tasks, answers with 5XX, fewer tasks than there have to be.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type AlarmArgs, notifyingAlarm } from "../kit";
import type { Context } from "./context";
import type { Routing } from "./routing";

/** Creates the alarms, by role. */
export function createAlarms(
  context: Context,
  service: aws.ecs.Service,
  routing: Routing | undefined,
): Record<string, aws.cloudwatch.MetricAlarm> {
  const { name, args, child } = context;
  return Object.fromEntries(
    Object.entries(resolveAlarms(context, service, routing)).map(([role, alarm]) => [
      role,
      notifyingAlarm(
        { ...child, tags: args.tags },
        args.transform?.alarm,
        `${name}-${role}`,
        args.alarmTopicArn,
        alarm,
      ),
    ]),
  );
}

function resolveAlarms(context: Context, service: aws.ecs.Service, routing: Routing | undefined) {
  const { settings } = context;
  const { min, schedules } = settings.scaling;
  const suffix = settings.routing?.loadBalancerArnSuffix;
  // A schedule may lower the bound; below the lowest is a fault at any hour, and so is none where one is wanted.
  const least = Math.max(1, Math.min(min, ...Object.values(schedules).map((schedule) => schedule.min)));
  return {
    ...(routing && suffix !== undefined && targetAlarms(context.name, routing, suffix)),
    "too-few-tasks": runningAlarm(context, service, least),
  };
}

/** Threshold for 5XX: 10 answers in two periods of five minutes. */
function targetAlarms(name: string, { targetGroup }: Routing, suffix: pulumi.Input<string>): Record<string, AlarmArgs> {
  const dimensions = { LoadBalancer: suffix, TargetGroup: targetGroup.arnSuffix };
  return {
    "unhealthy-hosts": {
      alarmDescription: `Tasks of ${name} fail the load balancer's health check.`,
      namespace: "AWS/ApplicationELB",
      metricName: "UnHealthyHostCount",
      dimensions,
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 3,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    },
    "server-errors": {
      alarmDescription: `${name} answers with 5XX.`,
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_Target_5XX_Count",
      dimensions,
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 2,
      threshold: 10,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    },
  };
}

/**
 * Needs Container Insights on the cluster, which reports how many tasks are wanted and how many run, both or neither. A service
 * that was just made has no data yet, and one that was scaled to zero wants no task: neither is a fault.
 */
function runningAlarm({ name, args }: Context, service: aws.ecs.Service, least: number): AlarmArgs {
  const dimensions = { ClusterName: args.cluster.clusterName, ServiceName: service.name };
  const count = (id: string, metricName: string) => ({
    id,
    metric: { namespace: "ECS/ContainerInsights", metricName, dimensions, period: 60, stat: "Minimum" },
  });
  return {
    alarmDescription: `Fewer than ${least} tasks of ${name} run, although ${least} or more are wanted.`,
    metricQueries: [
      {
        id: "missing",
        expression: `IF(wanted >= ${least} AND running < ${least}, 1, 0)`,
        label: "Too few tasks",
        returnData: true,
      },
      count("wanted", "DesiredTaskCount"),
      count("running", "RunningTaskCount"),
    ],
    evaluationPeriods: 5,
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    treatMissingData: "notBreaching",
  };
}
