// Two roles of the service's own. The task role is what the process may do: its edges, nothing else. The execution role
// is what ECS may do to start it: write these logs, read these secrets, pull this image.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Placement, servicePrincipal, type Statement, transformed, type SecretLink } from "../../kit";
import { policyDocument, serviceTrust, useKeyThrough } from "../kit";
import { type Context, tagsOf } from "./context";
import { repositoryArn } from "./image";
import { resolveSecrets } from "./environment";
import { merged, spreadOf } from "./rights";

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
  const { inline, isMerged, managed } = spreadOf(grants) ?? { inline: [], isMerged: false, managed: [] };
  const taskRolePolicy =
    inline.length === 0
      ? undefined
      : createPolicy(
          context,
          "task",
          taskRole,
          isMerged ? mergedDocument(inline) : policyDocument(inline),
          transform?.taskRolePolicy,
        );
  const taskPolicies = managed.flatMap((statements, index) => createManaged(context, taskRole, statements, index + 1));
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
  const executionRolePolicy = createPolicy(
    context,
    "execution",
    executionRole,
    executionPolicy,
    transform?.executionRolePolicy,
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

/** One of several policies of a role; which statements are in which may change, so each change is an update in place. */
function createManaged(
  context: Context,
  owner: aws.iam.Role,
  statements: readonly Statement[],
  number: number,
): [aws.iam.Policy, aws.iam.RolePolicyAttachment] {
  const { name, args, child } = context;
  const { taskPolicy, taskPolicyAttachment } = args.transform ?? {};
  const own = `${name}-task-policy-${number}`;
  const policy = new aws.iam.Policy(
    ...transformed<aws.iam.PolicyArgs>(
      taskPolicy,
      own,
      { policy: mergedDocument(statements), ...tagsOf(context) },
      child,
    ),
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    ...transformed<aws.iam.RolePolicyAttachmentArgs>(
      taskPolicyAttachment,
      own,
      { role: owner.name, policyArn: policy.arn },
      child,
    ),
  );
  return [policy, attachment];
}

function mergedDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.output(statements).apply((known) => policyDocument(merged(known)));
}
