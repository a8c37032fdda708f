// One DocumentDB cluster for one owner. A workload signs in without a password: it assumes a role of the cluster, and the server has a user
// with this role's ARN as its name. The primary user's password is for the function that makes this user.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Grant, placementProblems, protectedWhen, type Signal, tagged, throwIfAny, transformed } from "../../kit";
import {
  accessRole,
  closedSecurityGroup,
  encryptedLogGroup,
  EncryptionKey,
  finalSnapshotName,
  managedSecretArn,
  placed,
  signalAlarms,
  suffixOf,
} from "../kit";
import type { DocumentDatabaseArgs, DocumentDatabaseOutputs } from "./args";
import { connectGrant, PORT, prepareGrant } from "./grant";
import { type ResolvedDocuments, resolveDocuments, validateDocuments } from "./resolve";
import { documentSignals } from "./signals";

const TYPE = "archipelago:documents:DocumentDatabase";
/** Its sign-in by IAM needs 5.0 (https://docs.aws.amazon.com/documentdb/latest/developerguide/iam-identity-auth.html), which has long-term support. */
const VERSION = "5.0.0";
const PRIMARY_USER = "primaryuser";
/** TLS 1.2 or later only. The audit log has sign-ins and changes of collections and users. Documents are the users' data: it has none. */
const PARAMETERS = [
  { name: "tls", value: "tls1.2+" },
  { name: "audit_logs", value: "enabled" },
];

/**
 * A DocumentDB cluster (MongoDB 5.0) in isolated subnets: encrypted with a key of its own, TLS only, sign-in by IAM, continuous backups, an
 * audit log and alarms. An instance `db.t4g.medium` costs about 60 USD a month (eu-central-1), storage 0.1 USD a GiB and month, the key 1 USD.
 *
 * Another name, key or network replaces the cluster, which loses its data; with `protectData` the engine refuses that. Everything else
 * changes in place.
 *
 * @example
 * const articles = new DocumentDatabase("articles", { placement, network });
 */
