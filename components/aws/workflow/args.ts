// Arguments and outputs of a workflow, and a saga as its definition is made from it.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Workflow}. */
export interface WorkflowArgs {
  readonly placement: Placement;
  /** The definition in the Amazon States Language, as an object. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** What the states may use, by a name for each. A state machine stands outside the VPC: a grant that opens connections is refused. @default nothing but logs and traces */
  readonly grants?: Readonly<Record<string, Grant>>;
  /** Time of a whole execution above which an alarm goes off when it ends, 1 second to 365 days. @default no such alarm */
  readonly slowAfter?: Duration;
  /**
   * Whether the logs hold what states get and give. It may be personal data; the execution history has it in any case, encrypted.
   * @default false
   */
  readonly logExecutionData?: boolean;
  /** Days that logs are kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** Topic of the alarms. @default the alarms exist and send no notification */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: WorkflowTransforms;
}

/** One slot a child; where there are several of a kind, a function gets the child's logical name. */
export interface WorkflowTransforms {
  readonly stateMachine?: Transform<aws.sfn.StateMachineArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly key?: EncryptionKeyArgs["transform"];
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** Outputs of {@link Workflow}. */
export interface WorkflowOutputs {
  readonly workflowArn: pulumi.Output<string>;
  readonly workflowName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
}

/** A saga: steps in order, each a command to a queue, each with the command that undoes it. */
export interface SagaSettings {
  /** Name that messages carry. */
  readonly name: string;
  readonly description: string;
  /** URL of the queue that receives the outcome. */
  readonly outcomeQueueUrl: pulumi.Input<string>;
  readonly steps: readonly SagaStepSettings[];
}

/** A step of a saga. */
export interface SagaStepSettings {
  /** Unique in the saga; letters, digits and underscores, at most 60. */
  readonly name: string;
  /** URL of the queue that receives the commands. */
  readonly queueUrl: pulumi.Input<string>;
  /** The command of the step. */
  readonly command: string;
  /** The command that undoes it. @default there is nothing to undo */
  readonly compensation?: string;
  /** Time from the command to its answer, for each try. */
  readonly timeout: Duration;
  /** Longest time between two signs of life of the consumer, less than `timeout`. @default it need not give any */
  readonly heartbeat?: Duration;
  /** Further tries when a try ends without an answer or with an unknown error. */
  readonly retries: number;
  /** Whether the saga goes on when the step fails for good. Such a step has no compensation. @default false: it is compensated */
  readonly optional?: boolean;
}
