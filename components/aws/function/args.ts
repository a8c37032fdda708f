// Arguments and outputs of a function.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Size, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link LambdaFunction}. */
export interface LambdaFunctionArgs {
  readonly placement: Placement;
  readonly code: FunctionCode;
  /** What it is for; shown in the console, at most 256 characters. */
  readonly description: string;
  /** @default "nodejs22.x" */
  readonly runtime?: "nodejs22.x" | "nodejs24.x" | "provided.al2023";
  /** File and export that is called. @default "index.handler"; "bootstrap" for `provided.al2023` */
  readonly handler?: string;
  /** Memory, 128 MiB to 10,240 MiB; CPU grows with it. @default "256 MiB" */
  readonly memory?: Size;
  /** Longest time of one call, 1 second to 15 minutes. @default "30s" */
  readonly timeout?: Duration;
  /** @default "ARM64" */
  readonly architecture?: "ARM64" | "X86_64";
  /** Plain variables; no secret belongs here. @default none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What it may use, by a name for each. A function stands outside the VPC: a grant that opens connections is refused. @default its own logs and traces only */
  readonly grants?: Readonly<Record<string, Grant>>;
  /**
   * Calls at the same time, 1 and up. They are taken from the account's (1000, of which 100 stay for functions without a number), so that no
   * function can take all.
   * @default 10
   */
  readonly reservedConcurrency?: number;
  /** Time between two calls, whole minutes, hours or days. @default nobody calls it by the clock */
  readonly every?: Duration;
  /** Age at which an asynchronous call that keeps failing goes to the dead-letter queue, 1 minute to 6 hours. @default "1h" */
  readonly maxEventAge?: Duration;
  /** Days that logs are kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** Topic of the alarms. @default the alarms notify nobody */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: LambdaFunctionTransforms;
}

/**
 * `entry`: path of a TypeScript or JavaScript file, which is bundled with what it imports; the AWS SDK comes with the runtime.
 * `archive`: path of a built zip file, or of a folder that is zipped.
 */
export type FunctionCode = { readonly entry: string } | { readonly archive: string };

/** One slot a child; where there are several of a kind, a function gets the child's logical name. */
export interface LambdaFunctionTransforms {
  readonly function?: Transform<aws.lambda.FunctionArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly key?: EncryptionKeyArgs["transform"];
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly deadLetterQueue?: Transform<aws.sqs.QueueArgs>;
  readonly deadLetterPolicy?: Transform<aws.sqs.QueuePolicyArgs>;
  readonly invokeConfig?: Transform<aws.lambda.FunctionEventInvokeConfigArgs>;
  readonly scheduleRule?: Transform<aws.cloudwatch.EventRuleArgs>;
  readonly scheduleTarget?: Transform<aws.cloudwatch.EventTargetArgs>;
  readonly permission?: Transform<aws.lambda.PermissionArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** Outputs of {@link LambdaFunction}. */
export interface LambdaFunctionOutputs {
  readonly functionArn: pulumi.Output<string>;
  readonly functionName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  /** URL of the queue with the calls that failed for good. */
  readonly deadLetterQueueUrl: pulumi.Output<string>;
}
