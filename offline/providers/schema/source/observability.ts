// Metrics, logs and events.
import type { Facts } from "./facts";

/** `validLogGroupName` in logs/validate.go. */
const LOG_GROUP = "^[0-9A-Za-z_./#-]+$";

export const observability: Facts = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    source: "cloudwatch/metric_alarm.go",
    replaces: ["name"],
    ranges: { datapointsToAlarm: [1], evaluationPeriods: [1] },
    lengths: {
      ...{ alarmDescription: [0, 1024], metricName: [1, 255], name: [1, 255], namespace: [1, 255] },
      ...{ "metricQueries.expression": [1, 1024], "metricQueries.id": [1, 255], thresholdMetricId: [1, 255] },
    },
    items: { insufficientDataActions: [0, 5], okActions: [0, 5] },
    values: {
      comparisonOperator: [
        ...["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold"],
        ...["LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold"],
        "GreaterThanUpperThreshold",
      ],
      evaluateLowSampleCountPercentiles: ["evaluate", "ignore"],
      statistic: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
      treatMissingData: ["breaching", "notBreaching", "ignore", "missing"],
    },
    conflicts: [
      ["metricQueries", "dimensions", "metricName", "namespace", "period", "statistic"],
      ["statistic", "extendedStatistic"],
      ["threshold", "thresholdMetricId"],
    ],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    source: "events/target.go",
    replaces: ["eventBusName", "rule", "targetId"],
    forms: {
      arn: [
        "arn",
        "deadLetterConfig.arn",
        "ecsTarget.taskDefinitionArn",
        "redshiftTarget.secretsManagerArn",
        "roleArn",
      ],
      json: ["input"],
    },
    ranges: {
      "batchTarget.arraySize": [2, 10_000],
      "batchTarget.jobAttempts": [1, 10],
      "ecsTarget.capacityProviderStrategies.base": [0, 100_000],
      "ecsTarget.capacityProviderStrategies.weight": [0, 1000],
      "ecsTarget.taskCount": [1, 2_147_483_647],
      "retryPolicy.maximumEventAgeInSeconds": [0, 86_400],
      "retryPolicy.maximumRetryAttempts": [0, 185],
    },
    lengths: {
      ...{ "ecsTarget.group": [1, 255], "ecsTarget.platformVersion": [0, 1600], input: [0, 8192], inputPath: [0, 256] },
      ...{ "inputTransformer.inputTemplate": [1, 8192], "kinesisTarget.partitionKeyPath": [1, 256], rule: [1, 64] },
      ...{ "redshiftTarget.database": [1, 64], "redshiftTarget.dbUser": [1, 128], "redshiftTarget.sql": [1, 100_000] },
      ...{ "runCommandTargets.key": [1, 128], "runCommandTargets.values": [1, 256], targetId: [1, 64] },
    },
    items: {
      "ecsTarget.orderedPlacementStrategies": [0, 5],
      "ecsTarget.placementConstraints": [0, 10],
      runCommandTargets: [0, 5],
      "runCommandTargets.values": [0, 50],
      "sagemakerPipelineTarget.pipelineParameterLists": [0, 200],
    },
    patterns: { targetId: "^[0-9A-Za-z_.-]+$" },
    values: {
      "ecsTarget.launchType": ["EC2", "FARGATE", "EXTERNAL"],
      "ecsTarget.orderedPlacementStrategies.type": ["random", "spread", "binpack"],
      "ecsTarget.placementConstraints.type": ["distinctInstance", "memberOf"],
      "ecsTarget.propagateTags": ["TASK_DEFINITION"],
    },
    conflicts: [
      ["input", "inputPath", "inputTransformer"],
      ["inputPath", "inputTransformer"],
    ],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    source: "events/rule.go",
    replaces: ["eventBusName", "name", "namePrefix"],
    forms: { arn: ["roleArn"], json: ["eventPattern"] },
    lengths: { description: [0, 512], name: [1, 64], scheduleExpression: [0, 256] },
    patterns: { name: "^[0-9A-Za-z_.-]+$", namePrefix: "^[0-9A-Za-z_.-]+$" },
    values: { state: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] },
    someOf: [["scheduleExpression", "eventPattern"]],
    conflicts: [
      ["isEnabled", "state"],
      ["name", "namePrefix"],
    ],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    source: "logs/group.go",
    replaces: ["logGroupClass", "name", "namePrefix"],
    lengths: { name: [1, 512], namePrefix: [1, 486] },
    patterns: { name: LOG_GROUP, namePrefix: LOG_GROUP },
    values: {
      logGroupClass: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"],
      retentionInDays: [
        ...["0", "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731", "1096"],
        ...["1827", "2192", "2557", "2922", "3288", "3653"],
      ],
    },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    source: "logs/metric_filter.go",
    replaces: ["logGroupName", "name"],
    lengths: {
      ...{ logGroupName: [1, 512], "metricTransformation.name": [0, 255], "metricTransformation.namespace": [0, 255] },
      ...{ "metricTransformation.value": [0, 100], name: [0, 512], pattern: [0, 1024] },
    },
    patterns: { logGroupName: LOG_GROUP, name: "^[^:*]+$" },
  },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
    source: "logs/subscription_filter.go",
    replaces: ["destinationArn", "logGroup", "name"],
    forms: { arn: ["destinationArn", "roleArn"] },
    lengths: { filterPattern: [0, 1024], name: [1, 512] },
    values: { distribution: ["Random", "ByLogStream"], emitSystemFields: ["@aws.account", "@aws.region"] },
  },
  "aws:xray/samplingRule:SamplingRule": {
    source: "xray/sampling_rule.go",
    replaces: ["ruleName", "version"],
    ranges: { priority: [1, 9999], reservoirSize: [0], version: [1] },
    lengths: {
      ...{ host: [0, 64], httpMethod: [0, 10], ruleName: [1, 32], serviceName: [0, 64], serviceType: [0, 64] },
      urlPath: [0, 128],
    },
  },

  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    source: "cloudwatch/composite_alarm.go",
    replaces: ["actionsEnabled", "alarmName"],
    forms: { arn: ["alarmActions", "insufficientDataActions", "okActions"] },
    lengths: { alarmRule: [1, 10_240] },
    items: { alarmActions: [0, 5], insufficientDataActions: [0, 5], okActions: [0, 5] },
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    source: "cloudwatch/dashboard.go",
    replaces: ["dashboardName"],
    forms: { json: ["dashboardBody"] },
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    source: "logs/query_definition.go",
    replaces: [],
    lengths: { name: [1, 255] },
    patterns: { name: "^[^:*/]+(/[^:*/]+)*$" },
  },
  "aws:xray/group:Group": { source: "xray/group.go", replaces: ["groupName"] },
};
