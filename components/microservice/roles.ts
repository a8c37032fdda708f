// Two roles of the service's own. The task role is what the process may do: its edges, nothing else. The execution role
// is what ECS may do to start it: write these logs, read these secrets, pull this image.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Placement,
  policyDocument,
  servicePrincipal,
  serviceTrust,
  type Statement,
  transformed,
  useKeyThrough,
} from "../base";
import type { SecretLink } from "./args";
import { type Context, tagsOf } from "./context";
import { repositoryArn } from "./image";

/** The roles with their policies. */
export interface Roles {
  readonly taskRole: aws.iam.Role;
  /** Undefined when no edge gives a right. */
  readonly taskRolePolicy: aws.iam.RolePolicy | undefined;
  readonly executionRole: aws.iam.Role;
  readonly executionRolePolicy: aws.iam.RolePolicy;
}

/** Creates both roles. */
export function createRoles(context: Context, image: pulumi.Output<string>, logGroup: aws.cloudwatch.LogGroup): Roles {
  const { args } = context;
  const { placement, transform, secrets = {}, grants = {} } = args;
  const taskRole = createRole(context, "task", taskTrust(placement));
  const statements = Object.values(grants).flatMap((grant) => grant.statements ?? []);
  const taskRolePolicy =
    statements.length === 0
      ? undefined
      : createPolicy(context, "task", taskRole, policyDocument(statements), transform?.taskRolePolicy);
  const executionRole = createRole(context, "execution", serviceTrust("ecs-tasks", placement));
  const executionPolicy = image.apply((reference) =>
    policyDocument(executionStatements(placement, reference, logGroup.arn, Object.values(secrets))),
  );
  const executionRolePolicy = createPolicy(
    context,
    "execution",
    executionRole,
    executionPolicy,
    transform?.executionRolePolicy,
  );
  return { taskRole, taskRolePolicy, executionRole, executionRolePolicy };
}

/** What ECS needs to start a task: its log group, its repository if it is an ECR one, its secrets and their keys. */
export function executionStatements(
  placement: Placement,
  image: string,
  logGroupArn: pulumi.Input<string>,
  secrets: readonly SecretLink[],
): Statement[] {
  const repository = repositoryArn(image, placement);
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
            Resource: repository,
          },
          // A token is of the registry, not of a repository: AWS knows no narrower resource for it.
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

function createPolicy(
  { name, child }: Context,
  role: "task" | "execution",
  owner: aws.iam.Role,
  policy: pulumi.Output<string>,
  transform: Parameters<typeof transformed<aws.iam.RolePolicyArgs>>[0],
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(
    ...transformed<aws.iam.RolePolicyArgs>(transform, `${name}-${role}-policy`, { role: owner.name, policy }, child),
  );
}
