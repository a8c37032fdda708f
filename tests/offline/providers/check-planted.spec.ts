import { expect } from "chai";
import type { Values } from "../../../offline/providers/core/values";
import { provider, subject } from "./support";

const ROLE = "arn:aws:iam::111122223333:role/worker";
const META = { metadata: { name: "till", namespace: "default" } };

type Planted = readonly [type: string, inputs: Values, refusals: readonly string[]];

const PLANTED: readonly Planted[] = [
  [
    "aws:sqs/queue:Queue",
    { delaySeconds: 901, messageRetentionSeconds: 30, maxMessageSize: 10, fifoThroughputLimit: "perGroup" },
    [
      "delaySeconds: 901 is not between 0 and 900",
      "messageRetentionSeconds: 30 is not between 60 and 1209600",
      "maxMessageSize: 10 is not between 1024 and 1048576",
      'fifoThroughputLimit: "perGroup" is not one of "perQueue", "perMessageGroupId"',
    ],
  ],
  [
    "aws:rds/cluster:Cluster",
    { engine: "aurora-postgresql", clusterIdentifier: "9_lives", backupRetentionPeriod: 50, networkType: "IPV6" },
    [
      'clusterIdentifier: "9_lives" does not match ^[a-z](?:[0-9a-z]|-(?!-|$))*$',
      "backupRetentionPeriod: 50 is not between 0 and 35",
      'networkType: "IPV6" is not one of "IPV4", "DUAL"; did you mean "IPV4"?',
    ],
  ],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    {
      description: "sessions",
      clusterMode: "on",
      ipDiscovery: "ipv5",
      logDeliveryConfigurations: [{ destination: "d", destinationType: "kinesis", logFormat: "xml", logType: "slow" }],
    },
    [
      'clusterMode: "on" is not one of "enabled", "disabled", "compatible"',
      'ipDiscovery: "ipv5" is not one of "ipv4", "ipv6"; did you mean "ipv4"?',
      'logDeliveryConfigurations[0].destinationType: "kinesis" is not one of "cloudwatch-logs", "kinesis-firehose"',
      'logDeliveryConfigurations[0].logFormat: "xml" is not one of "json", "text"',
      'logDeliveryConfigurations[0].logType: "slow" is not one of "slow-log", "engine-log"',
    ],
  ],
  [
    "aws:ecs/service:Service",
    { deploymentController: { type: "BLUE" }, propagateTags: "TASK", availabilityZoneRebalancing: "on" },
    [
      'deploymentController.type: "BLUE" is not one of "CODE_DEPLOY", "ECS", "EXTERNAL"',
      'propagateTags: "TASK" is not one of "SERVICE", "TASK_DEFINITION", "NONE"',
      'availabilityZoneRebalancing: "on" is not one of "ENABLED", "DISABLED"',
    ],
  ],
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      family: "till",
      containerDefinitions: "[]",
      networkMode: "vpc",
      requiresCompatibilities: ["FARGATE", "LAMBDA"],
      volumes: [{ name: "v", efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "on" } }],
    },
    [
      'networkMode: "vpc" is not one of "awsvpc", "bridge", "host", "none"',
      'requiresCompatibilities[1]: "LAMBDA" is not one of "EC2", "EXTERNAL", "FARGATE", "MANAGED_INSTANCES"',
      'volumes[0].efsVolumeConfiguration.transitEncryption: "on" is not one of "ENABLED", "DISABLED"',
    ],
  ],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { loadBalancerType: "app", desyncMitigationMode: "lax", subnets: ["subnet-1"] },
    [
      'loadBalancerType: "app" is not one of "application", "gateway", "network"',
      'desyncMitigationMode: "lax" is not one of "monitor", "defensive", "strictest"',
    ],
  ],
  [
    "aws:lb/listener:Listener",
    { loadBalancerArn: "arn", defaultActions: [{ type: "foward" }] },
    [
      'defaultActions[0].type: "foward" is not one of "authenticate-cognito", "authenticate-oidc", "fixed-response", ' +
        '"forward", "jwt-validation", "redirect"; did you mean "forward"?',
    ],
  ],
  [
    "aws:lambda/function:Function",
    {
      ...{ role: "worker", imageUri: "r:1" },
      memorySize: 64,
      packageType: "zip",
      tracingConfig: { mode: "active" },
      ephemeralStorage: { size: 1 },
    },
    [
      'role: "worker" does not match ^arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+$',
      "memorySize: 64 is not between 128 and 32768",
      'packageType: "zip" is not one of "Image", "Zip"; did you mean "Zip"?',
      'tracingConfig.mode: "active" is not one of "Active", "PassThrough"; did you mean "Active"?',
      "ephemeralStorage.size: 1 is not between 512 and 10240",
    ],
  ],
  [
    "aws:dynamodb/table:Table",
    { billingMode: "ON_DEMAND", streamViewType: "NEW" },
    [
      'billingMode: "ON_DEMAND" is not one of "PAY_PER_REQUEST", "PROVISIONED"',
      'streamViewType: "NEW" is not one of "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"',
    ],
  ],
  [
    "aws:kinesis/stream:Stream",
    { name: "a b", shardCount: -1, streamModeDetails: { streamMode: "AUTO" } },
    [
      'name: "a b" does not match ^[a-zA-Z0-9_.-]+$',
      "shardCount: -1 is not between 1 and 100000",
      'streamModeDetails.streamMode: "AUTO" is not one of "ON_DEMAND", "PROVISIONED"',
    ],
  ],
  [
    "aws:s3/bucketVersioning:BucketVersioning",
    { bucket: "pictures", versioningConfiguration: { status: "On" } },
    ['versioningConfiguration.status: "On" is not one of "Enabled", "Suspended", "Disabled"'],
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, statistic: "Mean", treatMissingData: "ok" },
    [
      'statistic: "Mean" is not one of "Average", "Maximum", "Minimum", "SampleCount", "Sum"',
      'treatMissingData: "ok" is not one of "breaching", "ignore", "missing", "notBreaching"',
    ],
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { retentionInDays: 8 },
    [
      'retentionInDays: 8 is not one of "0", "1", "2", "3", "5", "7", "14", "30", "60", "90", "120", "150", … (24 in all); did you mean "0"?',
    ],
  ],
  [
    "aws:apigatewayv2/api:Api",
    { protocolType: "REST", ipAddressType: "ipv6" },
    [
      'protocolType: "REST" is not one of "HTTP", "WEBSOCKET"',
      'ipAddressType: "ipv6" is not one of "ipv4", "dualstack"; did you mean "ipv4"?',
    ],
  ],
  [
    "aws:wafv2/ruleGroup:RuleGroup",
    {
      scope: "REGIONAL",
      capacity: 5,
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "a b", sampledRequestsEnabled: true },
      rules: [
        {
          name: "burst",
          priority: -1,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: 5, aggregateKeyType: "HOST" } },
          visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "burst", sampledRequestsEnabled: true },
        },
      ],
    },
    [
      'visibilityConfig.metricName: "a b" does not match ^[\\w#:\\.\\-/]+$',
      "rules[0].priority: -1 is not at least 0",
      "rules[0].statement.rateBasedStatement.limit: 5 is not between 10 and 2000000000",
      'rules[0].statement.rateBasedStatement.aggregateKeyType: "HOST" is not one of "IP", "FORWARDED_IP", "CONSTANT", "CUSTOM_KEYS"',
    ],
  ],
  [
    "aws:eks/cluster:Cluster",
    {
      roleArn: ROLE,
      vpcConfig: { subnetIds: ["subnet-1"] },
      kubernetesNetworkConfig: { ipFamily: "ipv5" },
      accessConfig: { authenticationMode: "IAM" },
    },
    [
      'kubernetesNetworkConfig.ipFamily: "ipv5" is not one of "ipv4", "ipv6"; did you mean "ipv4"?',
      'accessConfig.authenticationMode: "IAM" is not one of "CONFIG_MAP", "API_AND_CONFIG_MAP", "API"',
    ],
  ],
  [
    "kubernetes:apps/v1:Deployment",
    {
      ...META,
      spec: {
        strategy: { type: "Rolling" },
        selector: { matchLabels: { app: "till" } },
        template: {
          metadata: { labels: { app: "till" } },
          spec: {
            restartPolicy: "Allways",
            containers: [
              {
                name: "till",
                image: "till:1",
                imagePullPolicy: "always",
                ports: [{ containerPort: 80, protocol: "tcp" }],
                resorces: {},
              },
            ],
          },
        },
      },
    },
    [
      'spec.strategy.type: "Rolling" is not one of "Recreate", "RollingUpdate"',
      'spec.template.spec.restartPolicy: "Allways" is not one of "Always", "OnFailure", "Never"; did you mean "Always"?',
      'spec.template.spec.containers[0].imagePullPolicy: "always" is not one of "Always", "Never", "IfNotPresent"; did you mean "Always"?',
      'spec.template.spec.containers[0].ports[0].protocol: "tcp" is not one of "UDP", "TCP", "SCTP"; did you mean "TCP"?',
      'spec.template.spec.containers[0].resorces: unknown property "resorces"; did you mean "resources"?',
    ],
  ],
  [
    "kubernetes:core/v1:Service",
    { ...META, spec: { type: "Loadbalancer", ports: [{ port: 80, protocol: "HTTP" }] } },
    [
      'spec.type: "Loadbalancer" is not one of "ExternalName", "ClusterIP", "NodePort", "LoadBalancer"; did you mean "LoadBalancer"?',
      'spec.ports[0].protocol: "HTTP" is not one of "TCP", "UDP", "SCTP"; did you mean "TCP"?',
    ],
  ],
  [
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    {
      ...META,
      spec: { maxReplicas: 3, scaleTargetRef: { kind: "Deployment", name: "till" }, metrics: [{ type: "CPU" }] },
    },
    ['spec.metrics[0].type: "CPU" is not one of "ContainerResource", "External", "Object", "Pods", "Resource"'],
  ],
  [
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    {
      ...META,
      spec: { podSelector: { matchExpressions: [{ key: "app", operator: "Is" }] } },
    },
    [
      'spec.podSelector.matchExpressions[0].operator: "Is" is not one of "In", "NotIn", "Exists", "DoesNotExist"; did you mean "In"?',
    ],
  ],
];

describe("offline providers: values that the cloud does not take", () => {
  const providers = { aws: provider(), kubernetes: provider("kubernetes") };
  for (const [type, inputs, refusals] of PLANTED) {
    it(`are refused in ${type.split(":").slice(1).join(" ")}`, () => {
      const emulated = type.startsWith("aws:") ? providers.aws : providers.kubernetes;
      const failures = emulated.check(subject(type), inputs).failures;
      expect(failures.map(({ property, reason }) => `${property}: ${reason}`)).to.deep.equal(refusals);
    });
  }

  it("are not shown where they are passwords", () => {
    const user = { username: "admin", password: "tooshort" };
    const inputs: Values = {
      ...{ brokerName: "mq", engineType: "RabbitMQ", engineVersion: "3.13", hostInstanceType: "mq.m5.large" },
      users: [user],
    };
    expect(providers.aws.check(subject("aws:mq/broker:Broker"), inputs).failures).to.deep.equal([
      { property: "users[0].password", reason: "the value has 8 characters, not at least 12" },
    ]);
  });
});
