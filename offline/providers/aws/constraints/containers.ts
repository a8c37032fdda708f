// What ECS asks of a task and of a service.
import type { Failure } from "../../core/check";
import type { Candidate, Constraint } from "../../core/rules";
import { isObject, plainAll, type Value, type Values } from "../../core/values";
import { foreignGroups, scatteredSubnets } from "./network";
import {
  documentAt,
  failure,
  isGiven,
  numberAt,
  objectAt,
  objectsAt,
  SUBNET,
  TARGETS,
  textOf,
  textsAt,
} from "./support";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const GiB = 1024;
/** CPU units to MiB: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
const FARGATE: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, GiB, 2 * GiB]],
  [512, steps(1, 4, 1)],
  [1024, steps(2, 8, 1)],
  [2048, steps(4, 16, 1)],
  [4096, steps(8, 30, 1)],
  [8192, steps(16, 60, 4)],
  [16_384, steps(32, 120, 8)],
]);

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => (from + at * by) * GiB);
}

const isFargate = (inputs: Values): boolean =>
  textsAt(inputs, "requiresCompatibilities").some(({ value }) => value === "FARGATE");

/** CPU and memory that Fargate offers together. */
const size: Constraint = function* ({ inputs }) {
  if (!isFargate(inputs)) return;
  for (const property of ["cpu", "memory"])
    if (!isGiven(inputs, property)) yield failure(property, "a Fargate task needs it");
  if (inputs.networkMode !== undefined && inputs.networkMode !== "awsvpc")
    yield failure("networkMode", `${JSON.stringify(inputs.networkMode)}: a Fargate task has the network mode awsvpc`);
  const [cpu, memory] = [numberAt(inputs, "cpu"), numberAt(inputs, "memory")];
  if (cpu === undefined) return;
  const offered = FARGATE.get(cpu);
  if (!offered) yield failure("cpu", `Fargate has no ${cpu} CPU units: one of ${[...FARGATE.keys()].join(", ")}`);
  else if (memory !== undefined && !offered.includes(memory))
    yield failure("memory", `Fargate has no ${memory} MiB with ${cpu} CPU units: ${ranged(offered)}`);
};

function ranged(offered: readonly number[]): string {
  if (offered.length <= 4) return `one of ${offered.join(", ")}`;
  return `${offered[0]} to ${offered.at(-1)} in steps of ${(offered[1] ?? 0) - (offered[0] ?? 0)}`;
}

/** Container definitions, which AWS takes as text and checks itself. */
const containers: Constraint = function* (candidate) {
  const { document, failure: broken } = documentAt(candidate, "containerDefinitions");
  if (broken) yield broken;
  if (document === undefined) return;
  const list = Array.isArray(document) ? (document as readonly Value[]).filter(isObject) : [];
  if (list.length === 0) {
    yield failure("containerDefinitions", "a task needs one container at least");
    return;
  }
  const names = list.map(({ name }) => name);
  for (const [at, container] of list.entries())
    for (const { value, at: path } of objectsAt(container, "dependsOn"))
      if (!names.includes(value.containerName))
        yield failure(
          `containerDefinitions[${at}].${path}.containerName`,
          `the task has no container ${JSON.stringify(value.containerName ?? null)}: name one of its containers`,
        );
  for (const [at, container] of list.entries()) yield* inContainer(container, `containerDefinitions[${at}]`, candidate);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    yield failure(
      "containerDefinitions",
      `two containers are called ${JSON.stringify(twice)}: names are unique within a task`,
    );
  if (list.every(({ essential }) => essential === false))
    yield failure("containerDefinitions", "no container is essential: one at least must be");
  for (const property of ["cpu", "memory"] as const) {
    const [whole, sum] = [
      numberAt(candidate.inputs, property),
      list.reduce((total, each) => total + (numberAt(each, property) ?? 0), 0),
    ];
    if (whole !== undefined && sum > whole)
      yield failure(
        `containerDefinitions`,
        `the containers ask for ${sum} ${property} together, and the task has ${whole}: lower theirs or raise the task's`,
      );
  }
};

function* inContainer(container: Values, path: string, { inputs }: Candidate): Iterable<Failure> {
  for (const property of ["name", "image"])
    if (typeof container[property] !== "string" || container[property] === "")
      yield failure(`${path}.${property}`, "is missing: each container needs it");
  for (const { value, at } of objectsAt(container, "portMappings")) {
    const [inside, outside] = [numberAt(value, "containerPort"), numberAt(value, "hostPort")];
    if (inside === undefined || inside < 1 || inside > 65_535)
      yield failure(
        `${path}.${at}.containerPort`,
        `${JSON.stringify(value.containerPort ?? null)} is out of range: 1 to 65535`,
      );
    if (inputs.networkMode === "awsvpc" && outside !== undefined && outside !== inside)
      yield failure(
        `${path}.${at}.hostPort`,
        `${outside} differs from containerPort ${inside}: they are one in network mode awsvpc`,
      );
  }
  const needsRole =
    objectsAt(container, "secrets").length > 0 || objectAt(container, "logConfiguration").logDriver === "awslogs";
  if (isFargate(inputs) && needsRole && !isGiven(inputs, "executionRoleArn"))
    yield failure(
      "executionRoleArn",
      `${path} reads secrets or writes logs, for which the agent needs an execution role`,
    );
}

