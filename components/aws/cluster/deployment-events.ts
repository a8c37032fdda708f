// Notifies the alarm topic of failed deployments. ECS sends deployment events to EventBridge, also for a deployment that no `pulumi up`
// waits for: a scheduled redeployment, an interrupted run. One rule for the cluster covers all its services, also workers without a
// load balancer.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import type { Scope } from "./scope";

/** The rule and its target. */
export interface DeploymentEventNodes {
  readonly deploymentRule?: aws.cloudwatch.EventRule;
  readonly deploymentTarget?: aws.cloudwatch.EventTarget;
}

/** Sends failed deployments to a topic; nothing without one. */
export function createDeploymentEvents(
  { name, placement, tags, transform, parent }: Scope,
  cluster: aws.ecs.Cluster,
  alarmTopicArn: pulumi.Input<string> | undefined,
): DeploymentEventNodes {
  if (alarmTopicArn === undefined) return {};
  const { partition, region, accountId } = placement;
  const services = pulumi.interpolate`arn:${partition}:ecs:${region}:${accountId}:service/${cluster.name}/`;
  const deploymentRule = new aws.cloudwatch.EventRule(
    ...transformed<aws.cloudwatch.EventRuleArgs>(
      transform?.deploymentRule,
      `${name}-failed-deployments`,
      {
        description: `Deployments in ${name} that failed`,
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
        eventPattern: pulumi.jsonStringify({
          source: ["aws.ecs"],
          "detail-type": ["ECS Deployment State Change"],
          resources: [{ prefix: services }],
          detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
        }),
        ...tags,
      },
      { parent },
    ),
  );
  const deploymentTarget = new aws.cloudwatch.EventTarget(
    ...transformed<aws.cloudwatch.EventTargetArgs>(
      transform?.deploymentTarget,
      `${name}-failed-deployments`,
      {
        rule: deploymentRule.name,
        arn: alarmTopicArn,
        inputTransformer: {
          inputPaths: { service: "$.resources[0]", reason: "$.detail.reason", time: "$.time" },
          inputTemplate: '"A deployment of <service> failed at <time>: <reason>"',
        },
      },
      { parent },
    ),
  );
  return { deploymentRule, deploymentTarget };
}
