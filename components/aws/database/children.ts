// The children that an instance and a serverless cluster share: what surrounds the store, never the store itself.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Signal, tagged, transformed } from "../../kit";
import {
  closedSecurityGroup,
  encryptedLogGroup,
  EncryptionKey,
  finalSnapshotName,
  serviceTrust,
  signalAlarms,
  suffixOf,
} from "../kit";
import type { DatabaseArgs, DatabaseOutputs, DatabaseTransform } from "./args";
import { CERTIFICATE_AUTHORITY, MONITORING_INTERVAL, PERFORMANCE_INSIGHTS_DAYS, PORT } from "./parameters";
import type { ResolvedDatabase } from "./resolve";

/** The component that owns the children: its name, and the options that they take from it. */
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
  const { parent, name, args } = owner;
  const key = createKey(owner, resolved);
  // Known before the database exists: RDS writes to log groups that are named after it, and makes them unencrypted unless
  // they are there first.
  const identifier = pulumi.interpolate`${name}-${suffixOf(key)}`;
  return {
    identifier,
    key,
    securityGroup: closedSecurityGroup(
      { parent, tags: args.tags },
      args.transform?.securityGroup,
      `${name}-security-group`,
      { vpcId: args.network.vpcId, description: `Database ${name}` },
    ),
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
      ...tagged(args.tags),
      ...(args.transform?.key && { transform: args.transform.key }),
    },
    { parent },
  );
}

function createSubnetGroup({ parent, name, args }: Owner): aws.rds.SubnetGroup {
  return new aws.rds.SubnetGroup(
    ...transformed<aws.rds.SubnetGroupArgs>(
      args.transform?.subnetGroup,
      `${name}-subnet-group`,
      { subnetIds: args.network.isolatedSubnetIds, description: `Isolated subnets of ${name}`, ...tagged(args.tags) },
      { parent },
    ),
  );
}

/** The role as which RDS writes the operating system's figures, with the rights that RDS insists on. */
function createMonitoring({ parent, name, args }: Owner) {
  const { partition } = args.placement;
  const monitoringRole = new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(
      args.transform?.monitoringRole,
      `${name}-monitoring`,
      {
        description: `Enhanced monitoring of the database ${name}`,
        assumeRolePolicy: serviceTrust("monitoring.rds", args.placement),
        ...tagged(args.tags),
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
    encryptedLogGroup(
      { parent, tags: args.tags, ignoreChanges: ["name"] },
      args.transform?.logGroup,
      `${name}-${kind}-log`,
      {
        name: pulumi.interpolate`${folder}/${kind}`,
        retentionInDays: logRetentionInDays,
        kmsKeyId: key.arn,
      },
    ),
  ]);
  return Object.fromEntries(groups);
}

/** The alarms of signals, by their role. */
export function createAlarms({ parent, name, args }: Owner, signals: readonly Signal[]) {
  const { tags, transform, alarmTopicArn } = args;
  return signalAlarms(
    {
      parent,
      tags,
      transform: transform?.alarm,
      topicArn: alarmTopicArn,
      nameOf: ({ role }) => `${name}-${role}-alarm`,
    },
    signals,
  );
}

/** Arguments that both stores take: encryption, sign-in, backups, and what outlives a mistake. */
export function storeArgs({ parent, name, args }: Owner, resolved: ResolvedDatabase, around: Surroundings) {
  const { backupRetentionPeriod, protectData, snapshotIdentifier, upgradeFrom } = resolved;
  const { key, subnetGroup } = around;
  const { databaseName, masterUsername } = resolved;
  const life = { databaseName, masterUsername, subnetGroup: subnetGroup.name, snapshot: snapshotIdentifier ?? "" };
  return {
    port: PORT,
    storageEncrypted: true,
    kmsKeyId: key.arn,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: key.arn,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod,
    copyTagsToSnapshot: true,
    deletionProtection: protectData,
    deleteAutomatedBackups: !protectData,
    skipFinalSnapshot: !protectData,
    ...(protectData && {
      finalSnapshotIdentifier: finalSnapshotName(parent, args.transform?.finalSnapshot, name, life),
    }),
    ...(snapshotIdentifier !== undefined && { snapshotIdentifier }),
    ...(upgradeFrom !== undefined && { allowMajorVersionUpgrade: true }),
    // RDS refuses a major version in the maintenance window where the parameter group is not a default one
    // (https://github.com/mitodl/ol-infrastructure/pull/2413), and a person should watch this upgrade.
    applyImmediately: !protectData || upgradeFrom !== undefined,
    ...tagged(args.tags),
  };
}

/** Arguments that every server takes, alone or in a cluster: closed, kept up, watched. */
export function serverArgs(
  { performanceInsights, engineVersion }: ResolvedDatabase,
  { key, monitoringRole }: Pick<Surroundings, "key" | "monitoringRole">,
) {
  return {
    publiclyAccessible: false,
    // A minor version that is named stays: what RDS had raised would read as a downgrade, which RDS refuses.
    autoMinorVersionUpgrade: !engineVersion.includes("."),
    caCertIdentifier: CERTIFICATE_AUTHORITY,
    monitoringInterval: MONITORING_INTERVAL,
    monitoringRoleArn: monitoringRole.arn,
    performanceInsightsEnabled: performanceInsights,
    ...(performanceInsights && {
      performanceInsightsKmsKeyId: key.arn,
      performanceInsightsRetentionPeriod: PERFORMANCE_INSIGHTS_DAYS,
    }),
  };
}

/** What `registerOutputs` takes: everything that {@link DatabaseOutputs} names. */
export function outputsOf(database: Omit<DatabaseOutputs, "grantConnect" | "grantMigrate" | "grantRead">) {
  const { endpoint, readerEndpoint, port, databaseName, arn, resourceId, secretArn, securityGroupId, keyArn } =
    database;
  return { endpoint, readerEndpoint, port, databaseName, arn, resourceId, secretArn, securityGroupId, keyArn };
}
