// One service of the system on ECS Fargate. It shares no role, security group, log group or key with another service, so it has
// exactly the rights of its edges. The security group rules of an edge, on both sides, are children of the service that
// opens the connection.
import type * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import {
  type CallPolicy,
  callProblems,
  callVariables,
  type Grant,
  InvalidInput,
  placementProblems,
  throwIfAny,
  type Signal,
} from "../../kit";
import { type EncryptionKey, signalAlarms, placed } from "../kit";
import type { ClusterLink, MicroserviceArgs, MicroserviceOutputs } from "./args";
import { collectorGrant } from "./collector";
import type { Context } from "./context";
import { deployedName } from "./deployment";
import { createLogs } from "./logs";
import { resolveSettings } from "./resolve";
import { createRoles } from "./roles";
import { createRouting } from "./routing";
import { createScaling } from "./scaling";
import { createSecurity, type Security } from "./security";
import { createService, createTaskDefinition } from "./service";
import { serviceSignals } from "./signals";
import { createSource } from "./source";
import { validateMicroservice } from "./validate";

const TYPE = "archipelago:microservice:Microservice";

/** The children of a microservice; those that only some services have may be undefined. */
export interface MicroserviceNodes {
  readonly repository: awsx.ecr.Repository | undefined;
  readonly image: awsx.ecr.Image | undefined;
  readonly logKey: EncryptionKey | undefined;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly taskRole: aws.iam.Role;
  readonly taskRolePolicy: aws.iam.RolePolicy | undefined;
  readonly taskPolicies: readonly (aws.iam.Policy | aws.iam.RolePolicyAttachment)[];
  readonly executionRole: aws.iam.Role;
  readonly executionRolePolicy: aws.iam.RolePolicy;
  readonly securityGroup: aws.ec2.SecurityGroup;
  /** By logical name. */
  readonly rules: Security["rules"];
  readonly targetGroup: aws.lb.TargetGroup | undefined;
  readonly listenerRule: aws.lb.ListenerRule | undefined;
  readonly taskDefinition: aws.ecs.TaskDefinition;
  readonly service: aws.ecs.Service;
  readonly scalableTarget: aws.appautoscaling.Target | undefined;
  /** `cpu`, `memory`, `requests`, `backlog`, `queue-out`, `queue-in`. */
  readonly scalingPolicies: Readonly<Record<string, aws.appautoscaling.Policy>>;
  /** By the schedule's name. */
  readonly scheduledActions: Readonly<Record<string, aws.appautoscaling.ScheduledAction>>;
  /** `unhealthy-hosts`, `server-errors`, `too-few-tasks`, and those that drive scaling: `queue-out`, `queue-in`. */
  readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
}

/**
 * An ECS service on Fargate with roles, security group, encrypted logs, autoscaling and alarms of its own; a target
 * group and a listener rule when it is routed. The smallest one, running all month on demand, costs about 9 USD a task,
 * 1 USD for its log key and 0.10 to 0.20 USD an alarm. Image, sizes, variables and edges make a new task definition and a
 * rolling deployment; `port` replaces the target group; a new name replaces everything.
 *
 * @example
 * new Microservice("order", {
 *   placement, cluster, network,
 *   image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/order:1.4.2",
 *   grants: { endpoints: network.grantEndpoints() },
 *   scaling: { min: 2, max: 10, cpu: 70 },
 * });
 */
export class Microservice extends pulumi.ComponentResource implements MicroserviceOutputs {
  readonly serviceName: pulumi.Output<string>;
  readonly serviceArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly taskRoleArn: pulumi.Output<string>;
  readonly taskRoleName: pulumi.Output<string>;
  readonly executionRoleArn: pulumi.Output<string>;
  readonly taskDefinitionArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly url: pulumi.Output<string> | undefined;
  readonly targetGroupArnSuffix: pulumi.Output<string> | undefined;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: MicroserviceNodes;
  private readonly port: number | undefined;

