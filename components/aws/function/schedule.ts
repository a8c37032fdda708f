// Calls by the clock.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { seconds, servicePrincipal, tagged, transformed } from "../../kit";
import type { LambdaFunctionArgs } from "./args";

/** What the parts of a function are made with. */
export interface FunctionScope {
  readonly name: string;
  readonly args: LambdaFunctionArgs;
  readonly parent: pulumi.Resource;
}

/** There with `every`, and not otherwise. */
export interface ScheduleNodes {
  readonly scheduleRule?: aws.cloudwatch.EventRule;
  readonly scheduleTarget?: aws.cloudwatch.EventTarget;
  readonly permission?: aws.lambda.Permission;
}

/** Creates the rule that calls the function, and its right to do so. */
export function createSchedule({ name, args, parent }: FunctionScope, made: aws.lambda.Function): ScheduleNodes {
  const { every, placement, tags, transform } = args;
  if (every === undefined) return {};
  const scheduleRule = new aws.cloudwatch.EventRule(
    ...transformed<aws.cloudwatch.EventRuleArgs>(
      transform?.scheduleRule,
      `${name}-schedule`,
      {
        description: `Calls ${name} every ${every}`,
        scheduleExpression: rateOf(seconds(every) ?? 60),
        ...tagged(tags),
      },
      { parent },
    ),
  );
  const permission = new aws.lambda.Permission(
    ...transformed<aws.lambda.PermissionArgs>(
      transform?.permission,
      `${name}-schedule`,
      {
        function: made.name,
        action: "lambda:InvokeFunction",
        principal: servicePrincipal("events", placement),
        sourceArn: scheduleRule.arn,
      },
      { parent },
    ),
  );
  const scheduleTarget = new aws.cloudwatch.EventTarget(
    ...transformed<aws.cloudwatch.EventTargetArgs>(
      transform?.scheduleTarget,
      `${name}-schedule`,
      { rule: scheduleRule.name, arn: made.arn },
      { parent, dependsOn: [permission] },
    ),
  );
  return { scheduleRule, permission, scheduleTarget };
}

/** EventBridge's words for a number of seconds. */
function rateOf(every: number): string {
  const [count, unit] =
    every % 86_400 === 0
      ? [every / 86_400, "day"]
      : every % 3600 === 0
        ? [every / 3600, "hour"]
        : [every / 60, "minute"];
  return `rate(${count} ${unit}${count === 1 ? "" : "s"})`;
}
