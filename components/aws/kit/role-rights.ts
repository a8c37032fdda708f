// The policies of a role that has the rights of grants: one inline policy, or managed ones when there are too many.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Statement, type Transform, transformed } from "../../kit";
import { policyDocument } from "./policy-document";
import { inlineOf, merged, type Rights, spreadOf } from "./rights";

/** A role, and the rights that it gets. */
export interface RoleRights {
  /** Name of the inline policy; managed ones are `<name>-1`, `<name>-2`, … */
  readonly name: string;
  readonly role: aws.iam.Role;
  readonly grants: Rights;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly opts: pulumi.CustomResourceOptions;
  readonly transform?:
    | {
        readonly inline?: Transform<aws.iam.RolePolicyArgs> | undefined;
        readonly managed?: Transform<aws.iam.PolicyArgs> | undefined;
        readonly attachment?: Transform<aws.iam.RolePolicyAttachmentArgs> | undefined;
      }
    | undefined;
}

/** The policies of a role. */
export interface RoleRightsNodes {
  /** Undefined when there is no right, or when there are too many for an inline policy. */
  readonly inline: aws.iam.RolePolicy | undefined;
  /** Managed policies and their attachments. */
  readonly managed: readonly (aws.iam.Policy | aws.iam.RolePolicyAttachment)[];
}

/** Creates the policies; call `rightsProblems` first. */
export function createRights(rights: RoleRights): RoleRightsNodes {
  const { name, role, grants, opts, transform } = rights;
  const { inline, isMerged, managed } = spreadOf(grants) ?? { inline: [], isMerged: false, managed: [] };
  const policy = isMerged ? mergedDocument(inline) : policyDocument(inline);
  return {
    inline:
      inline.length === 0
        ? undefined
        : new aws.iam.RolePolicy(
            ...transformed<aws.iam.RolePolicyArgs>(transform?.inline, name, { role: role.name, policy }, opts),
          ),
    managed: managed.flatMap((statements, index) => createManaged(rights, statements, index + 1)),
  };
}

/** One of several policies of a role; which statements are in which may change, so each change is an update in place. */
function createManaged(
  { name, role, tags, opts, transform }: RoleRights,
  statements: readonly Statement[],
  number: number,
): [aws.iam.Policy, aws.iam.RolePolicyAttachment] {
  const own = `${name}-${number}`;
  const policy = new aws.iam.Policy(
    ...transformed<aws.iam.PolicyArgs>(
      transform?.managed,
      own,
      { policy: mergedDocument(statements), ...(tags && { tags }) },
      opts,
    ),
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    ...transformed<aws.iam.RolePolicyAttachmentArgs>(
      transform?.attachment,
      own,
      { role: role.name, policyArn: policy.arn },
      opts,
    ),
  );
  return [policy, attachment];
}

/** The document of one inline policy: statements as they are, or merged when they are too many. Call `inlineProblems` first. */
export function inlineDocument(statements: readonly Statement[]): pulumi.Output<string> {
  const { inline, isMerged } = inlineOf(statements) ?? { inline: statements, isMerged: true };
  return isMerged ? mergedDocument(inline) : policyDocument(inline);
}

/** A document of statements that differ in their resources only, each group as one statement. */
function mergedDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.output(statements).apply((known) => policyDocument(merged(known)));
}
