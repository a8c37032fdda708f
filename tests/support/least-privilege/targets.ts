// Everything in a stack that a right can be about, with the policy that guards it.
import { type Deployed, ofType, type Policy, policyOf, text } from "./deployed";

/** Something that a right can be about. */
export interface Target {
  /** `queue messaging-orders` */
  readonly label: string;
  readonly arn: string;
  /** The service's prefix and the name that AWS gives resources of this type (`sqs`, `queue`). */
  readonly service: string;
  readonly resourceType: string;
  /** Actions that are always tried, besides those that some policy of the stack names. */
  readonly actions: readonly string[];
  /** The resource's own policy. */
  readonly policy: Policy | undefined;
}

/** What is asked of every resource of a kind, as AWS names the kind: to use it, to read it, to take it over, to destroy it. */
const ACTIONS = {
  queue: ["SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "PurgeQueue", "SetQueueAttributes"],
  topic: ["Publish", "Subscribe", "SetTopicAttributes"],
  bucket: ["ListBucket", "PutBucketPolicy", "DeleteBucket"],
  object: ["GetObject", "PutObject", "DeleteObject"],
  table: [
    "GetItem",
    "Query",
    "Scan",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "BatchWriteItem",
    "DeleteTable",
    "UpdateTable",
  ],
  stream: ["PutRecord", "PutRecords", "GetRecords", "DeleteStream", "SplitShard"],
  Secret: ["GetSecretValue", "PutSecretValue", "PutResourcePolicy"],
  "db-user": ["connect"],
  replicationgroup: ["Connect", "DeleteReplicationGroup"],
  user: ["Connect", "ModifyUser"],
  "log-group": ["DeleteLogGroup", "FilterLogEvents"],
  "log-stream": ["CreateLogStream", "PutLogEvents", "GetLogEvents"],
  repository: ["BatchGetImage", "PutImage"],
  key: ["Decrypt", "Encrypt", "GenerateDataKey", "CreateGrant", "PutKeyPolicy"],
  role: ["PassRole", "UpdateAssumeRolePolicy"],
  workgroup: ["StartQueryExecution", "GetQueryResults", "UpdateWorkGroup", "DeleteWorkGroup"],
  database: ["GetDatabase", "CreateTable", "DeleteTable", "UpdateDatabase", "DeleteDatabase"],
  statemachine: ["StartExecution", "UpdateStateMachine", "DeleteStateMachine"],
} as const;

type Kind = keyof typeof ACTIONS;

/** The database users that somebody could ask to be. */
const DATABASE_USERS = ["app", "app_reader", "postgres"];

/** All targets of a stack. */
export function targetsOf(resources: readonly Deployed[]): readonly Target[] {
  const each = (type: string, build: (resource: Deployed) => readonly Target[]): readonly Target[] =>
    ofType(resources, type).flatMap(build);
  const attached = attachedPolicies(resources);
  const plain = (kind: Kind, service: string, label: string = kind) => {
    return (resource: Deployed): readonly Target[] => {
      const arn = text(resource, "arn");
      const policy = attached.get(arn) ?? policyOf(resource);
      return [target(kind, service, `${label} ${resource.name}`, arn, policy)];
    };
  };
  return [
    ...each("aws:sqs/queue:Queue", plain("queue", "sqs")),
    ...each("aws:sns/topic:Topic", plain("topic", "sns")),
    ...each("aws:s3/bucket:Bucket", (bucket) => bucketTargets(bucket, attached)),
    ...each("aws:secretsmanager/secret:Secret", plain("Secret", "secretsmanager", "secret")),
    ...each("aws:rds/instance:Instance", (instance) => databaseTargets(instance, "resourceId")),
    ...each("aws:rds/cluster:Cluster", (cluster) => databaseTargets(cluster, "clusterResourceId")),
    ...each("aws:elasticache/replicationGroup:ReplicationGroup", plain("replicationgroup", "elasticache", "cache")),
    ...each("aws:elasticache/user:User", plain("user", "elasticache", "cache-user")),
    ...each("aws:cloudwatch/logGroup:LogGroup", logTargets),
    ...each("aws:dynamodb/table:Table", plain("table", "dynamodb")),
    ...each("aws:kinesis/stream:Stream", plain("stream", "kinesis")),
    ...each("aws:ecr/repository:Repository", plain("repository", "ecr")),
    ...each("aws:kms/key:Key", (key) => [keyTarget(key, attached)]),
    ...each("aws:sfn/stateMachine:StateMachine", plain("statemachine", "states", "workflow")),
    ...each("aws:athena/workgroup:Workgroup", plain("workgroup", "athena")),
    ...each("aws:glue/catalogDatabase:CatalogDatabase", plain("database", "glue", "catalog")),
    ...each("aws:docdb/cluster:Cluster", masterSecrets),
    ...each("aws:iam/role:Role", (role) => {
      const managed = target("role", "iam", `role ${role.name}`, text(role, "arn"), undefined);
      return [managed, { ...managed, service: "sts", actions: ["sts:AssumeRole"] }];
    }),
  ];
}

function target(kind: Kind, service: string, label: string, arn: string, policy: Policy | undefined): Target {
  return {
    label,
    arn,
    service,
    resourceType: kind,
    policy,
    actions: ACTIONS[kind].map((name) => `${service}:${name}`),
  };
}

function bucketTargets(bucket: Deployed, attached: ReadonlyMap<string, Policy>): readonly Target[] {
  const arn = text(bucket, "arn");
  const policy = attached.get(arn) ?? attached.get(text(bucket, "bucket"));
  return [
    target("bucket", "s3", `bucket ${bucket.name}`, arn, policy),
    target("object", "s3", `objects ${bucket.name}`, `${arn}/some/key`, policy),
  ];
}

/** A database's users, and the secret that RDS made for the first of them. */
function databaseTargets(database: Deployed, idProperty: string): readonly Target[] {
  const [, partition = "", , region = "", account = ""] = text(database, "arn").split(":");
  const id = text(database, idProperty);
  const users = DATABASE_USERS.map((user) =>
    target(
      "db-user",
      "rds-db",
      `user ${user} of ${database.name}`,
      `arn:${partition}:rds-db:${region}:${account}:dbuser:${id}/${user}`,
      undefined,
    ),
  );
  return [...users, ...masterSecrets(database)];
}

/** Secrets that RDS and DocumentDB keep for the first user of a database. */
function masterSecrets(database: Deployed): readonly Target[] {
  const secrets = (database.outputs.masterUserSecrets ?? []) as readonly { readonly secretArn?: string }[];
  return secrets.flatMap(({ secretArn }) =>
    secretArn === undefined
      ? []
      : [target("Secret", "secretsmanager", `master-secret ${database.name}`, secretArn, undefined)],
  );
}

function logTargets(group: Deployed): readonly Target[] {
  const arn = text(group, "arn").replace(/:\*$/, "");
  return [
    target("log-group", "logs", `log-group ${group.name}`, arn, undefined),
    target("log-stream", "logs", `logs ${group.name}`, `${arn}:log-stream:some/stream`, undefined),
  ];
}

function keyTarget(key: Deployed, attached: ReadonlyMap<string, Policy>): Target {
  const arn = text(key, "arn");
  const [, partition = "", , , account = ""] = arn.split(":");
  // A key without a policy gets AWS's own, which leaves the decision to the account's IAM.
  const byDefault: Policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
    ],
  };
  const policy = attached.get(arn) ?? attached.get(text(key, "keyId")) ?? policyOf(key) ?? byDefault;
  return target("key", "kms", `key ${key.name}`, arn, policy);
}