  constructor(
    private readonly name: string,
    args: MicroserviceArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const whole = withCollector(args);
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateMicroservice(name, whole)]);
    const settings = resolveSettings(whole);
    this.port = settings.port;
    const context: Context<ClusterLink> = { name, args: whole, settings, child: { parent: this } };
    const { signals, ...nodes } = createNodes(context);
    this.nodes = nodes;
    this.signals = signals;
    const { service, securityGroup, taskRole, executionRole, taskDefinition, logGroup, targetGroup } = this.nodes;
    this.serviceName = deployedName(context, service, taskDefinition, logGroup.name);
    this.serviceArn = service.arn;
    this.securityGroupId = securityGroup.id;
    this.taskRoleArn = taskRole.arn;
    this.taskRoleName = taskRole.name;
    this.executionRoleArn = executionRole.arn;
    this.taskDefinitionArn = taskDefinition.arn;
    this.logGroupName = logGroup.name;
    this.url = settings.port === undefined ? undefined : urlOf(name, settings.port, this.serviceName, args);
    this.targetGroupArnSuffix = targetGroup?.arnSuffix;
    this.registerOutputs(this.outputs());
  }

  grantCall(policy: CallPolicy = {}): Grant {
    const subject = `${TYPE} "${this.name}"`;
    throwIfAny(subject, callProblems(policy));
    if (this.url === undefined || this.port === undefined) {
      throw new InvalidInput(subject, [
        { path: "port", value: "none", allowed: "a port", remedy: "give the service a port, or remove the call" },
      ]);
    }
    return {
      environment: callVariables(this.name, this.url, policy),
      reaches: [{ to: this.name, port: this.port, securityGroupId: this.securityGroupId }],
    };
  }

  private outputs(): Omit<MicroserviceOutputs, "grantCall" | "signals"> {
    const { serviceName, serviceArn, securityGroupId, taskRoleArn, taskRoleName, executionRoleArn } = this;
    const { taskDefinitionArn, logGroupName, url, targetGroupArnSuffix } = this;
    return {
      serviceName,
      serviceArn,
      securityGroupId,
      taskRoleArn,
      taskRoleName,
      executionRoleArn,
      taskDefinitionArn,
      logGroupName,
      url,
      targetGroupArnSuffix,
    };
  }
}

/** The arguments, with what the collector needs as one grant more. */
function withCollector(args: MicroserviceArgs): MicroserviceArgs {
  const { collector, grants } = args;
  return collector ? { ...args, grants: { ...grants, collector: collectorGrant(collector) } } : args;
}

function createNodes(context: Context<ClusterLink>): MicroserviceNodes & Pick<MicroserviceOutputs, "signals"> {
  const { image, repository, build } = createSource(context);
  const { logGroup, logKey } = createLogs(context);
  const roles = createRoles(context, image, logGroup);
  const { securityGroup, rules } = createSecurity(context);
  const routing = createRouting(context);
  const taskDefinition = createTaskDefinition(context, image, roles, logGroup);
  const needs = [
    roles.executionRolePolicy,
    ...(roles.taskRolePolicy ? [roles.taskRolePolicy] : []),
    ...roles.taskPolicies,
    ...Object.values(rules),
    ...Object.values(context.args.grants ?? {}).flatMap(({ startsAfter = [] }) => startsAfter),
    // ECS refuses a target group that no load balancer has.
    ...(routing ? [routing.listenerRule] : []),
  ];
  const service = createService(context, { taskDefinition, securityGroup, routing, logGroup, needs });
  const signals = serviceSignals(context, service, routing);
  const alarms = createAlarms(context, signals);
  const scaling = createScaling(context, service, routing);
  return {
    repository,
    image: build,
    logKey,
    logGroup,
    ...roles,
    securityGroup,
    rules,
    targetGroup: routing?.targetGroup,
    listenerRule: routing?.listenerRule,
    taskDefinition,
    service,
    scalableTarget: scaling.target,
    scalingPolicies: scaling.policies,
    scheduledActions: scaling.scheduledActions,
    alarms: { ...alarms, ...scaling.alarms },
    signals,
  };
}

function createAlarms({ name, args, child }: Context, signals: readonly Signal[]) {
  const { tags, transform, alarmTopicArn } = args;
  return signalAlarms(
    { ...child, tags, transform: transform?.alarm, topicArn: alarmTopicArn, nameOf: ({ role }) => `${name}-${role}` },
    signals,
  );
}

/** Through the service's name, so that a caller's task definition waits until the service it calls runs. */
function urlOf(
  name: string,
  port: number,
  serviceName: pulumi.Output<string>,
  { cluster }: MicroserviceArgs,
): pulumi.Output<string> {
  return pulumi.all([cluster.namespaceName, serviceName]).apply(([namespace]) => `http://${name}.${namespace}:${port}`);
}
