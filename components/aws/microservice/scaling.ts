// Autoscaling. Target tracking holds a measure and scales both ways; steps on a queue add tasks at once when work piles up.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import type { QueueScalingSettings } from "./args";
import { type Context, tagsOf } from "./context";
import type { ResolvedScaling } from "./resolve";
import type { Routing } from "./routing";
import { inPolicy, outPolicy, type StepPolicy } from "./steps";

type Tracking = aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration;

/** What autoscaling consists of; nothing when the number of tasks is fixed. */
export interface Scaling {
  readonly target: aws.appautoscaling.Target | undefined;
  readonly policies: Readonly<Record<string, aws.appautoscaling.Policy>>;
  readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  readonly scheduledActions: Readonly<Record<string, aws.appautoscaling.ScheduledAction>>;
}

/** Creates the scalable target, its policies, the alarms that drive steps, and the schedules. */
export function createScaling(context: Context, service: aws.ecs.Service, routing: Routing | undefined): Scaling {
  const { settings } = context;
  if (!settings.scaling.automatic) return { target: undefined, policies: {}, alarms: {}, scheduledActions: {} };
  const target = createTarget(context, service);
  const trackings = Object.entries(resolveTrackings(context, service, routing));
  const tracking = trackings.map(([role, configuration]) => createTracking(context, target, role, configuration));
  const steps = settings.scaling.queue
    ? createSteps(context, target, settings.scaling.queue, trackings.length > 0)
    : [];
  return {
    target,
    policies: Object.fromEntries([...tracking, ...steps.map(({ role, policy }): Named => [role, policy])]),
    alarms: Object.fromEntries(steps.map(({ role, alarm }) => [role, alarm])),
    scheduledActions: createSchedules(context, target),
  };
}

type Named = [role: string, policy: aws.appautoscaling.Policy];

function createTarget(context: Context, service: aws.ecs.Service): aws.appautoscaling.Target {
  const { name, args, settings, child } = context;
  return new aws.appautoscaling.Target(
    ...transformed<aws.appautoscaling.TargetArgs>(
      args.transform?.scalableTarget,
      `${name}-scaling`,
      {
        serviceNamespace: "ecs",
        scalableDimension: "ecs:service:DesiredCount",
        resourceId: pulumi.interpolate`service/${args.cluster.clusterName}/${service.name}`,
        minCapacity: settings.scaling.min,
        maxCapacity: settings.scaling.max,
        ...tagsOf(context),
      },
      { ...child, ...boundsOptions(settings.scaling) },
    ),
  );
}

/**
 * A schedule moves the bounds of the target itself, so neither a refresh nor a deployment may move them back. New bounds in the
 * arguments still count: the target is registered again, with its policies and schedules; the tasks run on meanwhile. It goes
 * first, because AWS registers a target once, and takes its policies and schedules away with it:
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html
 */
function boundsOptions({ min, max, schedules }: ResolvedScaling): pulumi.CustomResourceOptions {
  if (Object.keys(schedules).length === 0) return {};
  return {
    ignoreChanges: ["minCapacity", "maxCapacity"],
    replacementTrigger: `${min}-${max}`,
    deleteBeforeReplace: true,
  };
}

function resolveTrackings(
  { args, settings }: Context,
  service: aws.ecs.Service,
  routing: Routing | undefined,
): Record<string, Tracking> {
  const { cpu, memory, requestsPerTarget, backlogPerTask } = settings.scaling;
  const suffix = settings.routing?.loadBalancerArnSuffix;
  const predefined = (predefinedMetricType: string, targetValue: number): Tracking => ({
    targetValue,
    predefinedMetricSpecification: { predefinedMetricType },
  });
  return {
    ...(cpu !== undefined && { cpu: predefined("ECSServiceAverageCPUUtilization", cpu) }),
    ...(memory !== undefined && { memory: predefined("ECSServiceAverageMemoryUtilization", memory) }),
    ...(requestsPerTarget !== undefined &&
      routing &&
      suffix !== undefined && {
        requests: {
          targetValue: requestsPerTarget,
          predefinedMetricSpecification: {
            predefinedMetricType: "ALBRequestCountPerTarget",
            resourceLabel: pulumi.interpolate`${suffix}/${routing.targetGroup.arnSuffix}`,
          },
        },
      }),
    ...(backlogPerTask && {
      backlog: {
        targetValue: backlogPerTask.target,
        customizedMetricSpecification: {
          metrics: backlogMetrics(args.cluster.clusterName, service, backlogPerTask.queueName),
        },
      },
    }),
  };
}

