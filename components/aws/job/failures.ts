// EventBridge Scheduler looks at the start only: what becomes of the task is an event of ECS.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";
import type { JobArgs } from "./args";

/** There for a task with a topic, and not otherwise. */
export interface FailureNodes {
  readonly failureRule?: aws.cloudwatch.EventRule;
  readonly failureTarget?: aws.cloudwatch.EventTarget;
}

/** Sends a message to the topic for each task that did not start, or ended with another exit code than 0. */
export function createFailureEvents(parent: pulumi.Resource, name: string, args: JobArgs): FailureNodes {
  const { target, alarmTopicArn, failureTopicArn = alarmTopicArn, tags, transform } = args;
  if (!("task" in target) || failureTopicArn === undefined) return {};
  const family = pulumi.output(target.task.taskDefinitionArn).apply((arn) => `${arn.replace(/:\d+$/, "")}:`);
  const failureRule = new aws.cloudwatch.EventRule(
    ...transformed<aws.cloudwatch.EventRuleArgs>(
      transform?.failureRule,
      `${name}-failed`,
      {
        description: `Tasks of ${name} that failed`,
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
        eventPattern: pulumi.jsonStringify({
          source: ["aws.ecs"],
          "detail-type": ["ECS Task State Change"],
          detail: {
            clusterArn: [target.cluster.clusterArn],
            taskDefinitionArn: [{ prefix: family }],
            lastStatus: ["STOPPED"],
            $or: [{ containers: { exitCode: [{ "anything-but": [0] }] } }, { stopCode: ["TaskFailedToStart"] }],
          },
        }),
        ...tagged(tags),
      },
      { parent },
    ),
  );
  const failureTarget = new aws.cloudwatch.EventTarget(
    ...transformed<aws.cloudwatch.EventTargetArgs>(
      transform?.failureTarget,
      `${name}-failed`,
      {
        rule: failureRule.name,
        arn: failureTopicArn,
        inputTransformer: {
          inputPaths: { task: "$.detail.taskArn", reason: "$.detail.stoppedReason", time: "$.time" },
          inputTemplate: `"The job ${name} failed at <time>: <reason> (<task>)"`,
        },
      },
      { parent },
    ),
  );
  return { failureRule, failureTarget };
}