/** Policies that are resources of their own, by the ARN or name of what they are attached to. */
function attachedPolicies(resources: readonly Deployed[]): ReadonlyMap<string, Policy> {
  const queues = new Map(
    ofType(resources, "aws:sqs/queue:Queue").map((queue) => [text(queue, "url"), text(queue, "arn")]),
  );
  const repositories = new Map(
    ofType(resources, "aws:ecr/repository:Repository").map((repository) => [
      text(repository, "name"),
      text(repository, "arn"),
    ]),
  );
  const by: readonly (readonly [type: string, property: string, arns?: ReadonlyMap<string, string>])[] = [
    ["aws:sqs/queuePolicy:QueuePolicy", "queueUrl", queues],
    ["aws:sns/topicPolicy:TopicPolicy", "arn"],
    ["aws:s3/bucketPolicy:BucketPolicy", "bucket"],
    ["aws:kms/keyPolicy:KeyPolicy", "keyId"],
    ["aws:secretsmanager/secretPolicy:SecretPolicy", "secretArn"],
    ["aws:ecr/repositoryPolicy:RepositoryPolicy", "repository", repositories],
  ];
  const found = by.flatMap(([type, property, arns]) =>
    ofType(resources, type).flatMap((resource): [string, Policy][] => {
      const owner = text(resource, property);
      const policy = policyOf(resource);
      return policy ? [[arns?.get(owner) ?? owner, policy]] : [];
    }),
  );
  return new Map(found);
}
