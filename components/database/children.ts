// The children that an instance and a serverless cluster share: what surrounds the store, never the store itself.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptionKey, serviceTrust, transformed } from "../base";
import type { AlarmSpec } from "./alarms";
import type { DatabaseArgs, DatabaseOutputs, DatabaseTransform } from "./args";
import type { ResolvedDatabase } from "./resolve";

/** Who asks for the children. */
export interface Owner {
  readonly parent: pulumi.ComponentResource;
  readonly name: string;
  readonly args: DatabaseArgs & { readonly transform?: DatabaseTransform };
}

/** Children around the store. */
export interface Surroundings {
  readonly key: EncryptionKey;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly subnetGroup: aws.rds.SubnetGroup;
  readonly monitoringRole: aws.iam.Role;
  readonly monitoringPolicy: aws.iam.RolePolicyAttachment;
  /** By the kind of log (`postgresql`). */
  readonly logGroups: Readonly<Record<string, aws.cloudwatch.LogGroup>>;
}

/** Everything around the store, and the identifier that the store must take for its logs to land in their groups. */
export function createSurroundings(
  owner: Owner,
  resolved: ResolvedDatabase,
  logs: { readonly folder: string; readonly kinds: readonly string[] },
): Surroundings & { readonly identifier: pulumi.Output<string> } {
  const key = createKey(owner, resolved);
  const identifier = identifierOf(owner.name, key);
  return {
    identifier,
    key,
    securityGroup: createSecurityGroup(owner),
    subnetGroup: createSubnetGroup(owner),
    ...createMonitoring(owner),
    logGroups: createLogGroups(owner, resolved, key, pulumi.interpolate`${logs.folder}/${identifier}`, logs.kinds),
  };
}

/** The key of everything that the database writes; it outlives the stack together with the data. */
function createKey({ parent, name, args }: Owner, { protectData }: ResolvedDatabase): EncryptionKey {
  return new EncryptionKey(
    name,
    {
      placement: args.placement,
      description: `Storage, master secret, query load and logs of the database ${name}`,
      logs: true,
      retainOnDelete: protectData,
      ...tagged(args),
      ...(args.transform?.key && { transform: args.transform.key }),
    },
    { parent },
  );
}

/**
 * A physical name that no other database of the account has and that is known before the database exists: RDS writes to
 * log groups that are named after it, and makes them unencrypted unless they are there first.
 */
function identifierOf(name: string, key: EncryptionKey): pulumi.Output<string> {
  return key.nodes.key.keyId.apply((id) => `${name}-${id.replace(/[^0-9a-f]/g, "").slice(-8)}`);
}

/** A final snapshot's name: the key's identifier keeps apart what two stacks of one name leave behind. */
export function finalSnapshotOf(name: string, key: EncryptionKey): pulumi.Output<string> {
  return pulumi.interpolate`${name}-final-${key.nodes.key.keyId}`;
}

/** A group without a rule: whoever connects brings its own. */
function createSecurityGroup({ parent, name, args }: Owner): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    ...transformed<aws.ec2.SecurityGroupArgs>(
      args.transform?.securityGroup,
      `${name}-security-group`,
      {
        vpcId: args.network.vpcId,
        description: `Database ${name}`,
        // Groups that still name this one in a rule would otherwise keep it from going.
        revokeRulesOnDelete: true,
        ...tagged(args),
      },
      { parent },
    ),
  );
}

function createSubnetGroup({ parent, name, args }: Owner): aws.rds.SubnetGroup {
  return new aws.rds.SubnetGroup(
    ...transformed<aws.rds.SubnetGroupArgs>(
      args.transform?.subnetGroup,
      `${name}-subnet-group`,
      { subnetIds: args.network.isolatedSubnetIds, description: `Isolated subnets of ${name}`, ...tagged(args) },
      { parent },
    ),
  );
}

/** The role as which RDS writes the operating system's figures, with the rights that RDS insists on. */
function createMonitoring({ parent, name, args }: Owner) {
  const { partition, accountId } = args.placement;
  const monitoringRole = new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(
      args.transform?.monitoringRole,
      `${name}-monitoring`,
      {
        description: `Enhanced monitoring of the database ${name}`,
        assumeRolePolicy: serviceTrust("monitoring.rds.amazonaws.com", accountId),
        ...tagged(args),
      },
      { parent },
    ),
  );
  const monitoringPolicy = new aws.iam.RolePolicyAttachment(
    ...transformed<aws.iam.RolePolicyAttachmentArgs>(
      args.transform?.monitoringPolicy,
      `${name}-monitoring-policy`,
      {
        role: monitoringRole.name,
        policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
      },
      { parent },
    ),
  );
  return { monitoringRole, monitoringPolicy };
}

/** The log groups that RDS will write to, one a kind of log, made before it would make them. */
function createLogGroups(
  { parent, name, args }: Owner,
  { logRetentionInDays }: ResolvedDatabase,
  key: EncryptionKey,
  folder: pulumi.Output<string>,
  kinds: readonly string[],
): Readonly<Record<string, aws.cloudwatch.LogGroup>> {
  const groups = kinds.map((kind): [string, aws.cloudwatch.LogGroup] => [
    kind,
    new aws.cloudwatch.LogGroup(
      ...transformed<aws.cloudwatch.LogGroupArgs>(
        args.transform?.logGroup,
        `${name}-${kind}-log`,
        {
          name: pulumi.interpolate`${folder}/${kind}`,
          retentionInDays: logRetentionInDays,
          kmsKeyId: key.arn,
          ...tagged(args),
        },
        { parent },
      ),
    ),
  ]);
  return Object.fromEntries(groups);
}

/** An alarm a specification, by its role; a quarter of an hour must be bad before one rings. */
export function createAlarms(
  { parent, name, args }: Owner,
  specs: readonly AlarmSpec[],
  dimensions: Readonly<Record<string, pulumi.Input<string>>>,
): Readonly<Record<string, aws.cloudwatch.MetricAlarm>> {
  const actions = args.alarmTopicArn === undefined ? {} : notify(args.alarmTopicArn);
  const alarms = specs.map((spec): [string, aws.cloudwatch.MetricAlarm] => [
    spec.role,
    new aws.cloudwatch.MetricAlarm(
      ...transformed<aws.cloudwatch.MetricAlarmArgs>(
        args.transform?.alarm,
        `${name}-${spec.role}-alarm`,
        {
          alarmDescription: `Database ${name}: ${spec.description}`,
          namespace: "AWS/RDS",
          metricName: spec.metricName,
          statistic: spec.statistic,
          comparisonOperator: spec.comparison,
          threshold: spec.threshold,
          period: 300,
          evaluationPeriods: 3,
          dimensions: { ...dimensions },
          ...actions,
          ...tagged(args),
        },
        { parent },
      ),
    ),
  ]);
  return Object.fromEntries(alarms);
}

/** What `registerOutputs` takes: everything that {@link DatabaseOutputs} names. */
export function outputsOf(database: Omit<DatabaseOutputs, "grantConnect">) {
  const { endpoint, port, databaseName, arn, resourceId, secretArn, securityGroupId, keyArn } = database;
  return { endpoint, port, databaseName, arn, resourceId, secretArn, securityGroupId, keyArn };
}

/** The tags argument as the provider takes it. */
export function tagged({ tags }: Pick<DatabaseArgs, "tags">): { tags?: Record<string, string> } {
  return tags ? { tags: { ...tags } } : {};
}

function notify(topicArn: pulumi.Input<string>) {
  return { alarmActions: [topicArn], okActions: [topicArn] };
}
