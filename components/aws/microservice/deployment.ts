// `up` fails unless ECS runs the requested task definition afterwards. The provider waits for the deployment and fails when ECS has rolled it
// back; but a later run that changes nothing does not wait again (hashicorp/terraform-provider-aws, internal/service/ecs/service.go), and with
// rollback a steady state is the old version's too. So every run asks ECS afterwards what runs.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context";
import type { Settings } from "./resolve";

/** Seconds until a task has its network interface and its image. */
const START = 120;
/** The circuit breaker gives up after three failed tasks at least, and the way back is a round of its own. */
const ROUNDS = 4;
/** The provider's own longest time. */
const LEAST = 20;

/** The part of ECS's DescribeServices answer that is used. */
export interface RunningService {
  readonly taskDefinition: string;
  readonly deployments: readonly {
    readonly status: string;
    readonly desiredCount: number;
    readonly runningCount: number;
  }[];
  readonly events: readonly { readonly message: string }[];
}

/**
 * Longest time in minutes that a deployment may take before the provider gives up: enough for tasks that fail their checks again and
 * again until the circuit breaker has rolled back. A failed deployment must end by ECS's word, not by a timeout. Pure.
 */
export function longestDeployment({ startTime, stopTimeout, routing }: Settings): number {
  const checks = routing === undefined ? 0 : routing.healthCheck.interval * routing.healthCheck.unhealthyThreshold;
  const drain = routing?.deregistrationDelay ?? 0;
  return Math.max(LEAST, Math.ceil((ROUNDS * (START + startTime + checks + drain + stopTimeout)) / 60));
}

/** The service's name, known once it runs the task definition that was asked for; rejected when it runs another one, or nothing. */
export function deployedName(
  context: Context,
  service: aws.ecs.Service,
  taskDefinition: aws.ecs.TaskDefinition,
  logGroupName: pulumi.Input<string>,
): pulumi.Output<string> {
  const { args, settings, child } = context;
  if (!settings.waitForSteadyState || pulumi.runtime.isDryRun()) return service.name;
  const running = aws.ecs.getServiceOutput(
    { clusterArn: args.cluster.clusterArn, serviceName: service.name },
    { ...child, dependsOn: [service] },
  );
  return pulumi
    .all([service.name, valueOf(taskDefinition.arn), args.cluster.clusterName, valueOf(logGroupName), running])
    .apply(([name, asked, cluster, logs, found]) => {
      const fault = faultOf(found, asked);
      if (fault === undefined) return name;
      throw new pulumi.RunError(
        [
          `Service "${context.name}" does not run what was asked for: ${fault}.`,
          ...found.events.slice(0, 3).map(({ message }) => `  ECS says: ${message}`),
          `  to do: look into the log group ${logs} and the service's events for the reason, mend it, and run again.`,
          `         To deploy the same revision again: aws ecs update-service --cluster ${cluster} --service ${name} ` +
            `--task-definition ${asked} --force-new-deployment`,
        ].join("\n"),
      );
    });
}

/**
 * A value without its dependencies; the service has the same ones. An update from a saved plan fails when a resource has more dependencies
 * than in its preview, and a preview has the dependency on the service only.
 */
function valueOf(value: pulumi.Input<string>): Promise<string> {
  return new Promise((resolve) => {
    pulumi.output(value).apply(resolve);
  });
}

/** The difference between the running and the requested deployment; undefined when there is none. Pure. */
export function faultOf({ taskDefinition, deployments }: RunningService, asked: string): string | undefined {
  const short = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
  if (short(taskDefinition) !== short(asked)) {
    return `ECS runs ${short(taskDefinition)}, and ${short(asked)} was asked for; its deployment failed and was rolled back, or somebody changed it`;
  }
  const primary = deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined || primary.desiredCount === 0 || primary.runningCount > 0) return undefined;
  return `none of its ${primary.desiredCount} tasks runs`;
}
