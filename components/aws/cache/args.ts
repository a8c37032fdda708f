// What a cache takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type { Duration, Grant, Placement, Signal, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Cache}. */
export interface CacheArgs {
  readonly placement: Placement;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** Subnets without a route to the internet; in two zones or more for `multiAz`. */
    readonly isolatedSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  };
  /**
   * Services that may connect, each as a user of its own that reaches the keys `<service>:*` only.
   * Lower-case letters, digits and single dashes, a letter first.
   */
  readonly users: readonly string[];
  /**
   * Users that use the keys and channels of another name instead of their own: a function that keeps the keys of its service up to date.
   * @default none: each reaches its own keys only
   */
  readonly sharing?: Readonly<Record<string, string>>;
  /** @default "cache.t3.micro" */
  readonly nodeType?: `cache.${string}`;
  /** The primary and its replicas, 1–6. @default 2 */
  readonly nodes?: number;
  /** Whether a replica takes over when the primary fails; needs two nodes. @default true with two nodes or more */
  readonly automaticFailover?: boolean;
  /** Whether the nodes stand in different zones; needs `automaticFailover`. @default `automaticFailover` */
  readonly multiAz?: boolean;
  /** From `redis` to `valkey` is an upgrade in place; there is no way back. @default "redis" */
  readonly engine?: "redis" | "valkey";
  /** Redis 7.0 or 7.1, Valkey 7.2 to 9.1, as `major.minor`. @default "7.0" for Redis, "8.0" for Valkey */
  readonly engineVersion?: string;
  /** How long daily snapshots are kept, 0–35 days. @default "5d" */
  readonly snapshotRetention?: Duration;
  /** Daily, in UTC, an hour or more. @default "03:00-05:00" */
  readonly snapshotWindow?: string;
  /** Weekly, in UTC, an hour or more, apart from the snapshot window. @default "sun:05:00-sun:07:00" */
  readonly maintenanceWindow?: string;
  /** Days that slow and engine logs are kept; one of CloudWatch's values. @default 30 */
  readonly logRetentionInDays?: number;
  /**
   * Whether data outlives a mistake: a final snapshot and the key are kept, and changes wait for the maintenance window.
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
    readonly subnetGroup?: Transform<aws.elasticache.SubnetGroupArgs>;
    readonly user?: Transform<aws.elasticache.UserArgs>;
    readonly userGroup?: Transform<aws.elasticache.UserGroupArgs>;
    readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
    /** Digits of the final snapshot's name. */
    readonly finalSnapshot?: Transform<random.RandomIdArgs>;
    readonly replicationGroup?: Transform<aws.elasticache.ReplicationGroupArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** What a cache offers. */
export interface CacheOutputs {
  /** Host name that takes writes. */
  readonly primaryEndpoint: pulumi.Output<string>;
  /** Host name that spreads reads over the replicas. */
  readonly readerEndpoint: pulumi.Output<string>;
  /** TCP port; TLS only. */
  readonly port: pulumi.Output<number>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** Group without rules: each workload that connects adds its own (`Grant.reaches`). */
  readonly securityGroupId: pulumi.Output<string>;
  readonly replicationGroupId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** What a service needs to connect as its user, by IAM authentication. Throws when `users` does not name it. */
  grantConnect(user: string): Grant;
}