export class DocumentDatabase extends pulumi.ComponentResource implements DocumentDatabaseOutputs {
  readonly endpoint: pulumi.Output<string>;
  readonly databaseName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly resourceId: pulumi.Output<string>;
  readonly secretArn: pulumi.Output<string>;
  readonly accessRoleArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly securityGroup: aws.ec2.SecurityGroup;
    readonly subnetGroup: aws.docdb.SubnetGroup;
    readonly accessRole: aws.iam.Role;
    readonly auditLog: aws.cloudwatch.LogGroup;
    readonly parameterGroup: aws.docdb.ClusterParameterGroup;
    readonly cluster: aws.docdb.Cluster;
    /** By role (`instance-1`). */
    readonly instances: Readonly<Record<string, aws.docdb.ClusterInstance>>;
    /** By the role of their signal. */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: DocumentDatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateDocuments(name, args)]);
    const resolved = resolveDocuments(args);
    const around = this.createSurroundings(resolved);
    const cluster = this.createCluster(resolved, around);
    const instances = this.createInstances(resolved, cluster);
    this.signals = documentSignals({ name, dimensions: { DBClusterIdentifier: cluster.clusterIdentifier } }, resolved);
    const nameOf = ({ role }: Signal): string => `${name}-${role}-alarm`;
    const { tags, transform, alarmTopicArn: topicArn } = args;
    const alarms = signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, this.signals);
    this.nodes = { ...around, cluster, instances, alarms };
    this.endpoint = cluster.endpoint;
    this.databaseName = pulumi.output(resolved.databaseName);
    this.arn = cluster.arn;
    this.resourceId = cluster.clusterResourceId;
    this.secretArn = managedSecretArn("DocumentDB", cluster.masterUserSecrets);
    this.accessRoleArn = around.accessRole.arn;
    this.keyArn = around.key.arn;
    this.securityGroupId = around.securityGroup.id;
    const { endpoint, databaseName, arn, resourceId, secretArn, accessRoleArn, keyArn, securityGroupId } = this;
    this.registerOutputs({
      ...{ endpoint, databaseName, arn, resourceId, secretArn, accessRoleArn, keyArn, securityGroupId },
    });
  }

  grantConnect(): Grant {
    return { ...connectGrant(this.name, this), startsAfter: Object.values(this.nodes.instances) };
  }

  grantPrepare(): Grant {
    return { ...prepareGrant(this.name, this), startsAfter: Object.values(this.nodes.instances) };
  }

  private createSurroundings(resolved: ResolvedDocuments) {
    const { placement, network, tags, transform } = this.args;
    const key = new EncryptionKey(
      this.name,
      {
        placement,
        description: `Storage, backups and audit log of the document database ${this.name}`,
        logs: true,
        retainOnDelete: resolved.protectData,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
    const securityGroup = closedSecurityGroup(
      { parent: this, tags },
      transform?.securityGroup,
      `${this.name}-documents`,
      {
        vpcId: network.vpcId,
        description: `Document database ${this.name}`,
      },
    );
    const subnetGroup = new aws.docdb.SubnetGroup(
      ...transformed<aws.docdb.SubnetGroupArgs>(
        transform?.subnetGroup,
        `${this.name}-subnet-group`,
        { subnetIds: network.isolatedSubnetIds, description: `Isolated subnets of ${this.name}`, ...tagged(tags) },
        { parent: this },
      ),
    );
    // The name must be known before the cluster is: DocumentDB makes an unencrypted log group unless one is there.
    const auditLog = encryptedLogGroup(
      { parent: this, tags, ignoreChanges: ["name"] },
      transform?.logGroup,
      `${this.name}-audit`,
      {
        name: pulumi.interpolate`/aws/docdb/${this.name}-${suffixOf(key)}/audit`,
        retentionInDays: resolved.logRetentionInDays,
        kmsKeyId: key.arn,
      },
    );
    const role = accessRole({ parent: this, tags }, transform?.accessRole, `${this.name}-access`, {
      placement,
      description: `Sign-in to the document database ${this.name}`,
    });
    const parameterGroup = this.createParameterGroup();
    return { key, securityGroup, subnetGroup, auditLog, accessRole: role, parameterGroup };
  }

  private createParameterGroup(): aws.docdb.ClusterParameterGroup {
    const { tags, transform } = this.args;
    return new aws.docdb.ClusterParameterGroup(
      ...transformed<aws.docdb.ClusterParameterGroupArgs>(
        transform?.parameterGroup,
        `${this.name}-parameter-group`,
        {
          family: "docdb5.0",
          description: "DocumentDB 5.0: TLS only, sign-ins and schema changes logged",
          parameters: PARAMETERS.map((parameter) => ({ ...parameter })),
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }

  private createCluster(
    { backupRetentionPeriod, protectData, snapshotIdentifier }: ResolvedDocuments,
    around: ReturnType<DocumentDatabase["createSurroundings"]>,
  ): aws.docdb.Cluster {
    const { tags, transform } = this.args;
    const { key, securityGroup, subnetGroup, auditLog, parameterGroup } = around;
    const life = { subnetGroup: subnetGroup.name, snapshot: snapshotIdentifier ?? "" };
    return new aws.docdb.Cluster(
      ...transformed<aws.docdb.ClusterArgs>(
        transform?.cluster,
        `${this.name}-cluster`,
        {
          clusterIdentifier: pulumi.interpolate`${this.name}-${suffixOf(key)}`,
          engine: "docdb",
          engineVersion: VERSION,
          port: PORT,
          masterUsername: PRIMARY_USER,
          manageMasterUserPassword: true,
          storageEncrypted: true,
          kmsKeyId: key.arn,
          dbSubnetGroupName: subnetGroup.name,
          vpcSecurityGroupIds: [securityGroup.id],
          dbClusterParameterGroupName: parameterGroup.name,
          enabledCloudwatchLogsExports: ["audit"],
          backupRetentionPeriod,
          deletionProtection: protectData,
          skipFinalSnapshot: !protectData,
          ...(protectData && {
            finalSnapshotIdentifier: finalSnapshotName(this, transform?.finalSnapshot, this.name, life),
          }),
          ...(snapshotIdentifier !== undefined && { snapshotIdentifier }),
          applyImmediately: !protectData,
          ...tagged(tags),
        },
        {
          parent: this,
          ...protectedWhen(protectData),
          dependsOn: [auditLog],
          // Two clusters can't have one identifier.
          deleteBeforeReplace: true,
          ignoreChanges: ["clusterIdentifier"],
        },
      ),
    );
  }

  private createInstances({ instances, instanceClass, protectData }: ResolvedDocuments, cluster: aws.docdb.Cluster) {
    const { tags, transform } = this.args;
    const created = instances.map((role): [string, aws.docdb.ClusterInstance] => [
      role,
      new aws.docdb.ClusterInstance(
        ...transformed<aws.docdb.ClusterInstanceArgs>(
          transform?.instance,
          `${this.name}-${role}`,
          {
            clusterIdentifier: cluster.clusterIdentifier,
            instanceClass,
            autoMinorVersionUpgrade: true,
            caCertIdentifier: "rds-ca-rsa2048-g1",
            applyImmediately: !protectData,
            ...tagged(tags),
          },
          { parent: this },
        ),
      ),
    ]);
    return Object.fromEntries(created);
  }
}
