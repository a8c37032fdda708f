// ECS: clusters, capacity providers and services.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { Constraint, NewResource } from "../../providers/core/rules";
import { type Value, type Values, isObject, plainAll, same } from "../../providers/core/values";
import { deploymentOutcome } from "../deployments";
import { physicalName } from "../identifiers";
import {
  SUBNET,
  TARGETS,
  failure,
  isFilled,
  isUnknown,
  numberAt,
  objectAt,
  objectsAt,
  textOf,
  textsAt,
} from "../inputs";
import { cluster, family, group, loose, nameOrArn, subnet, targets } from "../references";
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

export const isFargate = (inputs: Values): boolean =>
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

/** The named revision exists and is ACTIVE. */
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
};
