// The task definition and the ECS service that keeps its tasks running.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COLLECTOR_MEMORY, PROXY_MEMORY, transformed } from "../../kit";
import type { ClusterLink } from "./args";
import { collectorDefinition, collectorName } from "./collector";
import { containerDefinition, logConfiguration } from "./container";
import { type Context, tagsOf } from "./context";
import { longestDeployment } from "./deployment";
import { resolveEnvironment, resolveSecrets } from "./environment";
import type { Roles } from "./roles";
import type { Routing } from "./routing";

/** Creates the task definition. */
export function createTaskDefinition(
  context: Context,
  image: pulumi.Output<string>,
  roles: Roles,
  logGroup: aws.cloudwatch.LogGroup,
  command?: readonly string[],
): aws.ecs.TaskDefinition {
  const { name, args, settings, child } = context;
  const container = containerDefinition({
    name,
    image,
    command,
    settings,
    variables: resolveEnvironment(name, settings.port, args).variables,
    secrets: resolveSecrets(args),
    healthCheck: args.containerHealthCheck,
    // A task by itself has no proxy.
    memory:
      command === undefined ? settings.memory - PROXY_MEMORY - (args.collector ? COLLECTOR_MEMORY : 0) : undefined,
    startsAfter: args.collector ? collectorName(name) : undefined,
    logGroupName: logGroup.name,
    region: args.placement.region,
  });
  const place = { name, region: args.placement.region, logGroupName: logGroup.name };
  const collector = args.collector ? [collectorDefinition(args.collector, place)] : [];
  return new aws.ecs.TaskDefinition(
    ...transformed<aws.ecs.TaskDefinitionArgs>(
      args.transform?.taskDefinition,
      `${name}-task`,
      {
        // Families have no auto-naming; the cluster's name keeps those of two environments in one account apart.
        family: pulumi.interpolate`${args.cluster.clusterName}-${name}`,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: String(settings.cpu),
        memory: String(settings.memory),
        runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: settings.architecture },
        taskRoleArn: roles.taskRole.arn,
        executionRoleArn: roles.executionRole.arn,
        containerDefinitions: pulumi.jsonStringify([container, ...collector]),
        // The earlier revision stays ACTIVE, so that ECS or a person can roll back to it.
        skipDestroy: true,
        ...(settings.ephemeralStorage !== undefined && {
          ephemeralStorage: { sizeInGib: settings.ephemeralStorage },
        }),
        ...tagsOf(context),
      },
      child,
    ),
  );
}

/** What the service is made of. */
export interface ServiceInput {
  readonly taskDefinition: aws.ecs.TaskDefinition;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly routing: Routing | undefined;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Resources that must exist before tasks start and that no argument refers to: policies, rules, the listener rule of the target group. */
  readonly needs: readonly pulumi.Resource[];
}

/** Creates the service. */
export function createService(context: Context<ClusterLink>, input: ServiceInput): aws.ecs.Service {
  const { name, args, settings, child } = context;
  const { taskDefinition, securityGroup, routing, needs } = input;
  const { port, scaling } = settings;
  const longest = `${longestDeployment(settings)}m`;
  return new aws.ecs.Service(
    ...transformed<aws.ecs.ServiceArgs>(
      args.transform?.service,
      name,
      {
        cluster: args.cluster.clusterArn,
        taskDefinition: taskDefinition.arn,
        desiredCount: scaling.min,
        capacityProviderStrategies: args.cluster.capacityProviderStrategy,
        // Without it, a changed split between Fargate and Spot would replace the service.
        forceNewDeployment: true,
        networkConfiguration: {
          subnets: args.network.privateSubnetIds,
          securityGroups: [securityGroup.id],
          assignPublicIp: false,
        },
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        waitForSteadyState: settings.waitForSteadyState,
        availabilityZoneRebalancing: "ENABLED",
        enableExecuteCommand: false,
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        serviceConnectConfiguration: serviceConnect(context, input.logGroup),
        ...(routing &&
          port !== undefined && {
            loadBalancers: [{ targetGroupArn: routing.targetGroup.arn, containerName: name, containerPort: port }],
            healthCheckGracePeriodSeconds: settings.startTime,
          }),
        ...tagsOf(context),
      },
      {
        ...child,
        dependsOn: [...needs],
        customTimeouts: { create: longest, update: longest, delete: longest },
        // Autoscaling owns the number of tasks; a deployment must not undo what it did.
        ...(scaling.automatic && { ignoreChanges: ["desiredCount"] }),
      },
    ),
  );
}

/** A client always; a server under its own name when it has a port. */
function serviceConnect(
  { name, args, settings }: Context<ClusterLink>,
  logGroup: aws.cloudwatch.LogGroup,
): aws.types.input.ecs.ServiceServiceConnectConfiguration {
  const { port, requestTimeout } = settings;
  const dnsName = pulumi.interpolate`${name}.${args.cluster.namespaceName}`;
  return {
    enabled: true,
    namespace: args.cluster.namespaceArn,
    logConfiguration: logConfiguration(logGroup.name, args.placement.region, "service-connect"),
    ...(port !== undefined && {
      services: [
        {
          portName: name,
          discoveryName: name,
          clientAlias: [{ dnsName, port }],
          ...(requestTimeout !== undefined && { timeout: { perRequestTimeoutSeconds: requestTimeout } }),
        },
      ],
    }),
  };
}
