// Functions and containers.
import type { Facts } from "./facts";

const PORT = [0, 65_535] as const;
/** Some ports may be one higher than there are. */
const PORT_AND_ONE = [0, 65_536] as const;
const SECONDS = [0, 2_147_483_647] as const;

export const compute: Facts = {
  "aws:lambda/function:Function": {
    source: "lambda/function.go",
    replaces: ["name", "packageType"],
    forms: {
      arn: [
        ...[
          "codeSigningConfigArn",
          "deadLetterConfig.targetArn",
          "fileSystemConfig.arn",
          "kmsKeyArn",
          "layers",
          "role",
        ],
      ],
    },
    ranges: {
      "ephemeralStorage.size": [512, 10_240],
      reservedConcurrentExecutions: [-1],
      timeout: [1, 900],
    },
    lengths: { handler: [1, 128] },
    items: { architectures: [0, 1], layers: [0, 5] },
    patterns: { "fileSystemConfig.localMountPath": "^/mnt/[0-9A-Za-z_.-]+$" },
    values: {
      architectures: ["x86_64", "arm64"],
      "loggingConfig.applicationLogLevel": ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"],
      "loggingConfig.logFormat": ["JSON", "Text"],
      "loggingConfig.systemLogLevel": ["DEBUG", "INFO", "WARN"],
      packageType: ["Zip", "Image"],
      "snapStart.applyOn": ["PublishedVersions", "None"],
      "tracingConfig.mode": ["Active", "PassThrough"],
    },
    oneOf: [["code", "imageUri", "s3Bucket"]],
    conflicts: [["s3ObjectVersion", "code", "imageUri"]],
    needs: [
      ["replacementSecurityGroupIds", "replaceSecurityGroupsOnDestroy"],
      ["s3Bucket", "s3Key"],
      ["s3Key", "s3Bucket"],
    ],
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    source: "lambda/event_source_mapping.go",
    replaces: [
      ...["eventSourceArn", "queues", "selfManagedEventSource", "startingPosition", "startingPositionTimestamp"],
      ...["topics", "amazonManagedKafkaEventSourceConfig.consumerGroupId"],
      "selfManagedKafkaEventSourceConfig.consumerGroupId",
    ],
    forms: { arn: ["destinationConfig.onFailure.destinationArn"] },
    ranges: {
      maximumRetryAttempts: [-1, 10_000],
      parallelizationFactor: [1, 10],
      "scalingConfig.maximumConcurrency": [2],
      tumblingWindowInSeconds: [0, 900],
    },
    lengths: {
      "amazonManagedKafkaEventSourceConfig.consumerGroupId": [1, 200],
      "filterCriteria.filters.pattern": [0, 4096],
      queues: [1, 1000],
      "selfManagedKafkaEventSourceConfig.consumerGroupId": [1, 200],
      topics: [1, 249],
    },
    items: { "filterCriteria.filters": [0, 10], queues: [0, 1], sourceAccessConfigurations: [0, 22] },
    values: {
      "documentDbEventSourceConfig.fullDocument": ["UpdateLookup", "Default"],
      functionResponseTypes: ["ReportBatchItemFailures"],
      startingPosition: ["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"],
    },
    oneOf: [["eventSourceArn", "selfManagedEventSource"]],
    conflicts: [["amazonManagedKafkaEventSourceConfig", "selfManagedEventSource", "selfManagedKafkaEventSourceConfig"]],
  },
  "aws:lambda/permission:Permission": {
    source: "lambda/permission.go",
    replaces: [
      ...["action", "eventSourceToken", "function", "functionUrlAuthType", "invokedViaFunctionUrl", "principal"],
      ...["principalOrgId", "qualifier", "sourceAccount", "sourceArn", "statementId", "statementIdPrefix"],
    ],
    forms: { arn: ["sourceArn"], account: ["sourceAccount"] },
    lengths: { statementId: [1, 100], statementIdPrefix: [1, 100] },
    patterns: {
      action: "^(?:lambda:(?:\\*|[A-Za-z]+)|\\*)$",
      eventSourceToken: "^[0-9A-Za-z._-]{1,256}$",
      statementId: "^[0-9A-Za-z_-]+$",
      statementIdPrefix: "^[0-9A-Za-z_-]+$",
    },
    values: { functionUrlAuthType: ["NONE", "AWS_IAM"] },
    conflicts: [["statementId", "statementIdPrefix"]],
  },
  "aws:lambda/layerVersion:LayerVersion": {
    source: "lambda/layer_version.go",
    replaces: [
      ...["code", "compatibleArchitectures", "compatibleRuntimes", "description", "layerName", "licenseInfo"],
      ...["s3Bucket", "s3Key", "s3ObjectVersion", "skipDestroy", "sourceCodeHash"],
    ],
    lengths: { licenseInfo: [0, 512] },
    items: { compatibleArchitectures: [0, 2], compatibleRuntimes: [0, 15] },
    values: { compatibleArchitectures: ["x86_64", "arm64"] },
    conflicts: [["code", "s3Bucket", "s3Key", "s3ObjectVersion"]],
  },
  "aws:ecs/service:Service": {
    source: "ecs/service.go",
    replaces: ["cluster", "iamRole", "launchType", "name", "schedulingStrategy"],
    forms: {
      arn: [
        "loadBalancers.advancedConfiguration.alternateTargetGroupArn",
        "loadBalancers.advancedConfiguration.productionListenerRule",
        "loadBalancers.advancedConfiguration.roleArn",
        "loadBalancers.advancedConfiguration.testListenerRule",
        "loadBalancers.targetGroupArn",
        "serviceConnectConfiguration.services.tls.issuerCertAuthority.awsPcaAuthorityArn",
        "serviceConnectConfiguration.services.tls.roleArn",
        "serviceRegistries.registryArn",
        "volumeConfiguration.managedEbsVolume.roleArn",
      ],
    },
    ranges: {
      "capacityProviderStrategies.base": [0, 100_000],
      "capacityProviderStrategies.weight": [0, 1000],
      "deploymentConfiguration.linearConfiguration.stepPercent": [3, 100],
      healthCheckGracePeriodSeconds: SECONDS,
      "loadBalancers.containerPort": PORT_AND_ONE,
      "serviceConnectConfiguration.services.clientAlias.port": PORT,
      "serviceConnectConfiguration.services.ingressPortOverride": PORT,
      "serviceConnectConfiguration.services.timeout.idleTimeoutSeconds": SECONDS,
      "serviceConnectConfiguration.services.timeout.perRequestTimeoutSeconds": SECONDS,
      "serviceRegistries.containerPort": PORT_AND_ONE,
      "serviceRegistries.port": PORT_AND_ONE,
    },
    items: { orderedPlacementStrategies: [0, 5], placementConstraints: [0, 10] },
    values: {
      availabilityZoneRebalancing: ["ENABLED", "DISABLED"],
      "deploymentConfiguration.strategy": ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"],
      "deploymentController.type": ["ECS", "CODE_DEPLOY", "EXTERNAL"],
      launchType: ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"],
      "orderedPlacementStrategies.type": ["random", "spread", "binpack"],
      "placementConstraints.type": ["distinctInstance", "memberOf"],
      propagateTags: ["TASK_DEFINITION", "SERVICE", "NONE"],
      schedulingStrategy: ["REPLICA", "DAEMON"],
      "serviceConnectConfiguration.accessLogConfiguration.format": ["TEXT", "JSON"],
      "serviceConnectConfiguration.accessLogConfiguration.includeQueryParameters": ["DISABLED", "ENABLED"],
      "serviceConnectConfiguration.logConfiguration.logDriver": [
        ...["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"],
      ],
      "volumeConfiguration.managedEbsVolume.fileSystemType": ["ext3", "ext4", "xfs", "ntfs"],
    },
  },

  "aws:lambda/alias:Alias": { source: "lambda/alias.go", replaces: ["functionName", "name"] },
};
