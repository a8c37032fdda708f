// What a document database takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type { Duration, Grant, Placement, Signal, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link DocumentDatabase}. */
export interface DocumentDatabaseArgs {
  readonly placement: Placement;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** Subnets without a route to the internet, in at least two zones. */
    readonly isolatedSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  };
  /** Database inside the cluster: letters, digits, underscores and dashes, at most 63. @default "documents" */
  readonly databaseName?: string;
  /** Class of each instance. @default "db.t4g.medium" */
  readonly instanceClass?: `db.${string}`;
  /** Instances: one takes writes, the others take over when it fails. 1–16. @default 2 */
  readonly instances?: number;
  /** How far back the cluster can be restored, 1–35 days. @default "7d" */
  readonly backupRetention?: Duration;
  /**
   * Snapshot that the cluster is created from: a name, or the ARN of one that is shared with the account. Another snapshot **replaces the
   * cluster**; removing the argument changes nothing.
   * @default an empty database
   */
  readonly snapshotIdentifier?: string;
  /** Days that the audit log is kept; one of CloudWatch's values. @default 30 */
  readonly logRetentionInDays?: number;
  /**
   * Whether data outlives a mistake: deletion protection, a final snapshot and the key are kept, and changes wait for the maintenance
   * window.
   * @default true
   */
  readonly protectData?: boolean;
  /** SNS topic that alarms notify. @default alarms without an action */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly subnetGroup?: Transform<aws.docdb.SubnetGroupArgs>;
    readonly accessRole?: Transform<aws.iam.RoleArgs>;
    readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
    readonly parameterGroup?: Transform<aws.docdb.ClusterParameterGroupArgs>;
    readonly cluster?: Transform<aws.docdb.ClusterArgs>;
    readonly instance?: Transform<aws.docdb.ClusterInstanceArgs>;
    /** Digits of the final snapshot's name. */
    readonly finalSnapshot?: Transform<random.RandomIdArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** What a document database offers. */
export interface DocumentDatabaseOutputs {
  /** Host name that takes writes. */
  readonly endpoint: pulumi.Output<string>;
  readonly databaseName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Identifier that DocumentDB never gives again (`cluster-…`). */
  readonly resourceId: pulumi.Output<string>;
  /** Secret in which DocumentDB keeps and rotates the primary user's password. */
  readonly secretArn: pulumi.Output<string>;
  /** The role that workloads assume to sign in. It has no policy: it is a name for the user of the database, and no more. */
  readonly accessRoleArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Group without rules: each workload that connects adds its own (`Grant.reaches`). */
  readonly securityGroupId: pulumi.Output<string>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** What a service needs to sign in: the right to assume the role, and the address. The user must exist ({@link grantPrepare}). */
  grantConnect(): Grant;
  /** What the function needs that makes the user: the primary user's secret. Never for a service. */
  grantPrepare(): Grant;
}
