// A task that is started by hand or by a schedule and runs to its end, such as a migration. It has roles of its own, because a service
// would otherwise keep the rights that only the migration needs.
import type * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, throwIfAny } from "../../kit";
import { placed } from "../kit";
import type { EncryptionKey } from "../kit";
import type { OneOffTaskArgs, OneOffTaskOutputs } from "./args-one-off-task";
import { createLogs } from "./logs";
import { resolveSettings } from "./resolve";
import { createRoles, type Roles } from "./roles";
import { createSecurity, type Security } from "./security";
import { createTaskDefinition } from "./service";
import { createSource } from "./source";
import { validateMicroservice } from "./validate";

const TYPE = "archipelago:microservice:OneOffTask";

/** The children of a one-off task. */
export interface OneOffTaskNodes extends Roles, Security {
  readonly repository: awsx.ecr.Repository | undefined;
  readonly image: awsx.ecr.Image | undefined;
  readonly logKey: EncryptionKey | undefined;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly taskDefinition: aws.ecs.TaskDefinition;
}

/**
 * An ECS task definition for Fargate with roles, security group and encrypted logs of its own, and the command that runs it. It
 * costs nothing until it runs, except 1 USD a month for a log key of its own. Any change makes a new revision of the definition.
 *
 * @example
 * new OneOffTask("order-migration", {
 *   placement, cluster, network,
 *   image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/order:1.4.2",
 *   command: ["node", "migrate.js"],
 *   grants: { endpoints: network.grantEndpoints(), database: database.grantMigrate() },
 * });
 */
export class OneOffTask extends pulumi.ComponentResource implements OneOffTaskOutputs {
  readonly taskDefinitionArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly taskRoleArn: pulumi.Output<string>;
  readonly executionRoleArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly runCommand: pulumi.Output<string>;
  /** The children. */
  readonly nodes: OneOffTaskNodes;

  constructor(name: string, args: OneOffTaskArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const { command, ...task } = args;
    // The settings of a worker; no ECS service keeps tasks of it running.
    const whole = { ...task, port: "none", scaling: { min: 1, max: 1 } } as const;
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateMicroservice(name, whole)]);
    const context = { name, args: whole, settings: resolveSettings(whole), child: { parent: this } };
    const { image, repository, build } = createSource(context);
    const { logGroup, logKey } = createLogs(context);
    const roles = createRoles(context, image, logGroup);
    const security = createSecurity(context);
    const taskDefinition = createTaskDefinition(context, image, roles, logGroup, command);
    this.nodes = { repository, image: build, logKey, logGroup, ...roles, ...security, taskDefinition };
    this.taskDefinitionArn = taskDefinition.arn;
    this.securityGroupId = security.securityGroup.id;
    this.taskRoleArn = roles.taskRole.arn;
    this.executionRoleArn = roles.executionRole.arn;
    this.logGroupName = logGroup.name;
    this.runCommand = pulumi
      .all([args.cluster.clusterName, taskDefinition.arn, args.network.privateSubnetIds, this.securityGroupId])
      .apply(([cluster, definition, subnets, group]) =>
        runCommand(args.placement.region, { cluster, definition, subnets, group }),
      );
    const { taskDefinitionArn, securityGroupId, taskRoleArn, executionRoleArn, logGroupName } = this;
    this.registerOutputs({
      taskDefinitionArn,
      securityGroupId,
      taskRoleArn,
      executionRoleArn,
      logGroupName,
      runCommand: this.runCommand,
    });
  }
}

/** The command that starts a task; ECS takes the network from it and not from the definition. Pure. */
function runCommand(
  region: string,
  run: {
    readonly cluster: string;
    readonly definition: string;
    readonly subnets: readonly string[];
    readonly group: string;
  },
): string {
  const network = `subnets=[${run.subnets.join(",")}],securityGroups=[${run.group}],assignPublicIp=DISABLED`;
  return [
    `aws ecs run-task --region ${region} --cluster ${run.cluster} --task-definition ${run.definition}`,
    "--launch-type FARGATE --count 1 --propagate-tags TASK_DEFINITION",
    `--network-configuration 'awsvpcConfiguration={${network}}'`,
  ].join(" ");
}