/** Messages for each running task; with no task running the messages themselves, so that the first one starts. */
function backlogMetrics(clusterName: pulumi.Input<string>, service: aws.ecs.Service, queueName: pulumi.Input<string>) {
  return [
    {
      id: "visible",
      returnData: false,
      metricStat: {
        stat: "Average",
        metric: {
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: [{ name: "QueueName", value: queueName }],
        },
      },
    },
    {
      id: "running",
      returnData: false,
      metricStat: {
        stat: "Average",
        metric: {
          namespace: "ECS/ContainerInsights",
          metricName: "RunningTaskCount",
          dimensions: [
            { name: "ClusterName", value: clusterName },
            { name: "ServiceName", value: service.name },
          ],
        },
      },
    },
    {
      id: "backlog",
      label: "Messages per task",
      expression: "IF(FILL(running, 0) > 0, visible / running, visible)",
      returnData: true,
    },
  ];
}

function createTracking(
  context: Context,
  target: aws.appautoscaling.Target,
  role: string,
  configuration: Tracking,
): Named {
  const { scaleInCooldown, scaleOutCooldown } = context.settings.scaling;
  const policy = createPolicy(context, target, role, {
    policyType: "TargetTrackingScaling",
    targetTrackingScalingPolicyConfiguration: { ...configuration, scaleInCooldown, scaleOutCooldown },
  });
  return [role, policy];
}

function createPolicy(
  { name, args, child }: Context,
  target: aws.appautoscaling.Target,
  role: string,
  what: Omit<aws.appautoscaling.PolicyArgs, "serviceNamespace" | "scalableDimension" | "resourceId">,
): aws.appautoscaling.Policy {
  return new aws.appautoscaling.Policy(
    ...transformed<aws.appautoscaling.PolicyArgs>(
      args.transform?.scalingPolicy,
      `${name}-${role}`,
      { ...identityOf(target), ...what },
      child,
    ),
  );
}

interface Steps {
  readonly role: string;
  readonly policy: aws.appautoscaling.Policy;
  readonly alarm: aws.cloudwatch.MetricAlarm;
}

function createSteps(
  context: Context,
  target: aws.appautoscaling.Target,
  { queueName, steps }: QueueScalingSettings,
  othersScaleIn: boolean,
): Steps[] {
  const more = outPolicy(steps);
  const less = inPolicy(steps, othersScaleIn);
  const created: Steps[] = [];
  if (more) {
    const alarm = {
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    };
    created.push(createStep(context, target, queueName, "queue-out", more, alarm));
  }
  if (less) {
    // SQS sends no metrics for a queue without activity for hours; the alarm then keeps its state.
    const alarm = {
      comparisonOperator: "LessThanOrEqualToThreshold",
      evaluationPeriods: 5,
      treatMissingData: "ignore",
    };
    created.push(createStep(context, target, queueName, "queue-in", less, alarm));
  }
  return created;
}

function createStep(
  context: Context,
  target: aws.appautoscaling.Target,
  queueName: pulumi.Input<string>,
  role: string,
  { threshold, adjustments }: StepPolicy,
  evaluation: Pick<aws.cloudwatch.MetricAlarmArgs, "comparisonOperator" | "evaluationPeriods" | "treatMissingData">,
): Steps {
  const { name, args, settings, child } = context;
  const policy = createPolicy(context, target, role, {
    policyType: "StepScaling",
    stepScalingPolicyConfiguration: {
      adjustmentType: "ChangeInCapacity",
      metricAggregationType: "Maximum",
      cooldown: settings.scaling.queueCooldown,
      stepAdjustments: adjustments.map(({ lower, upper, change }) => ({
        scalingAdjustment: change,
        ...(lower !== undefined && { metricIntervalLowerBound: String(lower) }),
        ...(upper !== undefined && { metricIntervalUpperBound: String(upper) }),
      })),
    },
  });
  const alarm = new aws.cloudwatch.MetricAlarm(
    ...transformed<aws.cloudwatch.MetricAlarmArgs>(
      args.transform?.alarm,
      `${name}-${role}`,
      {
        alarmDescription: `Drives the scaling of ${name}; no fault.`,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        period: 60,
        threshold,
        ...evaluation,
        alarmActions: [policy.arn],
        ...tagsOf(context),
      },
      child,
    ),
  );
  return { role, policy, alarm };
}

function createSchedules(context: Context, target: aws.appautoscaling.Target): Scaling["scheduledActions"] {
  const { name, args, settings, child } = context;
  return Object.fromEntries(
    Object.entries(settings.scaling.schedules).map(([schedule, { schedule: when, timezone = "UTC", min, max }]) => [
      schedule,
      new aws.appautoscaling.ScheduledAction(
        ...transformed<aws.appautoscaling.ScheduledActionArgs>(
          args.transform?.scheduledAction,
          `${name}-${schedule}`,
          {
            ...identityOf(target),
            schedule: when,
            timezone,
            scalableTargetAction: { minCapacity: min, maxCapacity: max },
          },
          child,
        ),
      ),
    ]),
  );
}

/** Read from the target's outputs, so that a policy is created after its target. */
function identityOf({ serviceNamespace, scalableDimension, resourceId }: aws.appautoscaling.Target) {
  return { serviceNamespace, scalableDimension, resourceId };
}
