// Rules that look for something beside a resource: the holder, and what is beside a right one.
import { resource, type Subject } from "../support";

/** A holder that lacks something, and what gives it. */
export interface CompanionCase {
  readonly rule: string;
  readonly holder: Subject;
  /** What makes the holder right; the holder itself where it is right by a property. */
  readonly right: readonly (readonly Subject[])[];
  /** What does not make it right. */
  readonly wrong?: readonly (readonly Subject[])[];
}

const named = (type: string, property: string, id: string, more: object = {}): Subject =>
  resource(type, { [property]: id, ...more }, "beside");
const of = (type: string, props: object = {}): Subject => resource(type, { id: "it-1", arn: "arn:it-1", ...props });
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const BALANCER = { loadBalancerType: "application", internal: false };

const beside = (
  rule: string,
  holder: Subject,
  type: string,
  property: string,
  more: object = {},
  id = "it-1",
): CompanionCase => ({
  rule,
  holder,
  right: [[holder, named(type, property, id, more)]],
  wrong: [[holder, named(type, property, "another", more)]],
});
const inline = (rule: string, holder: Subject, props: object): CompanionCase => ({
  rule,
  holder,
  right: [[resource(holder.type, { ...holder.props, ...props })]],
});

const bucket = of("aws:s3/bucket:Bucket");
const queue = of("aws:sqs/queue:Queue");

const alarm = of("aws:cloudwatch/metricAlarm:MetricAlarm", { name: "order-errors-1a2b3c4" });
const metricFilter = of("aws:cloudwatch/logMetricFilter:LogMetricFilter", {
  logGroupName: "/trail",
  pattern: '{ $.userIdentity.type = "Root" }',
  metricTransformation: { name: "RootUse", namespace: "Trail", value: "1" },
});
const group = (name: string, alarmRule: string, more: object = {}): Subject =>
  resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", { alarmName: name, alarmRule, ...more }, name);
const ACTING = { alarmActions: ["arn:topic"] };

/** An OpenAPI document with one operation. */
const documentOf = (operation: object, method = "get"): object => ({
  openapi: "3.0.1",
  paths: { "/orders/v1.0": { [method]: operation } },
});
const OPEN_API = of("aws:apigateway/restApi:RestApi", { body: JSON.stringify(documentOf({})) });

