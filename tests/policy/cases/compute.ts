// Functions, workflows, instances, clusters, builds, logs, secrets, users.
import type { Case } from "./case";
import { sessionChanges } from "./platforms";

const STRONG = {
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  maxPasswordAge: 90,
  requireLowercaseCharacters: true,
  requireUppercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
};
const KEY_SCRIPT = "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n";

export const computeCases: readonly Case[] = [
  {
    type: "aws:ecs/taskDefinition:TaskDefinition",
    right: {
      family: "orders",
      networkMode: "awsvpc",
      containerDefinitions: JSON.stringify([
        {
          name: "orders",
          image: "registry.example.com/orders@sha256:0000000000000000000000000000000000000000000000000000000000000000",
          memory: 256,
          user: "1000",
          readonlyRootFilesystem: true,
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/orders" } },
        },
      ]),
    },
    wrong: [["require-task-network-mode", { networkMode: "bridge" }]],
  },
  {
    type: "aws:lambda/function:Function",
    right: {
      role: "$role",
      runtime: "nodejs22.x",
      handler: "index.handler",
      s3Bucket: "code",
      s3Key: "a.zip",
      tracingConfig: { mode: "Active" },
      reservedConcurrentExecutions: 10,
      codeSigningConfigArn: "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-0aaaaaaaaaaaaaaaa",
      vpcConfig: { subnetIds: "$subnets", securityGroupIds: ["$group"] },
      deadLetterConfig: { targetArn: "$topic" },
    },
    wrong: [
      ["require-function-tracing", { tracingConfig: undefined }],
      ["require-function-concurrency", { reservedConcurrentExecutions: undefined }],
      ["require-signed-function", { codeSigningConfigArn: undefined }],
      ["require-function-network", { vpcConfig: undefined }],
      ["require-function-zones", { "vpcConfig.subnetIds": ["$subnet"] }],
      ["disallow-ended-runtime", { runtime: "python3.7" }],
      ["disallow-ended-runtime", { runtime: "nodejs14.x" }],
      [
        "require-image-digest",
        {
          packageType: "Image",
          imageUri: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:latest",
          runtime: undefined,
          handler: undefined,
          s3Bucket: undefined,
          s3Key: undefined,
          codeSigningConfigArn: undefined,
        },
      ],
      [
        "disallow-plain-secrets",
        { environment: { variables: { DB_PASSWORD: "correct-horse-battery" } }, kmsKeyArn: "$key" },
      ],
    ],
  },
  {
    type: "aws:lambda/functionUrl:FunctionUrl",
    right: {
      functionName: "a",
      authorizationType: "AWS_IAM",
      cors: { allowOrigins: ["https://shop.example.com"], allowMethods: ["GET"] },
    },
    wrong: [
      ["disallow-any-origin", { "cors.allowOrigins": ["*"] }],
      ["disallow-any-origin-with-any-method", { "cors.allowMethods": ["*"] }],
      ["disallow-anonymous-function-url", { authorizationType: "NONE" }],
    ],
  },
  {
    type: "aws:sfn/stateMachine:StateMachine",
    right: {
      roleArn: "$role",
      definition: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
      loggingConfiguration: { level: "ALL", includeExecutionData: true, logDestination: "$logs" },
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "$key" },
    },
    wrong: [
      ["require-workflow-log", { "loggingConfiguration.level": "OFF" }],
      ["require-workflow-log", { loggingConfiguration: undefined }],
      ["require-workflow-execution-data-log", { "loggingConfiguration.includeExecutionData": undefined }],
      ["require-workflow-tracing", { tracingConfiguration: undefined }],
      ["require-workflow-customer-managed-key", { encryptionConfiguration: undefined }],
      [
        "disallow-secret-in-text",
        {
          definition:
            '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"apiKey":"9f86d081884c7d65"},"End":true}}}',
        },
      ],
    ],
  },
  {
    type: "aws:ecs/cluster:Cluster",
    right: { settings: [{ name: "containerInsights", value: "enabled" }] },
    wrong: [
      ["require-container-insights", { settings: undefined }],
      ["require-container-insights", { "settings[0].value": "disabled" }],
    ],
  },
  {
    type: "aws:ecs/service:Service",
    right: {
      taskDefinition: "app:1",
      platformVersion: "LATEST",
      networkConfiguration: { subnets: "$subnets", securityGroups: ["$group"] },
    },
    wrong: [["require-latest-platform", { platformVersion: "1.3.0" }]],
  },
  {
    type: "aws:ecs/taskSet:TaskSet",
    right: { cluster: "main", service: "app", taskDefinition: "app:1" },
    wrong: [["require-latest-platform", { platformVersion: "1.3.0" }]],
  },
  {
    type: "aws:ecr/repository:Repository",
    right: {
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "$key" }],
    },
    wrong: [["require-immutable-image-tags", { imageTagMutability: undefined }]],
    beside: [
      {
        type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        names: "repository",
        props: {
          policy:
            '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}',
        },
      },
    ],
  },
  {
    type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    right: { prefix: "team", appliedFors: ["PULL_THROUGH_CACHE"], imageTagMutability: "IMMUTABLE" },
    wrong: [["require-immutable-image-tags", { imageTagMutability: "MUTABLE" }]],
  },
  {
    type: "aws:eks/cluster:Cluster",
    right: {
      roleArn: "$role",
      version: "1.33",
      vpcConfig: { subnetIds: "$subnets", endpointPublicAccess: false, endpointPrivateAccess: true },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: "$key" } },
      accessConfig: { authenticationMode: "API" },
    },
    wrong: [
      ["require-kubernetes-audit-log", { enabledClusterLogTypes: ["api"] }],
      ["require-kubernetes-control-plane-logs", { enabledClusterLogTypes: ["audit"] }],
      ["require-kubernetes-secret-encryption", { encryptionConfig: undefined }],
      ["require-private-kubernetes-endpoint", { "vpcConfig.endpointPrivateAccess": false }],
      ["require-kubernetes-access-entries", { accessConfig: undefined }],
      ["disallow-old-kubernetes", { version: "1.24" }],
      ["disallow-public-kubernetes-endpoint", { "vpcConfig.endpointPublicAccess": true }],
    ],
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    right: {
      clusterName: "main",
      nodeRoleArn: "$role",
      subnetIds: "$subnets",
      scalingConfig: { desiredSize: 2, maxSize: 2, minSize: 2 },
    },
    wrong: [["require-node-access-group", { remoteAccess: { ec2SshKey: "admin" } }]],
  },
  {
    type: "aws:ec2/instance:Instance",
    right: {
      ami: "ami-0aaaaaaaaaaaaaaaa",
      instanceType: "t4g.small",
      iamInstanceProfile: "app",
      monitoring: true,
      ebsOptimized: true,
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true },
    },
    wrong: [
      ["disallow-metadata-hops", { "metadataOptions.httpPutResponseHopLimit": 3 }],
      ["require-instance-monitoring", { monitoring: false }],
      ["require-instance-profile", { iamInstanceProfile: undefined }],
      ["require-instance-storage-bandwidth", { ebsOptimized: undefined }],
      ["disallow-secret-in-text", { userData: KEY_SCRIPT }],
      ["disallow-secret-in-text", { userDataBase64: Buffer.from(KEY_SCRIPT).toString("base64") }],
      ["disallow-instance-public-ip", { associatePublicIpAddress: true }],
      ["require-instance-metadata-v2", { "metadataOptions.httpTokens": "optional" }],
    ],
  },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    right: { monitoring: { enabled: true }, metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } },
    wrong: [
      ["disallow-metadata-hops", { "metadataOptions.httpPutResponseHopLimit": 2 }],
      ["require-instance-monitoring", { monitoring: undefined }],
      ["disallow-secret-in-text", { userData: 'export DATABASE_PASSWORD=\\"correct-horse\\"' }],
      ["disallow-secret-in-text", { userData: Buffer.from(KEY_SCRIPT).toString("base64") }],
    ],
  },
  {
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    right: {
      imageId: "ami-0aaaaaaaaaaaaaaaa",
      instanceType: "t3.small",
      metadataOptions: { httpTokens: "required" },
      rootBlockDevice: { encrypted: true },
      associatePublicIpAddress: false,
    },
    wrong: [
      ["disallow-metadata-hops", { "metadataOptions.httpPutResponseHopLimit": 2 }],
      ["disallow-secret-in-text", { userData: KEY_SCRIPT }],
    ],
  },
  {
    type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    right: {
      ami: "ami-0aaaaaaaaaaaaaaaa",
      instanceType: "t4g.small",
      metadataOptions: { httpTokens: "required" },
      rootBlockDevice: { encrypted: true },
    },
    wrong: [
      ["disallow-metadata-hops", { "metadataOptions.httpPutResponseHopLimit": 2 }],
      ["disallow-secret-in-text", { userData: KEY_SCRIPT }],
    ],
  },
  {
    type: "aws:autoscaling/group:Group",
    right: {
      minSize: 2,
      maxSize: 4,
      vpcZoneIdentifiers: "$subnets",
      launchTemplate: { id: "lt-0aaaaaaaaaaaaaaaa", version: "1" },
      targetGroupArns: ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/a/b"],
      healthCheckType: "ELB",
      tags: [{ key: "team", value: "orders", propagateAtLaunch: true }],
    },
    wrong: [
      ["require-group-load-balancer-health-check", { healthCheckType: "EC2" }],
      ["require-group-zones", { vpcZoneIdentifiers: ["$subnet"] }],
      ["require-group-launch-template", { launchTemplate: undefined, launchConfiguration: "old" }],
      ["require-group-tags", { tags: undefined }],
    ],
  },
  {
    type: "aws:batch/jobDefinition:JobDefinition",
    right: { name: "job", type: "container", containerProperties: '{"image":"app:1.0.0","vcpus":1,"memory":512}' },
    wrong: [
      [
        "disallow-privileged-job",
        { containerProperties: '{"image":"app:1.0.0","vcpus":1,"memory":512,"privileged":true}' },
      ],
    ],
  },
  {
    type: "aws:codebuild/project:Project",
    right: {
      serviceRole: "$role",
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/standard:7.0",
        type: "LINUX_CONTAINER",
      },
      source: { type: "GITHUB", location: "https://github.com/example/app.git" },
      encryptionKey: "$key",
      logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: "/build" } },
    },
    wrong: [
      ["require-build-log", { "logsConfig.cloudwatchLogs.status": "DISABLED" }],
      ["require-build-customer-managed-key", { encryptionKey: undefined }],
      ["disallow-build-encryption-off", { "artifacts.encryptionDisabled": true }],
      [
        "disallow-build-encryption-off",
        { "logsConfig.s3Logs": { status: "ENABLED", location: "logs", encryptionDisabled: true } },
      ],
      ["disallow-privileged-build", { "environment.privilegedMode": true }],
      ["disallow-insecure-build-source", { "source.insecureSsl": true }],
      [
        "disallow-secret-in-text",
        { "source.buildspec": "env:\n  variables:\n    DB_PASSWORD: correct-horse-battery\n" },
      ],
    ],
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    right: { kmsKeyId: "$key", retentionInDays: 400 },
    wrong: [
      ["require-log-group-retention", { retentionInDays: undefined }],
      ["require-log-group-retention-of-a-year", { retentionInDays: 30 }],
      ["require-log-group-customer-managed-key", { kmsKeyId: undefined }],
    ],
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    right: {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      metricName: "Errors",
      namespace: "AWS/Lambda",
      period: 60,
      statistic: "Sum",
      threshold: 0,
      alarmActions: ["$topic"],
    },
    wrong: [["require-alarm-actions-enabled", { actionsEnabled: false }]],
    alone: { alarmActions: undefined },
  },
  {
    type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    right: { alarmName: "both", alarmRule: 'ALARM("a") AND ALARM("b")', alarmActions: ["$topic"] },
    wrong: [["require-alarm-actions-enabled", { actionsEnabled: false }]],
    alone: { alarmActions: undefined },
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    right: { rule: "r", arn: "$topic", input: '{"kind":"tick"}' },
    wrong: [["disallow-secret-in-text", { input: '{"apiKey":"9f86d081884c7d659a2f"}' }]],
  },
  {
    type: "aws:scheduler/schedule:Schedule",
    right: {
      scheduleExpression: "rate(1 hour)",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: "$topic", roleArn: "$role" },
      kmsKeyArn: "$key",
    },
    wrong: [
      ["require-schedule-customer-managed-key", { kmsKeyArn: undefined }],
      ["disallow-secret-in-text", { "target.input": '{"password":"correct-horse-battery"}' }],
    ],
  },
  {
    type: "aws:elasticbeanstalk/environment:Environment",
    right: {
      application: "app",
      settings: [{ namespace: "aws:elasticbeanstalk:healthreporting:system", name: "SystemType", value: "enhanced" }],
    },
    wrong: [["require-environment-health-report", { "settings[0].value": "basic" }]],
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    right: {
      s3BucketName: "trail",
      kmsKeyId: "$key",
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      cloudWatchLogsGroupArn: "$logs",
      cloudWatchLogsRoleArn: "$role",
      snsTopicName: "trail",
      eventSelectors: [{ readWriteType: "All", dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }],
    },
    wrong: [
      ["require-trail-object-write-events", { "eventSelectors[0].readWriteType": "ReadOnly" }],
      ["require-trail-object-read-events", { "eventSelectors[0].readWriteType": "WriteOnly" }],
      ["require-trail-object-read-events", { eventSelectors: undefined }],
      ["require-trail-multi-region", { isMultiRegionTrail: undefined }],
      ["require-trail-log-validation", { enableLogFileValidation: false }],
      ["require-trail-log-group", { cloudWatchLogsGroupArn: undefined, cloudWatchLogsRoleArn: undefined }],
      ["require-trail-enabled", { enableLogging: false }],
      ["require-trail-global-events", { includeGlobalServiceEvents: false, isMultiRegionTrail: false }],
      ["require-trail-notification", { snsTopicName: undefined }],
      ["require-trail-customer-managed-key", { kmsKeyId: undefined }],
    ],
    alone: { cloudWatchLogsGroupArn: "arn:aws:logs:eu-central-1:123456789012:log-group:/unwatched:*" },
  },
  {
    type: "aws:cloudtrail/eventDataStore:EventDataStore",
    right: { name: "events", kmsKeyId: "$key" },
    wrong: [["require-event-store-customer-managed-key", { kmsKeyId: undefined }]],
  },
  {
    type: "aws:cfg/recorder:Recorder",
    right: { roleArn: "$role", recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
    wrong: [
      [
        "require-recorder-all-resources",
        {
          "recordingGroup.allSupported": false,
          "recordingGroup.includeGlobalResourceTypes": false,
          "recordingGroup.resourceTypes": ["AWS::EC2::Instance"],
        },
      ],
      ["require-recorder-global-resources", { "recordingGroup.includeGlobalResourceTypes": undefined }],
    ],
  },
  {
    type: "aws:cfg/recorderStatus:RecorderStatus",
    right: { isEnabled: true },
    wrong: [["require-recorder-running", { isEnabled: false }]],
  },
  {
    type: "aws:cfg/configurationAggregator:ConfigurationAggregator",
    right: { accountAggregationSource: { accountIds: ["123456789012"], allRegions: true } },
    wrong: [
      [
        "require-aggregator-all-regions",
        { accountAggregationSource: { accountIds: ["123456789012"], regions: ["eu-central-1"] } },
      ],
    ],
  },
  {
    type: "aws:guardduty/detector:Detector",
    right: { enable: true },
    wrong: [["require-detector-enabled", { enable: false }]],
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    right: STRONG,
    wrong: [
      ["require-password-length", { minimumPasswordLength: 8 }],
      ["require-password-reuse-prevention", { passwordReusePrevention: undefined }],
      ["require-password-age", { maxPasswordAge: 180 }],
      ["require-password-lowercase-letters", { requireLowercaseCharacters: false }],
      ["require-password-uppercase-letters", { requireUppercaseCharacters: false }],
      ["require-password-numeric-digits", { requireNumbers: false }],
      ["require-password-symbol-signs", { requireSymbols: false }],
    ],
  },
  {
    type: "aws:cognito/userPool:UserPool",
    right: {
      deletionProtection: "ACTIVE",
      mfaConfiguration: "ON",
      softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: { minimumLength: 12 },
    },
    wrong: [
      ["require-user-pool-deletion-protection", { deletionProtection: undefined }],
      ["require-user-pool-mfa", { mfaConfiguration: "OFF" }],
      ["require-user-pool-password-length", { "passwordPolicy.minimumLength": 6 }],
    ],
  },
  {
    type: "aws:cognito/identityPool:IdentityPool",
    right: { identityPoolName: "shop", allowUnauthenticatedIdentities: false },
    wrong: [["disallow-guest-identities", { allowUnauthenticatedIdentities: true }]],
  },
  {
    type: "aws:ssm/parameter:Parameter",
    right: { type: "SecureString", value: "a-value", keyId: "$key", name: "/orders/db-password" },
    wrong: [
      ["require-parameter-customer-managed-key", { keyId: undefined }],
      ["disallow-plain-secret-parameter", { type: "String", keyId: undefined }],
      ["require-secure-parameter", { type: "String", keyId: undefined, name: "/orders/size" }],
    ],
  },
  {
    type: "aws:ssm/document:Document",
    right: { documentType: "Command", content: '{"schemaVersion":"2.2","description":"d","mainSteps":[]}' },
    wrong: [
      ["disallow-public-document", { permissions: { type: "Share", account_ids: "All" } }],
      [
        "disallow-secret-in-text",
        { content: `{"schemaVersion":"2.2","description":"AKIAIOSFODNN7EXAMPLE","mainSteps":[]}` },
      ],
      ...sessionChanges,
    ],
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    right: { kmsKeyId: "$key" },
    wrong: [["require-secret-customer-managed-key", { kmsKeyId: undefined }]],
    beside: [
      {
        type: "aws:secretsmanager/secretRotation:SecretRotation",
        names: "secretId",
        props: { rotationRules: { automaticallyAfterDays: 30 } },
      },
    ],
  },
  {
    type: "aws:secretsmanager/secretRotation:SecretRotation",
    right: {
      secretId: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf",
      rotationRules: { automaticallyAfterDays: 30 },
    },
    wrong: [["require-secret-rotation-within-90-days", { "rotationRules.automaticallyAfterDays": 180 }]],
  },
  {
    type: "aws:kms/key:Key",
    right: {
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}',
    },
    wrong: [
      ["require-key-policy", { policy: undefined }],
      ["require-enabled-key", { isEnabled: false }],
      ["require-key-rotation", { enableKeyRotation: false }],
    ],
  },
  {
    type: "aws:xray/encryptionConfig:EncryptionConfig",
    right: { type: "KMS", keyId: "$key" },
    wrong: [["require-trace-encryption", { type: "NONE", keyId: undefined }]],
  },
  ...["ses", "sesv2"].map((module): Case => ({
    type: `aws:${module}/configurationSet:ConfigurationSet`,
    right: {
      ...(module === "sesv2" ? { configurationSetName: "shop" } : {}),
      deliveryOptions: { tlsPolicy: module === "ses" ? "Require" : "REQUIRE" },
    },
    wrong: [["require-mail-tls", { deliveryOptions: undefined }]],
  })),
  {
    type: "aws:athena/workgroup:Workgroup",
    right: {
      configuration: {
        enforceWorkgroupConfiguration: true,
        resultConfiguration: {
          outputLocation: "s3://results/",
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: "$key" },
        },
      },
    },
    wrong: [
      ["require-query-result-encryption", { "configuration.resultConfiguration.encryptionConfiguration": undefined }],
      ["require-query-settings-enforced", { "configuration.enforceWorkgroupConfiguration": false }],
    ],
  },
  {
    type: "aws:athena/database:Database",
    right: {
      name: "events",
      bucket: "events",
      encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKey: "$key" },
    },
    wrong: [["require-query-database-encryption", { encryptionConfiguration: undefined }]],
  },
  {
    type: "aws:ec2/vpcEndpointService:VpcEndpointService",
    right: {
      acceptanceRequired: true,
      networkLoadBalancerArns: ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/a/b"],
      allowedPrincipals: ["arn:aws:iam::999999999999:root"],
    },
    wrong: [
      ["require-endpoint-service-acceptance", { acceptanceRequired: false }],
      ["disallow-open-endpoint-service", { allowedPrincipals: ["*"] }],
    ],
  },
  {
    type: "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
    right: { vpcEndpointServiceId: "vpce-svc-0aaaaaaaaaaaaaaaa", principalArn: "arn:aws:iam::999999999999:root" },
    wrong: [["disallow-open-endpoint-service", { principalArn: "*" }]],
  },
  {
    type: "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    right: { imageId: "ami-0aaaaaaaaaaaaaaaa", accountId: "999999999999" },
    wrong: [["disallow-public-image", { accountId: undefined, group: "all" }]],
  },
  {
    type: "aws:ec2/route:Route",
    right: {
      routeTableId: "rtb-0aaaaaaaaaaaaaaaa",
      destinationCidrBlock: "10.1.0.0/16",
      vpcPeeringConnectionId: "pcx-0aaaaaaaaaaaaaaaa",
    },
    wrong: [["disallow-open-peering-route", { destinationCidrBlock: "0.0.0.0/0" }]],
  },
  {
    type: "aws:ec2/vpnConnection:VpnConnection",
    right: {
      customerGatewayId: "cgw-0aaaaaaaaaaaaaaaa",
      transitGatewayId: "tgw-0aaaaaaaaaaaaaaaa",
      type: "ipsec.1",
      tunnel1LogOptions: { cloudwatchLogOptions: { logEnabled: true, logGroupArn: "$logs" } },
      tunnel2LogOptions: { cloudwatchLogOptions: { logEnabled: true, logGroupArn: "$logs" } },
    },
    wrong: [["require-vpn-tunnel-log", { tunnel2LogOptions: undefined }]],
  },
  {
    type: "aws:ec2clientvpn/endpoint:Endpoint",
    right: {
      serverCertificateArn: "$certificate",
      clientCidrBlock: "10.9.0.0/22",
      authenticationOptions: [{ type: "certificate-authentication", rootCertificateChainArn: "$certificate" }],
      connectionLogOptions: { enabled: true, cloudwatchLogGroup: "/vpn" },
    },
    wrong: [["require-client-vpn-log", { connectionLogOptions: { enabled: false } }]],
  },
  {
    type: "pulumi:providers:aws",
    right: { region: "eu-central-1" },
    wrong: [
      [
        "disallow-provider-keys",
        { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
      ],
    ],
  },
];
