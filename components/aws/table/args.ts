// What a table takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, KeyAttribute, Placement, Signal, TableIndex, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Table}. */
export interface TableArgs {
  readonly placement: Placement;
  /** Attribute by which items are found. Another one replaces the table. */
  readonly partitionKey: KeyAttribute;
  /** Attribute by which the items of a partition key are sorted. Another one replaces the table. @default none */
  readonly sortKey?: KeyAttribute;
  /** Global secondary indexes by name, 20 at most. @default none */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /** Attribute with the second (Unix time) after which DynamoDB deletes an item, within some days. @default items stay */
  readonly expiresBy?: string;
  /** What each record of the table's stream shows of a changed item. @default no stream */
  readonly changes?: "keys" | "new" | "old" | "new-and-old";
  /** How far back point-in-time recovery goes, 1 to 35 days. @default "35d" */
  readonly recoveryPeriod?: Duration;
  /** Whether the table, its items and its key outlive a mistake and the stack. @default true */
  readonly protectData?: boolean;
  /** SNS topic that alarms notify. @default alarms without an action */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly table?: Transform<aws.dynamodb.TableArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** What a table offers. */
export interface TableOutputs {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Undefined without `changes`. */
  readonly streamArn: pulumi.Output<string> | undefined;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** Rights to get, query and scan items, of the table and its indexes; the variable holds the table's name. */
  grantRead(environmentVariable: string): Grant;
  /** Rights to put, update and delete items. */
  grantWrite(environmentVariable: string): Grant;
  /** Both. */
  grantReadWrite(environmentVariable: string): Grant;
  /** The right to put items, alone or in transactions; not to update or delete any. */
  grantAppend(environmentVariable: string): Grant;
  /** Rights to get, query and scan items, and to put some; not to update or delete any. */
  grantReadAppend(environmentVariable: string): Grant;
  /** Rights to read the records of the table's stream. Throws without `changes`. */
  grantReadChanges(): Grant;
}