export const companionCases: readonly CompanionCase[] = [
  {
    rule: "require-alarm-actions",
    holder: alarm,
    right: [
      [alarm, group("order", 'ALARM("order-errors-1a2b3c4") OR (ALARM(a) AND ALARM("b"))', ACTING)],
      [alarm, group("order", "NOT OK(arn:it-1)", ACTING)],
      // A group of groups: the outer one acts.
      [alarm, group("order", 'ALARM("order-errors-1a2b3c4")'), group("shop", 'ALARM("order")', ACTING)],
      [resource(alarm.type, { ...alarm.props, ...ACTING })],
    ],
    wrong: [
      [alarm, group("order", 'ALARM("order-errors")', ACTING)],
      [alarm, group("order", 'ALARM("order-errors-1a2b3c4-2")', ACTING)],
    ],
  },
  {
    rule: "require-metric-filter-alarm",
    holder: metricFilter,
    right: [
      [metricFilter, of(alarm.type, { metricName: "RootUse", namespace: "Trail" })],
      // What a service writes, counted for a dashboard.
      [of(metricFilter.type, { ...metricFilter.props, pattern: '{ $.event = "OrderPlaced" }' })],
      [metricFilter, of(alarm.type, { metricQueries: [{ id: "m", metric: { metricName: "RootUse" } }] })],
    ],
    wrong: [[metricFilter, of(alarm.type, { metricName: "Other", namespace: "Trail" })]],
  },
  beside(
    "require-distribution-log",
    of("aws:cloudfront/distribution:Distribution"),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    "resourceArn",
    {},
    "arn:it-1",
  ),
  inline("require-distribution-log", of("aws:cloudfront/distribution:Distribution"), {
    loggingConfig: { bucket: "logs" },
  }),
  beside(
    "require-web-acl-log",
    of("aws:wafv2/webAcl:WebAcl"),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    "resourceArn",
    {},
    "arn:it-1",
  ),
  inline("require-web-acl-log", of("aws:waf/webAcl:WebAcl"), { loggingConfiguration: { logDestination: "d" } }),
  beside(
    "require-network-firewall-log",
    of("aws:networkfirewall/firewall:Firewall"),
    "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
    "firewallArn",
    {},
    "arn:it-1",
  ),
  beside("require-hosted-zone-query-log", of("aws:route53/zone:Zone"), "aws:route53/queryLog:QueryLog", "zoneId"),
  inline("require-hosted-zone-query-log", of("aws:route53/zone:Zone"), { vpcs: [{ vpcId: "vpc-1" }] }),
  beside(
    "require-vpc-query-log",
    of("aws:ec2/vpc:Vpc"),
    "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
    "resourceId",
  ),
  beside(
    "require-warehouse-log",
    of("aws:redshift/cluster:Cluster"),
    "aws:redshift/logging:Logging",
    "clusterIdentifier",
  ),
  beside("require-bucket-access-log", bucket, "aws:s3/bucketLogging:BucketLogging", "bucket"),
  inline("require-bucket-access-log", bucket, { logging: { targetBucket: "logs" } }),
  beside("require-bucket-notifications", bucket, "aws:s3/bucketNotification:BucketNotification", "bucket"),
  inline("require-image-scan", of("aws:ecr/repository:Repository"), {
    imageScanningConfiguration: { scanOnPush: true },
  }),
  {
    rule: "require-image-scan",
    holder: of("aws:ecr/repository:Repository"),
    right: [
      [
        of("aws:ecr/repository:Repository"),
        resource("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", {}, "registry"),
      ],
    ],
  },
  beside("require-bucket-versioning", bucket, "aws:s3/bucketVersioning:BucketVersioning", "bucket", {
    versioningConfiguration: { status: "Enabled" },
  }),
  {
    rule: "require-bucket-versioning",
    holder: bucket,
    right: [[resource(bucket.type, { versioning: { enabled: true } })]],
    wrong: [
      [
        bucket,
        named("aws:s3/bucketVersioning:BucketVersioning", "bucket", "it-1", {
          versioningConfiguration: { status: "Suspended" },
        }),
      ],
    ],
  },
  beside(
    "require-bucket-lifecycle",
    bucket,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucket",
  ),
  inline("require-bucket-lifecycle", bucket, { lifecycleRules: [{ enabled: true }] }),
  beside("require-bucket-replication", bucket, "aws:s3/bucketReplicationConfig:BucketReplicationConfig", "bucket"),
  beside(
    "require-bucket-object-lock",
    bucket,
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "bucket",
  ),
  beside(
    "require-file-system-backup",
    of("aws:efs/fileSystem:FileSystem"),
    "aws:efs/backupPolicy:BackupPolicy",
    "fileSystemId",
    { backupPolicy: { status: "ENABLED" } },
  ),
  beside(
    "require-file-system-backup",
    of("aws:efs/fileSystem:FileSystem"),
    "aws:backup/selection:Selection",
    "resources",
    {},
    "arn:it-1",
  ),
  beside(
    "require-volume-backup",
    of("aws:ebs/volume:Volume"),
    "aws:backup/selection:Selection",
    "resources",
    {},
    "arn:it-1",
  ),
  {
    rule: "require-volume-backup",
    holder: of("aws:ebs/volume:Volume", { tags: { Backup: "daily" } }),
    right: ["daily", undefined].map((tag) => [
      of("aws:ebs/volume:Volume", { tags: { Backup: "daily" } }),
      of("aws:dlm/lifecyclePolicy:LifecyclePolicy", {
        policyDetails: { resourceTypes: ["VOLUME"], ...(tag !== undefined && { targetTags: { Backup: tag } }) },
      }),
    ]),
    wrong: [
      [
        of("aws:ebs/volume:Volume", { tags: { Backup: "daily" } }),
        of("aws:dlm/lifecyclePolicy:LifecyclePolicy", {
          policyDetails: { resourceTypes: ["VOLUME"], targetTags: { Backup: "weekly", Team: "else" } },
        }),
      ],
    ],
  },
  beside(
    "require-database-backup-plan",
    of("aws:rds/instance:Instance"),
    "aws:backup/selection:Selection",
    "resources",
    {},
    "arn:it-1",
  ),
  inline("require-table-scaling", of("aws:dynamodb/table:Table", { billingMode: "PROVISIONED" }), {
    billingMode: "PAY_PER_REQUEST",
  }),
  inline("require-queue-dead-letters", queue, {
    redrivePolicy: '{"deadLetterTargetArn":"arn:dead","maxReceiveCount":3}',
  }),
  {
    rule: "require-queue-dead-letters",
    holder: queue,
    right: [
      [
        queue,
        resource(
          "aws:sqs/queue:Queue",
          { id: "it-2", arn: "arn:it-2", redrivePolicy: '{"deadLetterTargetArn":"arn:it-1","maxReceiveCount":3}' },
          "source",
        ),
      ],
      [queue, named("aws:sqs/redrivePolicy:RedrivePolicy", "queueUrl", "it-1")],
    ],
  },
  beside(
    "require-function-dead-letters",
    of("aws:lambda/function:Function"),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    "functionName",
    { destinationConfig: { onFailure: { destination: "arn:q" } } },
  ),
  inline("require-function-dead-letters", of("aws:lambda/function:Function"), {
    deadLetterConfig: { targetArn: "arn:q" },
  }),
  beside(
    "require-zone-signature",
    of("aws:route53/zone:Zone"),
    "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
    "hostedZoneId",
  ),
  beside(
    "require-load-balancer-web-acl",
    of("aws:lb/loadBalancer:LoadBalancer", BALANCER),
    ASSOCIATION,
    "resourceArn",
    {},
    "arn:it-1",
  ),
  inline("require-load-balancer-web-acl", of("aws:lb/loadBalancer:LoadBalancer", BALANCER), { internal: true }),
  beside("require-api-web-acl", of("aws:apigateway/stage:Stage"), ASSOCIATION, "resourceArn", {}, "arn:it-1"),
  beside(
    "require-graphql-web-acl",
    of("aws:appsync/graphQLApi:GraphQLApi"),
    ASSOCIATION,
    "resourceArn",
    {},
    "arn:it-1",
  ),
  beside("require-user-pool-web-acl", of("aws:cognito/userPool:UserPool"), ASSOCIATION, "resourceArn", {}, "arn:it-1"),
  beside(
    "require-web-acl-rules",
    of("aws:wafv2/webAcl:WebAcl"),
    "aws:wafv2/webAclRule:WebAclRule",
    "webAclArn",
    {},
    "arn:it-1",
  ),
  inline("require-web-acl-known-bad-inputs", of("aws:wafv2/webAcl:WebAcl"), {
    rules: [{ statement: { managedRuleGroupStatement: { name: "AWSManagedRulesKnownBadInputsRuleSet" } } }],
  }),
  beside(
    "require-image-lifecycle",
    of("aws:ecr/repository:Repository"),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    "repository",
  ),
  beside(
    "require-secret-rotation",
    of("aws:secretsmanager/secret:Secret"),
    "aws:secretsmanager/secretRotation:SecretRotation",
    "secretId",
  ),
  inline(
    "require-api-method-authorization",
    of("aws:apigateway/method:Method", { authorization: "NONE", httpMethod: "GET" }),
    { authorization: "AWS_IAM" },
  ),
  inline(
    "require-api-method-authorization",
    of("aws:apigateway/method:Method", { authorization: "NONE", httpMethod: "GET" }),
    { apiKeyRequired: true },
  ),
  ...[
    documentOf({ security: [{ tokens: [] }] }),
    documentOf({ security: [] }),
    documentOf({ "x-amazon-apigateway-auth": { type: "AWS_IAM" } }),
    documentOf({}, "options"),
    { ...documentOf({}), "x-amazon-apigateway-policy": { Statement: [] } },
  ].map((body) => inline("require-api-method-authorization", OPEN_API, { body: JSON.stringify(body) })),
  inline("require-api-method-authorization", OPEN_API, { endpointConfiguration: { types: "PRIVATE" } }),
  {
    rule: "require-api-method-authorization",
    holder: OPEN_API,
    right: [],
    // The security of the whole document, and one that a caller may leave out.
    wrong: [{ ...documentOf({}), security: [{ tokens: [] }] }, documentOf({ security: [{ tokens: [] }, {}] })].map(
      (body) => [resource(OPEN_API.type, { ...OPEN_API.props, body: JSON.stringify(body) })],
    ),
  },
  inline(
    "disallow-shared-task-role",
    of("aws:ecs/taskDefinition:TaskDefinition", { taskRoleArn: "arn:role", executionRoleArn: "arn:role" }),
    { taskRoleArn: "arn:other" },
  ),
  {
    rule: "require-network-policy",
    holder: of("kubernetes:apps/v1:Deployment", { metadata: { name: "a", namespace: "orders" } }),
    right: [
      [
        of("kubernetes:apps/v1:Deployment", { metadata: { name: "a", namespace: "orders" } }),
        resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", { metadata: { namespace: "orders" } }, "policy"),
      ],
    ],
    wrong: [
      [
        of("kubernetes:apps/v1:Deployment", { metadata: { name: "a", namespace: "orders" } }),
        resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", { metadata: { namespace: "other" } }, "policy"),
      ],
    ],
  },
  {
    rule: "require-disruption-budget",
    holder: of("kubernetes:apps/v1:Deployment"),
    right: [[of("kubernetes:apps/v1:Deployment"), resource("kubernetes:policy/v1:PodDisruptionBudget", {}, "budget")]],
  },
];
