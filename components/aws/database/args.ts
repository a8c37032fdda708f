// What the two databases take and what they offer.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type { Duration, Grant, Placement, Size, Signal, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Where a database listens: component-shaped, so that a network of one's own fits. */
export interface DatabaseNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets without a route to the internet, in at least two zones. */
  readonly isolatedSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** What {@link PostgresDatabaseArgs} and {@link ServerlessDatabaseArgs} have in common. */
export interface DatabaseArgs {
  readonly placement: Placement;
  readonly network: DatabaseNetwork;
  /** Database inside the server: letters, digits and underscores, a letter first, at most 63 (`orderservice`). */
  readonly databaseName: string;
  /** Name of the master user, whose password RDS makes and rotates. @default `databaseName` */
  readonly masterUsername?: string;
  /**
   * PostgreSQL version, 14 to 18: a major (`16`), which then follows its minor versions, or a minor one (`16.11`).
   * @default "16"
   */
  readonly engineVersion?: string;
  /**
   * The major version that the database has now (`15`), in the update that raises `engineVersion` to a later major. It allows the
   * upgrade, makes it at once instead of in the maintenance window, and keeps the old parameter group. Remove it afterwards.
   * @default none: RDS refuses a later major version
   */
  readonly upgradeFrom?: string;
  /**
   * Snapshot that the database is created from: a name, or the ARN of one that is shared with the account. `databaseName` and
   * `masterUsername` must be the snapshot's. Another snapshot **replaces the database**; removing the argument changes nothing.
   * @default an empty database
   */
  readonly snapshotIdentifier?: string;
  /** How far back the database can be restored, 1–35 days. @default "7d" */
  readonly backupRetention?: Duration;
  /**
   * Whether query load is recorded for seven days (free of charge), encrypted with the database's key.
   * @default true
   */
  readonly performanceInsights?: boolean;
  /** Days that the exported logs are kept; one of CloudWatch's values. @default 30 */
  readonly logRetentionInDays?: number;
  /**
   * Whether data outlives a mistake: deletion protection, a final snapshot, automated backups and the key are kept, and
   * changes wait for the maintenance window.
   * @default true
   */
  readonly protectData?: boolean;
  /** SNS topic that alarms notify. @default alarms without an action */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Children that both databases have. */
export interface DatabaseTransform {
  readonly key?: EncryptionKeyArgs["transform"];
  readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly subnetGroup?: Transform<aws.rds.SubnetGroupArgs>;
  readonly monitoringRole?: Transform<aws.iam.RoleArgs>;
  readonly monitoringPolicy?: Transform<aws.iam.RolePolicyAttachmentArgs>;
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  /** Digits of the final snapshot's name. */
  readonly finalSnapshot?: Transform<random.RandomIdArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** Arguments of {@link PostgresDatabase}. */
export interface PostgresDatabaseArgs extends DatabaseArgs {
  /** @default "db.t3.micro" */
  readonly instanceClass?: `db.${string}`;
  /** 20 GiB–64 TiB. @default "20 GiB" */
  readonly allocatedStorage?: Size;
  /**
   * Where automatic growth ends: at least 10 % above `allocatedStorage`, or equal to it for no growth.
   * @default "100 GiB", or `allocatedStorage` where that is more
   */
  readonly maxAllocatedStorage?: Size;
  /** Whether a standby in another zone takes over when this one fails. @default true */
  readonly multiAz?: boolean;
  /**
   * Whether a second instance of the same class takes reads; it is some milliseconds behind. It costs as much as the first one in one zone.
   * @default false
   */
  readonly readReplica?: boolean;
  /** @default every child as described */
  readonly transform?: DatabaseTransform & {
    readonly instance?: Transform<aws.rds.InstanceArgs>;
    readonly replica?: Transform<aws.rds.InstanceArgs>;
    readonly parameterGroup?: Transform<aws.rds.ParameterGroupArgs>;
  };
}

/** Arguments of {@link ServerlessDatabase}. */
export interface ServerlessDatabaseArgs extends DatabaseArgs {
  /** Aurora capacity units that are always there, 0.5–256 in steps of 0.5. @default 0.5 */
  readonly minCapacity?: number;
  /** Aurora capacity units at the most, 1–256 in steps of 0.5. @default 4 */
  readonly maxCapacity?: number;
  /** Readers beside the writer, 0–15; with one or more, a reader takes over when the writer fails. @default 1 */
  readonly readers?: number;
  /**
   * Whether the database pauses at 0 capacity units while it has no connection; the first connection then waits for
   * about 15 seconds. `minCapacity` is ignored.
   * @default false
   */
  readonly scaleToZero?: boolean;
  /** Idle time before it pauses, 5 minutes to a day; with `scaleToZero` only. @default "5m" */
  readonly autoPauseAfter?: Duration;
  /** @default every child as described */
  readonly transform?: DatabaseTransform & {
    readonly cluster?: Transform<aws.rds.ClusterArgs>;
    readonly clusterInstance?: Transform<aws.rds.ClusterInstanceArgs>;
    readonly parameterGroup?: Transform<aws.rds.ClusterParameterGroupArgs>;
  };
}

/** What both databases offer. */
export interface DatabaseOutputs {
  /** Host name that takes writes. */
  readonly endpoint: pulumi.Output<string>;
  /** Host name that takes reads: of the replica or the readers, and without any that of `endpoint`. */
  readonly readerEndpoint: pulumi.Output<string>;
  /** TCP port. */
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Identifier that RDS never gives again (`db-…`, `cluster-…`); IAM authentication names it. */
  readonly resourceId: pulumi.Output<string>;
  /** Secret in which RDS keeps and rotates the master user's password. */
  readonly secretArn: pulumi.Output<string>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** Group without rules: each workload that connects adds its own (`Grant.reaches`). */
  readonly securityGroupId: pulumi.Output<string>;
  /** Key of the storage, the secret, the query load and the logs. */
  readonly keyArn: pulumi.Output<string>;
  /**
   * What a service needs to connect as the database user `app`, by IAM authentication.
   *
   * @param readers whether it may send reads to the replica or the readers, whose host is `DB_READER_HOST`; default false
   */
  grantConnect(readers?: boolean): Grant;
  /**
   * What a workload needs to connect as the database user `app_reader`, which reads rows and nothing else.
   *
   * @param prefix of the variables `…HOST`, `…PORT`, `…NAME` and `…USERNAME`; default `DB_`
   */
  grantRead(prefix?: string): Grant;
  /** What a migration needs: the master user's secret. For a `OneOffTask`, never for a service. */
  grantMigrate(): Grant;
}
