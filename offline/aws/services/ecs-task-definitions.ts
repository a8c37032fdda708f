// ECS: task definitions.
import type { Cards } from "../card";
import type { Candidate, Constraint, NewResource } from "../../providers/core/rules";
import type { Failure } from "../../providers/core/check";
import { isObject, type Value, type Values } from "../../providers/core/values";
import { documentAt, failure, isGiven, numberAt, objectAt, objectsAt } from "../inputs";
import { role } from "../references";
import { isFargate } from "./ecs";

const GiB = 1024;

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => (from + at * by) * GiB);
}

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

/** Container definitions, which AWS takes as text and checks itself. */
const containerDefinitions: Constraint = function* (candidate) {
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

const taskArn = (resource: NewResource): string => resource.arn("ecs", `task-definition/${resource.text("family")}`);

/** A family counts its revisions. */
const nextRevision = ({ superseded }: NewResource): number =>
  typeof superseded?.revision === "number" ? superseded.revision + 1 : 1;

function shownSizes(offered: readonly number[]): string {
  if (offered.length <= 4) return `one of ${offered.join(", ")}`;
  return `${offered[0]} to ${offered.at(-1)} in steps of ${(offered[1] ?? 0) - (offered[0] ?? 0)}`;
}

/** CPU and memory that Fargate offers together. */
const fargateSize: Constraint = function* ({ inputs }) {
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
    yield failure("memory", `Fargate has no ${memory} MiB with ${cpu} CPU units: ${shownSizes(offered)}`);
};

export const cards: Cards = {
  "aws:ecs/taskDefinition:TaskDefinition": {
    source: "ecs/task_definition.go",
    id: (resource) => resource.text("family"),
    autoname: false,
    unique: false,
    // A task definition can't be changed: every change registers a revision.
    computed: {
      arn: (resource) => `${taskArn(resource)}:${nextRevision(resource)}`,
      arnWithoutRevision: taskArn,
      revision: nextRevision,
      networkMode: "bridge",
    },
    defaults: { skipDestroy: false, trackLatest: false, enableFaultInjection: false },
    // internal/service/ecs/task_definition.go: with skip_destroy, neither a replacement nor a deletion deregisters a revision.
    outlives: ({ inputs }) => inputs.skipDestroy === true,
    references: { taskRoleArn: role, executionRoleArn: role },
    roles: { taskRoleArn: "ecs-tasks", executionRoleArn: "ecs-tasks" },
    replaces: `
      containerDefinitions cpu enableFaultInjection ephemeralStorage executionRoleArn family ipcMode memory
      networkMode pidMode placementConstraints proxyConfiguration requiresCompatibilities runtimePlatform
      taskRoleArn volumes
    `,
    constraints: [fargateSize, containerDefinitions],
  },
};
