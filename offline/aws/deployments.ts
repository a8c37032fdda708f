// Emulates the deployment of an ECS service. Every task starts, except an image with the tag `does-not-start`: its tasks stop again
// and again, the circuit breaker gives the deployment up, and with `rollback` the service goes back to what ran before
// (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html).
import type { Existing } from "../providers/core/record";
import type { Change, Outcome, TypeRule } from "../providers/core/rules";
import { isObject, plainAll, text, type Value, type Values } from "../providers/core/values";
import type { World } from "../providers/core/world";

const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const BROKEN = /"image":"[^"]*:does-not-start"/;

/** As internal/service/ecs/service.go has it: without a new task definition there is no deployment, and nothing is waited for. */
export const deploymentOutcome: NonNullable<TypeRule["outcome"]> = (change, world): Outcome | undefined => {
  const { inputs, outputs, known, before } = change;
  const runs = before?.outputs.taskDefinition;
  if (known !== undefined && known.taskDefinition === inputs.taskDefinition) {
    return runs === undefined ? undefined : { exists: { ...outputs, taskDefinition: runs } };
  }
  if (starts(world, text(inputs.taskDefinition))) return undefined;
  const back = rollsBack(inputs) && isActive(world, runs) ? runs : undefined;
  return {
    exists: back === undefined ? outputs : { ...outputs, taskDefinition: back },
    returned: outputs,
    ...(inputs.waitForSteadyState === true && { failure: failureOf(change, back) }),
  };
};

function failureOf({ outputs, before }: Change, back: Value | undefined): string {
  const what = before === undefined ? "create" : "update";
  const ended = back === undefined ? "the service deployment failed" : "the service was rolled back";
  return `waiting for ECS Service (${text(outputs.arn) ?? ""}) ${what}: Service deployment failed: tasks failed to start; ${ended}.`;
}

function rollsBack({ deploymentCircuitBreaker: breaker }: Values): boolean {
  return isObject(breaker) && breaker.enable === true && breaker.rollback === true;
}

/** `aws.ecs.getService`, with the outputs that the product uses. */
export function describeService(args: Values, find: (type: string) => readonly Existing[]): Values {
  const found = find(SERVICE).find(
    ({ outputs }) => outputs.name === args.serviceName && outputs.cluster === args.clusterArn,
  );
  if (!found) throw new Error(`reading ECS Service (${text(args.serviceName) ?? ""}): couldn't find resource`);
  const { inputs, outputs } = { inputs: plainAll(found.inputs), outputs: plainAll(found.outputs) };
  const task = text(outputs.taskDefinition);
  const desiredCount = Number(inputs.desiredCount ?? 0);
  const family = find(TASK).find(({ id }) => id === familyOf(task));
  const runs = family === undefined || !isBroken(family, task);
  return {
    id: outputs.arn ?? "",
    arn: outputs.arn ?? "",
    taskDefinition: task ?? "",
    desiredCount,
    deployments: [
      {
        status: "PRIMARY",
        taskDefinition: task ?? "",
        desiredCount,
        runningCount: runs ? desiredCount : 0,
        pendingCount: 0,
      },
    ],
    events: runs
      ? []
      : [{ message: `(service ${text(outputs.name) ?? ""}) is unable to consistently start tasks successfully.` }],
  };
}

function starts(world: World, task: string | undefined): boolean {
  const family = world.get(TASK, familyOf(task) ?? "");
  return family === undefined || !isBroken(family, task);
}

/** The record has the containers of the newest revision; an older one ran once. */
function isBroken({ inputs, outputs }: Existing, task: string | undefined): boolean {
  const { containerDefinitions } = plainAll(inputs);
  return plainAll(outputs).revision === revisionOf(task) && BROKEN.test(text(containerDefinitions) ?? "");
}

function isActive(world: World, task: Value | undefined): boolean {
  const named = text(task);
  const family = world.get(TASK, familyOf(named) ?? "");
  return family?.retired?.includes(revisionOf(named) ?? 0) !== true;
}

function familyOf(task: string | undefined): string | undefined {
  return /([^/]+):\d+$/.exec(task ?? "")?.[1];
}

function revisionOf(task: string | undefined): number | undefined {
  const digits = /:(\d+)$/.exec(task ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
