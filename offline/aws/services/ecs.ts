// ECS: clusters, task definitions and services.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { NewResource, Candidate, Constraint } from "../../providers/core/rules";
import { type Value, type Values, isObject, plainAll, same } from "../../providers/core/values";
import { deploymentOutcome } from "../deployments";
import { physicalName } from "../identifiers";
import {
  SUBNET,
  TARGETS,
  documentAt,
  failure,
  isFilled,
  isGiven,
  isUnknown,
  numberAt,
  objectAt,
  objectsAt,
  textOf,
  textsAt,
} from "../inputs";
import { cluster, family, group, loose, nameOrArn, role, subnet, targets } from "../references";
import { logs, provider, terraform } from "../times";
import { foreignGroups, scatteredSubnets } from "../vpcs";

/** internal/service/ecs/capacity_provider.go */
const capacityProviderKind: Constraint = function* ({ inputs }) {
  const [groups, managed] = [isFilled(inputs.autoScalingGroupProvider), isFilled(inputs.managedInstancesProvider)];
  if (groups === managed) return;
  if (managed && !isFilled(inputs.cluster)) yield failure("cluster", "managed instances belong to a cluster: name it");
  else if (groups && isFilled(inputs.cluster))
    yield failure("cluster", "an Auto Scaling group's provider serves any cluster: leave cluster out");
};

/** A cluster may be named by its ARN or its name. */
function clusterName(resource: NewResource): string {
  const cluster = resource.text("cluster");
  return cluster === "" ? "default" : cluster.slice(cluster.lastIndexOf("/") + 1);
}

/** internal/service/ecs/service.go */
const strategyChange: Constraint = function* ({ inputs, olds }) {
  const [before, now] = [olds?.capacityProviderStrategies, inputs.capacityProviderStrategies];
  if (olds === undefined || isUnknown(inputs, "capacityProviderStrategies", "forceNewDeployment")) return;
  if (!same(before ?? [], now ?? []) && inputs.forceNewDeployment !== true)
    yield failure("capacityProviderStrategies", "changes only with a new deployment: set forceNewDeployment to true");
};

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

const isFargate = (inputs: Values): boolean =>
  textsAt(inputs, "requiresCompatibilities").some(({ value }) => value === "FARGATE");

/** The load balancer's container is one of the task's and has the port. */
function* registeredContainer(balancer: Values, containersOf: readonly Value[], at: string): Iterable<Failure> {
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

const serviceNetwork: Constraint = function* ({ inputs, text }, world) {
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
    if (Array.isArray(containersOf)) yield* registeredContainer(value, containersOf as readonly Value[], at);
  }
};

/** Which revision is named exists and was not given up. */
const activeRevision: Constraint = function* ({ text }, world) {
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
const targetsOfAnotherVpc: Constraint = function* ({ inputs }, world) {
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

const taskArn = (resource: NewResource): string => resource.arn("ecs", `task-definition/${resource.text("family")}`);

/** A family counts its revisions. */
const nextRevision = ({ superseded }: NewResource): number =>
  typeof superseded?.revision === "number" ? superseded.revision + 1 : 1;

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

export const cards: Cards = {
  "aws:ecs/capacityProvider:CapacityProvider": {
    source: "ecs/capacity_provider.go",
    uniqueWithin: ["cluster"],
    replaces: `
      autoScalingGroupProvider# autoScalingGroupProvider.autoScalingGroupArn cluster managedInstancesProvider#
      managedInstancesProvider.instanceLaunchTemplate.capacityOptionType name
    `,
    constraints: [capacityProviderKind],
  },
  "aws:ecs/cluster:Cluster": {
    source: "ecs/cluster.go",
    id: (resource) => resource.arn("ecs", `cluster/${physicalName(resource)}`),
    autoname: { property: "name", limit: 255 },
    computed: { arn: (resource) => resource.id, settings: [{ name: "containerInsights", value: "disabled" }] },
    replaces: "name",
    undeletable: (existing, world) => {
      const held = world.users(existing, "aws:ecs/service:Service");
      return held.length === 0
        ? undefined
        : `it runs ${held.length} services (ClusterContainsServicesException): delete those first`;
    },
    creation: { runs: "11s 12s", source: logs("aws_ecs_cluster") },
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    source: "ecs/cluster_capacity_providers.go",
    id: (resource) => resource.text("clusterName"),
    references: { clusterName: loose(cluster) },
    replaces: "clusterName",
  },
  "aws:ecs/service:Service": {
    source: "ecs/service.go",
    id: (resource) => resource.arn("ecs", `service/${clusterName(resource)}/${physicalName(resource)}`),
    autoname: { property: "name", limit: 255 },
    uniqueWithin: ["cluster"],
    computed: {
      arn: (resource) => resource.id,
      iamRole: "",
      launchType: (resource) => (resource.inputs.capacityProviderStrategies === undefined ? "EC2" : ""),
      cluster: (resource) => resource.arn("ecs", `cluster/${clusterName(resource)}`),
      platformVersion: (resource) => (resource.text("launchType") === "EC2" ? "" : "LATEST"),
      availabilityZoneRebalancing: "ENABLED",
      triggers: {},
    },
    defaults: {
      deploymentMaximumPercent: 200,
      deploymentMinimumHealthyPercent: 100,
      enableEcsManagedTags: false,
      enableExecuteCommand: false,
      forceDelete: false,
      forceNewDeployment: false,
      schedulingStrategy: "REPLICA",
      waitForSteadyState: false,
    },
    outcome: deploymentOutcome,
    references: {
      cluster,
      taskDefinition: family,
      "networkConfiguration.subnets[]": subnet,
      "networkConfiguration.securityGroups[]": group,
      "loadBalancers[].targetGroupArn": loose(targets),
      "serviceRegistries.registryArn": { type: "aws:servicediscovery/service:Service", id: nameOrArn, keeps: true },
    },
    roles: { iamRole: "ecs" },
    replaces: "cluster iamRole launchType name schedulingStrategy",
    constraints: [strategyChange, serviceNetwork, activeRevision, targetsOfAnotherVpc],
    creationWhen: [
      {
        // Its tasks are waited for.

        when: ({ waitForSteadyState }) => waitForSteadyState === true,
        figure: { assumed: "2m0s" },
      },
    ],
    deletion: {
      runs: "2m40s 5m30s",
      source: `${provider}/issues/3414, ${terraform}/pull/9521; it drains as long as its target groups say`,
    },
  },
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
