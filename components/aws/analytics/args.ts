// What an analytics store takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Signal, Size, Transform } from "../../kit";
import type { ObjectStoreArgs } from "../storage";

/** Arguments of {@link AnalyticsStore}. */
export interface AnalyticsStoreArgs {
  readonly placement: Placement;
  /** Bytes that one query may read before Athena stops it, 10 MiB or more; what a query reads is what it costs. @default "100 GiB" */
  readonly queryLimit?: Size;
  /** Age at which results of queries are deleted, in whole days. Tables stay. @default "7d" */
  readonly resultRetention?: Duration;
  /** Whether data outlives a mistake: the engine refuses to delete the tables, and bucket and key stay. @default true */
  readonly protectData?: boolean;
  /** SNS topic that alarms notify. @default alarms without an action */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    /** Children of the bucket with the tables. */
    readonly storage?: ObjectStoreArgs["transform"];
    readonly database?: Transform<aws.glue.CatalogDatabaseArgs>;
    readonly workgroup?: Transform<aws.athena.WorkgroupArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** What an analytics store offers. */
export interface AnalyticsStoreOutputs {
  /** Workgroup of Athena in which queries run. */
  readonly workgroupName: pulumi.Output<string>;
  /** Database of the Glue Data Catalog that has the tables. */
  readonly databaseName: pulumi.Output<string>;
  /** Bucket with the tables (`tables/`) and the results (`results/`). */
  readonly bucketName: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** What a service needs to make tables, to write to them and to query them. */
  grantReadWrite(): Grant;
}
