// What a one-off task takes and what it offers.
import type * as pulumi from "@pulumi/pulumi";
import type { MicroserviceArgs, MicroserviceTransforms } from "./args";
import type { TaskCluster } from "./context";

/** What only a service has: callers, a number of tasks, alarms on them. */
type OfServices =
  | "alarmTopicArn"
  | "cluster"
  | "collector"
  | "containerHealthCheck"
  | "healthPath"
  | "port"
  | "requestTimeout"
  | "routing"
  | "scaling"
  | "startTime"
  | "transform";

/** Arguments of {@link OneOffTask}: those of a microservice, except for what only a service has. */
export interface OneOffTaskArgs extends Omit<MicroserviceArgs, OfServices> {
  /** Where the task runs. */
  readonly cluster: TaskCluster;
  /** Replaces the image's command (`["node", "migrate.js"]`). @default the image's own */
  readonly command?: readonly string[];
  /** @default every child as described */
  readonly transform?: Pick<
    MicroserviceTransforms,
    | "taskRole"
    | "taskRolePolicy"
    | "executionRole"
    | "executionRolePolicy"
    | "repository"
    | "image"
    | "logKey"
    | "logGroup"
    | "securityGroup"
    | "ingressRule"
    | "egressRule"
    | "taskDefinition"
  >;
}

/** What {@link OneOffTask} offers. */
export interface OneOffTaskOutputs {
  /** ARN of the newest revision. */
  readonly taskDefinitionArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly taskRoleArn: pulumi.Output<string>;
  readonly executionRoleArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  /** `aws ecs run-task …`: starts the task once. Needs `ecs:RunTask`, and `iam:PassRole` for both roles. */
  readonly runCommand: pulumi.Output<string>;
}
