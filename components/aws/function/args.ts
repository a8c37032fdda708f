// Arguments and outputs of a function.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Size, Transform } from "../../kit";
import type { DeadLetterTransforms, EncryptionKeyArgs } from "../kit";

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
  /** What it may use, by a name for each. A grant that leads into the VPC needs `network`. @default its own logs and traces only */
  readonly grants?: Readonly<Record<string, Grant>>;
  /**
   * Where its network interfaces stand; from there it reaches what its grants open and nothing else, and the internet not at all.
   * @default outside every VPC: it reaches AWS and the internet, and nothing inside a VPC
   */
  readonly network?: {
    readonly vpcId: pulumi.Input<string>;
    readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  };
  /** What Lambda reads and calls it with, by a name for each. @default nothing */
  readonly sources?: Readonly<Record<string, EventSource>>;
  /** Age of the oldest unread record of its streams above which an alarm goes off, 1 minute to 7 days. @default "15m" with a stream */
  readonly maxIteratorAge?: Duration;
  /**
   * Calls at the same time, 1 and up. They are taken from the account's (1000, of which 100 stay for functions without a number), so that no
   * function can take all.
   * @default 10
   */
  readonly reservedConcurrency?: number;
  /** Time between two calls, whole minutes, hours or days. @default no schedule */
  readonly every?: Duration;
  /** Age at which an asynchronous call that keeps failing goes to the dead-letter queue, 1 minute to 6 hours. @default "1h" */
  readonly maxEventAge?: Duration;
  /** Days that logs are kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** Topic of the alarms. @default the alarms exist and send no notification */
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

/** A stream or a queue, and how Lambda reads it. The handler answers with `batchItemFailures`: what it does not name is done. */
export type EventSource = StreamSource | QueueSource;

interface Batches {
  /** What Lambda needs to read the source with the function's role. */
  readonly grant: Grant;
  /** Records or messages of one call, 1 to 10,000. @default 100 of a stream, 10 of a queue */
  readonly batchSize?: number;
  /** How long Lambda waits for a full batch, up to 5 minutes. @default not at all */
  readonly window?: Duration;
  /**
   * Patterns, at most 10, of which one must fit a record or message: what fits none is passed over, or deleted from a queue.
   * @default everything is handed over
   */
  readonly filter?: readonly Readonly<Record<string, unknown>>[];
}

/** A Kinesis stream, or the stream of a table's changes. A batch that fails is halved, so that one bad record is found. */
export interface StreamSource extends Batches {
  readonly streamArn: pulumi.Input<string>;
  /** Where a new function begins to read. @default "oldest" */
  readonly from?: "oldest" | "newest";
  /** Attempts after the first before records go to the dead-letter queue, 0 to 10,000. @default 10 */
  readonly retries?: number;
  /** Age at which a record that fails goes to the dead-letter queue, 1 minute to 7 days. @default "1d" */
  readonly maxAge?: Duration;
  /** Batches of one shard that are worked on at once, 1 to 10; records of one partition key stay in order. @default 1 */
  readonly parallel?: number;
}

/** A queue. Its own dead-letter queue keeps messages that fail; hide messages for six times the function's `timeout`. */
export interface QueueSource extends Batches {
  readonly queueArn: pulumi.Input<string>;
  /** Calls at the same time for this queue, 2 to 1000, at most `reservedConcurrency`. @default as many as it takes */
  readonly concurrency?: number;
}

/** One slot a child; where there are several of a kind, a function gets the child's logical name. */
export interface LambdaFunctionTransforms extends DeadLetterTransforms {
  readonly function?: Transform<aws.lambda.FunctionArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly key?: EncryptionKeyArgs["transform"];
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly invokeConfig?: Transform<aws.lambda.FunctionEventInvokeConfigArgs>;
  readonly scheduleRule?: Transform<aws.cloudwatch.EventRuleArgs>;
  readonly scheduleTarget?: Transform<aws.cloudwatch.EventTargetArgs>;
  readonly eventSource?: Transform<aws.lambda.EventSourceMappingArgs>;
  readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly ingressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly egressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
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
  /** Undefined outside a VPC. */
  readonly securityGroupId: pulumi.Output<string> | undefined;
}
