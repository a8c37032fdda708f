import { expect } from "chai";
import type { Values } from "../../../offline/providers/core/values";
import { provider, subject } from "./support";

const aws = provider();
const refusals = (type: string, inputs: Values): string[] =>
  aws.check(subject(type), inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);

const ROLE = "arn:aws:iam::111122223333:role/worker";
const FUNCTION = { s3Bucket: "b", s3Key: "k", role: ROLE, handler: "index.handler", runtime: "nodejs22.x" };
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/k";
const both = (name: string, other: string, at = ""): string =>
  `${at}${name}: conflicts with "${other}", which is given too: leave one of the two out`;

/** Inputs that go together, what makes of them some that do not, and why. */
const TOGETHER: readonly (readonly [type: string, clean: Values, violating: Values, why: string])[] = [
  ["aws:sqs/queue:Queue", { name: "q" }, { namePrefix: "q" }, both("name", "namePrefix")],
  [
    "aws:sqs/queue:Queue",
    { kmsMasterKeyId: KEY },
    { sqsManagedSseEnabled: true },
    both("kmsMasterKeyId", "sqsManagedSseEnabled"),
  ],
  [
    "aws:dynamodb/table:Table",
    { restoreSourceName: "t" },
    { restoreSourceTableArn: "arn:aws:dynamodb:eu-central-1:111122223333:table/t" },
    both("restoreSourceName", "restoreSourceTableArn"),
  ],
  [
    "aws:rds/instance:Instance",
    { instanceClass: "db.t3.micro", snapshotIdentifier: "s", restoreToPointInTime: null, skipFinalSnapshot: true },
    { restoreToPointInTime: { useLatestRestorableTime: true } },
    both("restoreToPointInTime", "snapshotIdentifier"),
  ],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    {
      description: "d",
      nodeType: "cache.t3.micro",
      numNodeGroups: 2,
      replicasPerNodeGroup: 1,
      automaticFailoverEnabled: true,
    },
    { numCacheClusters: 2, replicasPerNodeGroup: null },
    both("numCacheClusters", "numNodeGroups"),
  ],
  [
    "aws:lambda/function:Function",
    FUNCTION,
    { s3Key: null },
    's3Bucket: needs "s3Key" beside it: give that too, or leave this out',
  ],
  [
    "aws:lambda/function:Function",
    FUNCTION,
    { imageUri: "r:1" },
    "s3Bucket: exactly one of code, imageUri, s3Bucket is needed: imageUri and s3Bucket are given",
  ],
  [
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    { functionName: "f", eventSourceArn: "arn:aws:sqs:eu-central-1:111122223333:q" },
    { eventSourceArn: null },
    "eventSourceArn: exactly one of eventSourceArn, selfManagedEventSource is needed: none is given",
  ],
  [
    "aws:kms/key:Key",
    { enableKeyRotation: true, rotationPeriodInDays: 90 },
    { enableKeyRotation: null },
    'rotationPeriodInDays: needs "enableKeyRotation" beside it: give that too, or leave this out',
  ],
  [
    "aws:eks/nodeGroup:NodeGroup",
    {
      ...{ clusterName: "c", nodeRoleArn: "arn:aws:iam::111122223333:role/r", subnetIds: ["subnet-1"] },
      ...{ scalingConfig: { desiredSize: 1, maxSize: 1, minSize: 1 }, updateConfig: { maxUnavailable: 1 } },
    },
    { updateConfig: {} },
    "updateConfig.maxUnavailable: exactly one of maxUnavailable, maxUnavailablePercentage is needed: none is given",
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1 }, metricName: "m", statistic: "Sum" },
    { extendedStatistic: "p90" },
    both("statistic", "extendedStatistic"),
  ],
  [
    "aws:cloudwatch/eventTarget:EventTarget",
    { arn: "arn:aws:sqs:eu-central-1:111122223333:q", rule: "r", input: "{}" },
    { inputPath: "$.detail" },
    both("input", "inputPath"),
  ],
  [
    "aws:secretsmanager/secretRotation:SecretRotation",
    { secretId: "s", rotationRules: { automaticallyAfterDays: 30 } },
    { rotationRules: { automaticallyAfterDays: 30, scheduleExpression: "rate(10 days)" } },
    "rotationRules.scheduleExpression: exactly one of automaticallyAfterDays, scheduleExpression is needed: automaticallyAfterDays and scheduleExpression are given",
  ],
  [
    "aws:s3/bucketAcl:BucketAcl",
    { bucket: "b", acl: "private" },
    { acl: null },
    "accessControlPolicy: exactly one of accessControlPolicy, acl is needed: none is given",
  ],
  [
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    { bucket: "b", redirectAllRequestsTo: { hostName: "a.b" } },
    { indexDocument: { suffix: "index.html" } },
    both("redirectAllRequestsTo", "indexDocument"),
  ],
  [
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    { bucket: "b", rule: { defaultRetention: { mode: "COMPLIANCE", days: 5 } } },
    { rule: { defaultRetention: { mode: "COMPLIANCE", days: 5, years: 1 } } },
    both("days", "years", "rule.defaultRetention."),
  ],
  [
    "aws:cognito/userPoolClient:UserPoolClient",
    { userPoolId: "eu-central-1_pool", name: "c", tokenValidityUnits: { accessToken: "minutes" } },
    { tokenValidityUnits: { accessToken: "minute" } },
    'tokenValidityUnits.accessToken: "minute" is not one of "seconds", "minutes", "hours", "days"; did you mean "minutes"?',
  ],
  [
    "aws:s3/bucketObjectv2:BucketObjectv2",
    { bucket: "b", key: "k", content: "a" },
    { contentBase64: "YQ==" },
    both("content", "contentBase64"),
  ],
  ["aws:s3/bucket:Bucket", { bucket: "b-of-the-sea" }, { bucketPrefix: "b" }, both("bucket", "bucketPrefix")],
];

describe("facts from the source of the real provider: inputs that go together", () => {
  for (const [type, clean, violating, why] of TOGETHER)
    it(`${type}: ${why}`, () => {
      expect(refusals(type, clean)).to.deep.equal([]);
      expect(refusals(type, { ...clean, ...violating })).to.deep.equal([why]);
    });
});
