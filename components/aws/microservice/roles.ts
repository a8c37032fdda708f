// Two roles of the service's own. The task role is what the process may do: its edges, nothing else. The execution role
// is what ECS may do to start it: write these logs, read these secrets, pull this image.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Placement, servicePrincipal, type Statement, transformed, type SecretLink } from "../../kit";
import { createRights, policyDocument, serviceTrust, useKeyThrough } from "../kit";
import { type Context, tagsOf } from "./context";
import { repositoryArn } from "./image";
import { resolveSecrets } from "./environment";

/** The roles with their policies. */
export interface Roles {
  readonly taskRole: aws.iam.Role;
  /** Undefined when no edge gives a right, or when there are too many rights for an inline policy. */
  readonly taskRolePolicy: aws.iam.RolePolicy | undefined;
  /** The rights of a service with more than an inline policy holds, and their attachments. */
  readonly taskPolicies: readonly (aws.iam.Policy | aws.iam.RolePolicyAttachment)[];
  readonly executionRole: aws.iam.Role;
  readonly executionRolePolicy: aws.iam.RolePolicy;
}

/** Creates both roles. */
export function createRoles(context: Context, image: pulumi.Output<string>, logGroup: aws.cloudwatch.LogGroup): Roles {
  const { args } = context;
  const { placement, transform, grants = {} } = args;
  const taskRole = createRole(context, "task", taskTrust(placement));
  const { inline: taskRolePolicy, managed: taskPolicies } = createRights({
    name: `${context.name}-task-policy`,
    role: taskRole,
    grants,
    ...tagsOf(context),
    opts: context.child,
    transform: {
      inline: transform?.taskRolePolicy,
      managed: transform?.taskPolicy,
      attachment: transform?.taskPolicyAttachment,
    },
  });
  const executionRole = createRole(context, "execution", serviceTrust("ecs-tasks", placement));
  const { collector } = args;
  const secrets = [
    ...Object.values(resolveSecrets(args)),
    ...(collector?.authorization ? [collector.authorization] : []),
  ];
  const executionPolicy = image.apply((reference) =>
    policyDocument(
      executionStatements(placement, [reference, ...(collector ? [collector.image] : [])], logGroup.arn, secrets),
    ),
  );
  const executionRolePolicy = new aws.iam.RolePolicy(
    ...transformed<aws.iam.RolePolicyArgs>(
      transform?.executionRolePolicy,
      `${context.name}-execution-policy`,
      { role: executionRole.name, policy: executionPolicy },
      context.child,
    ),
  );
  return { taskRole, taskRolePolicy, taskPolicies, executionRole, executionRolePolicy };
}

/** What ECS needs to start a task: its log group, those of its repositories that are ECR ones, its secrets and their keys. */
export function executionStatements(
  placement: Placement,
  images: readonly string[],
  logGroupArn: pulumi.Input<string>,
  secrets: readonly SecretLink[],
): Statement[] {
  const repositories = [...new Set(images.flatMap((image) => repositoryArn(image, placement) ?? []))];
  const [repository] = repositories;
  const keys = secrets.flatMap(({ kmsKeyArn }) => (kmsKeyArn === undefined ? [] : [kmsKeyArn]));
  return [
    {
      Sid: "WriteLogs",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${logGroupArn}:*`,
    },
    ...(repository === undefined
      ? []
      : [
          {
            Sid: "PullImage",
            Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resource: repositories.length > 1 ? repositories : repository,
          },
          // A token is valid for the whole registry: the action supports no resource-level permissions.
          { Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
        ]),
    ...(secrets.length === 0
      ? []
      : [
          {
            Sid: "ReadSecrets",
            Action: "secretsmanager:GetSecretValue",
            Resource: [...new Set(secrets.map(({ arn }) => arn))],
          },
        ]),
    ...(keys.length === 0
      ? []
      : [
          {
            Sid: "DecryptSecrets",
            ...useKeyThrough("secretsmanager", placement, [...new Set(keys)], "kms:Decrypt"),
          },
        ]),
  ];
}

/** Tasks of this account and region only, so that ECS can't be talked into lending the role elsewhere. */
function taskTrust(placement: Placement): pulumi.Output<string> {
  const { partition, region, accountId } = placement;
  return policyDocument([
    {
      Action: "sts:AssumeRole",
      Principal: { Service: servicePrincipal("ecs-tasks", placement) },
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${accountId}:*` },
      },
    },
  ]);
}

function createRole(context: Context, role: "task" | "execution", trust: pulumi.Output<string>): aws.iam.Role {
  const { name, args, child } = context;
  return new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(
      args.transform?.[`${role}Role`],
      `${name}-${role}`,
      { assumeRolePolicy: trust, ...tagsOf(context) },
      child,
    ),
  );
}
