import { expect } from "chai";
import { outputOf } from "../../../../offline/providers/mocks";
import { build, routing } from "./fixtures";

const TARGET = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";
const ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const SERVICE = "aws:ecs/service:Service";
const queue = {
  queueName: "orders-1",
  steps: [
    { from: 0, change: 0 },
    { from: 10, change: 2 },
    { from: 50, change: 5 },
    { from: 100, change: 10 },
  ],
};

describe("components/aws/microservice scaling", () => {
  it("has no autoscaling for a fixed number of tasks", async () => {
    const { ofType, one } = await build({ scaling: { min: 3, max: 3 } });
    expect([...ofType(TARGET), ...ofType(POLICY), ...ofType(ACTION)]).to.deep.equal([]);
    expect(one(SERVICE).inputs.desiredCount).to.equal(3);
  });

  it("holds CPU and memory with the default cooldowns", async () => {
    const { ofType, one } = await build({ scaling: { min: 2, max: 10, cpu: 70, memory: 80 } });
    const resourceId = `service/shop/${String(one(SERVICE).outputs.name)}`;
    const { minCapacity, maxCapacity, ...identity } = one(TARGET, "order-scaling").inputs;
    expect({ minCapacity, maxCapacity }).to.deep.equal({ minCapacity: 2, maxCapacity: 10 });
    expect(identity).to.deep.equal({
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId,
    });
    const tracking = (targetValue: number, predefinedMetricType: string) => ({
      ...identity,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue,
        predefinedMetricSpecification: { predefinedMetricType },
        scaleInCooldown: 180,
        scaleOutCooldown: 60,
      },
    });
    expect(ofType(POLICY).map(({ name, inputs }) => [name, inputs])).to.have.deep.members([
      ["order-cpu", tracking(70, "ECSServiceAverageCPUUtilization")],
      ["order-memory", tracking(80, "ECSServiceAverageMemoryUtilization")],
    ]);
  });

  it("holds requests for each task, with its own cooldowns", async () => {
    const { one } = await build({
      routing,
      scaling: { min: 2, max: 10, requestsPerTarget: 1000, scaleInCooldown: "5m", scaleOutCooldown: "30s" },
    });
    expect(one(POLICY, "order-requests").inputs.targetTrackingScalingPolicyConfiguration).to.deep.equal({
      targetValue: 1000,
      predefinedMetricSpecification: {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: `app/shop/1/${String(one("aws:lb/targetGroup:TargetGroup").outputs.arnSuffix)}`,
      },
      scaleInCooldown: 300,
      scaleOutCooldown: 30,
    });
  });

  it("holds the backlog of each task, and wakes the first one", async () => {
    const { one } = await build({ scaling: { min: 0, max: 5, backlogPerTask: { queueName: "orders-1", target: 20 } } });
    const service = one(SERVICE).outputs.name;
    expect(one(POLICY, "order-backlog").inputs.targetTrackingScalingPolicyConfiguration).to.deep.equal({
      targetValue: 20,
      scaleInCooldown: 180,
      scaleOutCooldown: 60,
      customizedMetricSpecification: {
        metrics: [
          {
            id: "visible",
            returnData: false,
            metricStat: {
              stat: "Average",
              metric: {
                namespace: "AWS/SQS",
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: [{ name: "QueueName", value: "orders-1" }],
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
                  { name: "ClusterName", value: "shop" },
                  { name: "ServiceName", value: service },
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
        ],
      },
    });
  });

  it("adds tasks by the seed's steps, and leaves scaling in to CPU", async () => {
    const { ofType, one, result } = await build({ scaling: { min: 3, max: 20, cpu: 60, queue } });
    expect(ofType(POLICY).map(({ name }) => name)).to.have.members(["order-cpu", "order-queue-out"]);
    expect(one(POLICY, "order-queue-out").inputs.stepScalingPolicyConfiguration).to.deep.equal({
      adjustmentType: "ChangeInCapacity",
      metricAggregationType: "Maximum",
      cooldown: 120,
      stepAdjustments: [
        { scalingAdjustment: 2, metricIntervalLowerBound: "0", metricIntervalUpperBound: "40" },
        { scalingAdjustment: 5, metricIntervalLowerBound: "40", metricIntervalUpperBound: "90" },
        { scalingAdjustment: 10, metricIntervalLowerBound: "90" },
      ],
    });
    expect(one(ALARM, "order-queue-out").inputs).to.deep.equal({
      alarmDescription: "Drives the scaling of order; no fault.",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "orders-1" },
      statistic: "Maximum",
      period: 60,
      threshold: 10,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [await outputOf(result.nodes.scalingPolicies["queue-out"]?.arn)],
    });
  });

  it("scales in by the queue where nothing else would", async () => {
    const { one, ofType } = await build({ scaling: { min: 1, max: 20, queue: { ...queue, cooldown: "4m" } } });
    expect(ofType(POLICY).map(({ name }) => name)).to.have.members(["order-queue-out", "order-queue-in"]);
    expect(one(POLICY, "order-queue-in").inputs.stepScalingPolicyConfiguration).to.deep.equal({
      adjustmentType: "ChangeInCapacity",
      metricAggregationType: "Maximum",
      cooldown: 240,
      stepAdjustments: [{ scalingAdjustment: -1, metricIntervalUpperBound: "0" }],
    });
    const { threshold, comparisonOperator, evaluationPeriods, treatMissingData } = one(ALARM, "order-queue-in").inputs;
    expect({ threshold, comparisonOperator, evaluationPeriods, treatMissingData }).to.deep.equal({
      threshold: 9,
      comparisonOperator: "LessThanOrEqualToThreshold",
      evaluationPeriods: 5,
      treatMissingData: "ignore",
    });
  });

  it("moves the bounds at the times it is told", async () => {
    const { one, ofType } = await build({
      scaling: {
        min: 1,
        max: 2,
        cpu: 50,
        schedules: {
          morning: { schedule: "cron(0 8 ? * MON-FRI *)", timezone: "Europe/Berlin", min: 4, max: 8 },
          night: { schedule: "cron(0 20 * * ? *)", min: 1, max: 2 },
        },
      },
    });
    expect(ofType(ACTION).map(({ name }) => name)).to.have.members(["order-morning", "order-night"]);
    const { schedule, timezone, scalableTargetAction } = one(ACTION, "order-morning").inputs;
    expect({ schedule, timezone, scalableTargetAction }).to.deep.equal({
      schedule: "cron(0 8 ? * MON-FRI *)",
      timezone: "Europe/Berlin",
      scalableTargetAction: { minCapacity: 4, maxCapacity: 8 },
    });
    expect(one(ACTION, "order-night").inputs.timezone).to.equal("UTC");
  });
});
