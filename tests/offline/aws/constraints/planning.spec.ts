import { expect } from "chai";
import type { Values } from "../../../../offline/providers/core/values";
import { provider, subject } from "../../providers/support";

const ROLE = "arn:aws:iam::111122223333:role/r";

/** What a check says of a resource, by what it said before where it exists already. */
const said = (type: string, news: Values, olds?: Values): readonly string[] =>
  provider()
    .check(subject(type), news, olds)
    .failures.map(({ property, reason }) => `${property}: ${reason}`);

/** A resource that plans, and what makes of it one that does not, in which words. */
const CASES: readonly (readonly [type: string, clean: Values, violating: Values, words: string])[] = [
  [
    "aws:ecs/capacityProvider:CapacityProvider",
    { autoScalingGroupProvider: { autoScalingGroupArn: "arn:aws:autoscaling:eu-central-1:111122223333:g" } },
    { autoScalingGroupProvider: null },
    "autoScalingGroupProvider: exactly one of autoScalingGroupProvider, managedInstancesProvider is needed: none is given",
  ],
  [
    "aws:ecs/capacityProvider:CapacityProvider",
    { autoScalingGroupProvider: { autoScalingGroupArn: "arn:aws:autoscaling:eu-central-1:111122223333:g" } },
    { cluster: "c" },
    "cluster: an Auto Scaling group's provider serves any cluster: leave cluster out",
  ],
  [
    "aws:ecr/repository:Repository",
    {
      imageTagMutability: "MUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilters: [{ filter: "v*", filterType: "WILDCARD" }],
    },
    { imageTagMutability: "MUTABLE" },
    'imageTagMutabilityExclusionFilters: "MUTABLE" excludes nothing: set imageTagMutability to IMMUTABLE_WITH_EXCLUSION or MUTABLE_WITH_EXCLUSION',
  ],
  [
    "aws:sns/topic:Topic",
    { fifoTopic: true, name: "t.fifo", fifoThroughputScope: "Topic" },
    { fifoTopic: false, name: "t" },
    "fifoThroughputScope: only FIFO topics have one: set fifoTopic to true",
  ],
  [
    "aws:kinesis/stream:Stream",
    { shardCount: 1 },
    { streamModeDetails: { streamMode: "ON_DEMAND" } },
    "shardCount: 1: a stream in mode ON_DEMAND counts its shards itself, leave it out",
  ],
  [
    "aws:kinesis/stream:Stream",
    { streamModeDetails: { streamMode: "ON_DEMAND" } },
    { streamModeDetails: null },
    "shardCount: a stream in mode PROVISIONED needs one shard at least",
  ],
  [
    "aws:kinesis/stream:Stream",
    { shardCount: 1, encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" },
    { kmsKeyId: null },
    "kmsKeyId: encryptionType KMS needs a key: name one, such as alias/aws/kinesis",
  ],
  [
    "aws:efs/fileSystem:FileSystem",
    { encrypted: true, kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/k" },
    { encrypted: null },
    "encrypted: must be true where kmsKeyId is given",
  ],
  [
    "aws:lambda/function:Function",
    { role: ROLE, s3Bucket: "b", s3Key: "k", handler: "index.handler", runtime: "nodejs20.x" },
    { runtime: null },
    'runtime: is missing: a function of packageType "Zip" has a handler and a runtime',
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {
      ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 1, period: 60 },
      ...{ namespace: "AWS/SQS", metricName: "ApproximateNumberOfMessagesVisible", statistic: "Sum" },
    },
    { statistic: null },
    "statistic: is missing: an alarm of a metric has a statistic or an extendedStatistic",
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {
      ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 1 },
      metricQueries: [{ id: "m", expression: "SUM(METRICS())", returnData: true }],
    },
    {
      metricQueries: [
        {
          ...{ id: "m", expression: "SUM(METRICS())", returnData: true },
          metric: { metricName: "m", namespace: "n", period: 60, stat: "Sum" },
        },
      ],
    },
    "metricQueries[0]: has an expression and a metric: leave one of the two out",
  ],
  [
    "aws:rds/instance:Instance",
    {
      ...{ engine: "postgres", instanceClass: "db.t3.micro", allocatedStorage: 20, username: "sea" },
      ...{ manageMasterUserPassword: true, skipFinalSnapshot: true, backupRetentionPeriod: 1 },
      blueGreenUpdate: { enabled: true },
    },
    { engine: "sqlserver-ex", licenseModel: "license-included" },
    'blueGreenUpdate.enabled: "sqlserver-ex" has no blue/green updates: mariadb, mysql and postgres have',
  ],
];

describe("offline providers: what the real provider refuses while it plans", () => {
  for (const [type, clean, violating, words] of CASES)
    it(`${type}: ${words}`, () => {
      expect(said(type, clean)).to.deep.equal([]);
      expect(said(type, { ...clean, ...violating })).to.deep.equal([words]);
    });

  it("changes the strategy of a service with a new deployment only", () => {
    const by = (capacityProvider: string): Values => ({
      capacityProviderStrategies: [{ capacityProvider, weight: 1 }],
    });
    const [spot, fargate] = [by("FARGATE_SPOT"), by("FARGATE")];
    const type = "aws:ecs/service:Service";
    expect(said(type, spot)).to.deep.equal([]);
    expect(said(type, { ...spot, desiredCount: 2 }, spot)).to.deep.equal([]);
    expect(said(type, { ...fargate, forceNewDeployment: true }, spot)).to.deep.equal([]);
    expect(said(type, fargate, spot)).to.deep.equal([
      "capacityProviderStrategies: changes only with a new deployment: set forceNewDeployment to true",
    ]);
  });

  it("does not turn a bucket's versioning off once it was on", () => {
    const type = "aws:s3/bucketVersioning:BucketVersioning";
    const versioning = (status: string): Values => ({ bucket: "b", versioningConfiguration: { status } });
    expect(said(type, versioning("Disabled"))).to.deep.equal([]);
    expect(said(type, versioning("Suspended"), versioning("Enabled"))).to.deep.equal([]);
    expect(said(type, versioning("Disabled"), versioning("Enabled"))).to.deep.equal([
      'versioningConfiguration.status: can\'t go from "Enabled" to "Disabled": set it to "Suspended"',
    ]);
  });
});