/** Which revision is named exists and was not given up. */
const revision: Constraint = function* ({ text }, world) {
  const [, family, digits] = /([^/]+):(\d+)$/.exec(text("taskDefinition") ?? "") ?? [];
  const definition = family === undefined ? undefined : world.get(TASK, family);
  const newest = numberAt(plainAll(definition?.outputs ?? {}), "revision");
  if (family === undefined || newest === undefined) return;
  const named = Number(digits);
  const remedy = `the newest is ${newest}: name that one`;
  if (named > newest || named < 1)
    yield failure("taskDefinition", `${family} has no revision ${named} (ClientException), ${remedy}`);
  else if (definition?.retired?.includes(named) === true)
    yield failure("taskDefinition", `revision ${named} of ${family} is INACTIVE (ClientException), ${remedy}`);
};

/** Targets that the service could not reach: of another VPC than its subnets. */
const foreignTargets: Constraint = function* ({ inputs }, world) {
  const vpc = textsAt(objectAt(inputs, "networkConfiguration"), "subnets")
    .map(({ value }) => textOf(world.get(SUBNET, value), "vpcId"))
    .find((id) => id !== undefined);
  for (const { value, at } of objectsAt(inputs, "loadBalancers")) {
    const arn = typeof value.targetGroupArn === "string" ? value.targetGroupArn : "";
    const theirs = textOf(world.get(TARGETS, arn), "vpcId");
    if (vpc !== undefined && theirs !== undefined && theirs !== "" && theirs !== vpc)
      yield failure(
        `${at}.targetGroupArn`,
        `the target group is in ${theirs}, the service's subnets in ${vpc}: name a target group of the same VPC`,
      );
  }
};

const service: Constraint = function* ({ inputs, text }, world) {
  const network = objectAt(inputs, "networkConfiguration");
  const subnets = textsAt(network, "subnets").map(({ value, at }) => ({ value, at: `networkConfiguration.${at}` }));
  const groups = textsAt(network, "securityGroups").map(({ value, at }) => ({
    value,
    at: `networkConfiguration.${at}`,
  }));
  yield* scatteredSubnets(world, subnets);
  yield* foreignGroups(world, subnets, groups);
  const given = text("taskDefinition");
  const definition =
    given === undefined ? undefined : world.get(TASK, given.slice(given.lastIndexOf("/") + 1).replace(/:\d+$/, ""));
  const task = definition?.inputs;
  if (task?.networkMode === "awsvpc" && inputs.networkConfiguration === undefined)
    yield failure(
      "networkConfiguration",
      "the task's network mode is awsvpc, for which the service needs subnets and security groups",
    );
  if (text("launchType") === "FARGATE" && task && !isFargate(task))
    yield failure(
      "launchType",
      "the task definition is not made for Fargate: add FARGATE to its requiresCompatibilities",
    );
  const containersOf =
    task && typeof task.containerDefinitions === "string"
      ? (JSON.parse(task.containerDefinitions) as Value)
      : undefined;
  for (const { value, at } of objectsAt(inputs, "loadBalancers")) {
    const arn = typeof value.targetGroupArn === "string" ? value.targetGroupArn : "";
    const kind = textOf(world.get(TARGETS, arn), "targetType");
    if (task?.networkMode === "awsvpc" && kind !== undefined && kind !== "ip")
      yield failure(
        `${at}.targetGroupArn`,
        `its targets are of type ${kind}, and tasks in network mode awsvpc register by ip: set targetType to ip`,
      );
    if (Array.isArray(containersOf)) yield* known(value, containersOf as readonly Value[], at);
  }
};

/** The load balancer's container is one of the task's and has the port. */
function* known(balancer: Values, containersOf: readonly Value[], at: string): Iterable<Failure> {
  const container = containersOf.filter(isObject).find(({ name }) => name === balancer.containerName);
  if (!container) {
    yield failure(
      `${at}.containerName`,
      `the task has no container ${JSON.stringify(balancer.containerName ?? null)}: name one of its containers`,
    );
  } else if (
    !objectsAt(container, "portMappings").some(({ value }) => value.containerPort === balancer.containerPort)
  ) {
    yield failure(
      `${at}.containerPort`,
      `the container maps no port ${JSON.stringify(balancer.containerPort ?? null)}: add it to its portMappings`,
    );
  }
}

const scaling: Constraint = function* ({ inputs }) {
  const [least, most] = [numberAt(inputs, "minCapacity"), numberAt(inputs, "maxCapacity")];
  if (least !== undefined && most !== undefined && least > most)
    yield failure("minCapacity", `${least} is above maxCapacity ${most}: lower it, or raise that`);
};

export const containerConstraints: Readonly<Record<string, readonly Constraint[]>> = {
  [TASK]: [size, containers],
  "aws:ecs/service:Service": [service, revision, foreignTargets],
  "aws:appautoscaling/target:Target": [scaling],
};
