// What a job takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Placement, Signal, Transform } from "../../kit";
import type { DeadLetterTransforms, EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Job}. */
export interface JobArgs {
  readonly placement: Placement;
  /** What it is for; shown in the console, at most 512 characters. */
  readonly description: string;
  /** `rate(1 day)`, `cron(0 6 * * ? *)` or `at(2030-01-01T00:00:00)`. */
  readonly schedule: string;
  /** Time zone of `cron` and `at`, with its summer time (`Europe/Berlin`). @default "UTC" */
  readonly timezone?: string;
  /** What is started. */
  readonly target: TaskTarget | FunctionTarget;
  /** Attempts after the first to start it, 0 to 185. A task that has started is not started again. @default 3 */
  readonly retries?: number;
  /** How late it may start, 1 minute to 1 day. @default "1h" */
  readonly maxAge?: Duration;
  /** Topic of the alarms. @default the alarms exist and send no notification */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** Topic of messages about tasks that fail. @default `alarmTopicArn` */
  readonly failureTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: DeadLetterTransforms & {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly role?: Transform<aws.iam.RoleArgs>;
    readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
    readonly group?: Transform<aws.scheduler.ScheduleGroupArgs>;
    readonly schedule?: Transform<aws.scheduler.ScheduleArgs>;
    readonly failureRule?: Transform<aws.cloudwatch.EventRuleArgs>;
    readonly failureTarget?: Transform<aws.cloudwatch.EventTargetArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** A task on Fargate, such as a `OneOffTask`, on demand: an interruption of Spot would end it. */
export interface TaskTarget {
  readonly task: {
    readonly taskDefinitionArn: pulumi.Input<string>;
    readonly taskRoleArn: pulumi.Input<string>;
    readonly executionRoleArn: pulumi.Input<string>;
    readonly securityGroupId: pulumi.Input<string>;
  };
  readonly cluster: { readonly clusterArn: pulumi.Input<string>; readonly clusterName: pulumi.Input<string> };
  readonly network: { readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]> };
}

/** A function, which is called asynchronously: what fails there is in its own dead-letter queue. */
export interface FunctionTarget {
  readonly functionArn: pulumi.Input<string>;
}

/** What a job offers. */
export interface JobOutputs {
  readonly scheduleArn: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** URL of the queue with the starts that failed for good. */
  readonly deadLetterQueueUrl: pulumi.Output<string>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
}
