// Scaling, schedules and workflows.
import type { Facts } from "./facts";

const SCHEDULE_NAME = "^[0-9A-Za-z_.-]+$";

export const scaling: Facts = {
  "aws:appautoscaling/policy:Policy": {
    source: "appautoscaling/policy.go",
    replaces: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
    lengths: {
      name: [0, 255],
      "targetTrackingScalingPolicyConfiguration.customizedMetricSpecification.metrics.expression": [1, 2047],
      "targetTrackingScalingPolicyConfiguration.customizedMetricSpecification.metrics.id": [1, 255],
      "targetTrackingScalingPolicyConfiguration.customizedMetricSpecification.metrics.label": [1, 2047],
      "targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel": [0, 1023],
    },
    values: {
      "targetTrackingScalingPolicyConfiguration.customizedMetricSpecification.statistic": [
        ...["Average", "Minimum", "Maximum", "SampleCount", "Sum"],
      ],
    },
  },
  "aws:appautoscaling/target:Target": {
    source: "appautoscaling/target.go",
    replaces: ["resourceId", "scalableDimension", "serviceNamespace"],
  },
  "aws:sfn/stateMachine:StateMachine": {
    source: "sfn/state_machine.go",
    replaces: ["name", "namePrefix", "type"],
    forms: { arn: ["roleArn"] },
    ranges: { "encryptionConfiguration.kmsDataKeyReusePeriodSeconds": [60, 900] },
    lengths: { definition: [0, 1_048_576], name: [1, 80], namePrefix: [1, 54] },
    patterns: { name: "^[0-9A-Za-z_-]+$", namePrefix: "^[0-9A-Za-z_-]+$" },
    values: {
      "encryptionConfiguration.type": ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"],
      "loggingConfiguration.level": ["ALL", "ERROR", "FATAL", "OFF"],
      type: ["STANDARD", "EXPRESS"],
    },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:scheduler/schedule:Schedule": {
    source: "scheduler/schedule.go",
    replaces: ["groupName", "name", "namePrefix"],
    forms: {
      arn: [
        "kmsKeyArn",
        "target.arn",
        "target.deadLetterConfig.arn",
        "target.ecsParameters.taskDefinitionArn",
        "target.roleArn",
      ],
      timestamp: ["endDate", "startDate"],
    },
    ranges: {
      "flexibleTimeWindow.maximumWindowInMinutes": [1, 1440],
      "target.ecsParameters.capacityProviderStrategies.base": [0, 100_000],
      "target.ecsParameters.capacityProviderStrategies.weight": [0, 1000],
      "target.ecsParameters.taskCount": [0, 10],
      "target.retryPolicy.maximumEventAgeInSeconds": [60, 86_400],
      "target.retryPolicy.maximumRetryAttempts": [0, 185],
    },
    lengths: {
      ...{
        description: [0, 512],
        groupName: [1, 64],
        name: [1, 64],
        namePrefix: [1, 38],
        scheduleExpression: [1, 256],
      },
      ...{ scheduleExpressionTimezone: [1, 50], "target.eventbridgeParameters.detailType": [1, 128] },
      ...{ "target.eventbridgeParameters.source": [1, 256], "target.kinesisParameters.partitionKey": [1, 256] },
      "target.sqsParameters.messageGroupId": [1, 128],
    },
    items: {
      "target.ecsParameters.capacityProviderStrategies": [0, 6],
      "target.ecsParameters.placementConstraints": [0, 10],
      "target.ecsParameters.placementStrategies": [0, 5],
      "target.sagemakerPipelineParameters.pipelineParameters": [0, 200],
    },
    patterns: { name: SCHEDULE_NAME, namePrefix: SCHEDULE_NAME },
    values: {
      actionAfterCompletion: ["NONE", "DELETE"],
      "flexibleTimeWindow.mode": ["OFF", "FLEXIBLE"],
      state: ["ENABLED", "DISABLED"],
      "target.ecsParameters.launchType": ["EC2", "FARGATE", "EXTERNAL"],
      "target.ecsParameters.placementConstraints.type": ["distinctInstance", "memberOf"],
      "target.ecsParameters.placementStrategies.type": ["random", "spread", "binpack"],
      "target.ecsParameters.propagateTags": ["TASK_DEFINITION"],
    },
    conflicts: [["name", "namePrefix"]],
  },

  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    source: "appautoscaling/scheduled_action.go",
    replaces: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
    forms: { timestamp: ["endTime", "startTime"] },
    ranges: { "scalableTargetAction.maxCapacity": [0], "scalableTargetAction.minCapacity": [0] },
    someOf: [["scalableTargetAction.maxCapacity", "scalableTargetAction.minCapacity"]],
  },
};
