// What a stream takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Signal, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Stream}. */
export interface StreamArgs {
  readonly placement: Placement;
  /** How long records are kept, 24 hours to 365 days, whole hours. @default "7d" */
  readonly retention?: Duration;
  /** Age of the oldest record that some consumer has not read, above which an alarm goes off; shorter than `retention`. @default "1h" */
  readonly maxAge?: Duration;
  /** Whether records and their key outlive a mistake. @default true */
  readonly protectData?: boolean;
  /** SNS topic that alarms notify. @default alarms without an action */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly stream?: Transform<aws.kinesis.StreamArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** What a stream offers. */
export interface StreamOutputs {
  readonly streamName: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** Rights to put records; the variable holds the stream's name. */
  grantWrite(environmentVariable: string): Grant;
  /** Rights to read records, as a Lambda event source does it; no variable: Lambda reads, and the function is given the records. */
  grantConsume(): Grant;
}
