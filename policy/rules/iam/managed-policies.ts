// Where managed policies are attached, and which of AWS's own reach too far.
import type { Resource } from "../rule";
import { each } from "../value";

const PLACES: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": "managedPolicyArns[*]",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns[*]",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns[*]",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns[*]",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
  "aws:rolesanywhere/profile:Profile": "managedPolicyArns[*]",
};

/** Everything that a managed policy can be attached by. */
export const ATTACHMENT_TYPES: readonly string[] = Object.keys(PLACES);

/** The AWS managed policies that a resource attaches: where, the ARN, and the name without its path. */
export function awsManagedPolicies(resource: Resource): readonly { path: string; arn: string; name: string }[] {
  return each(resource.props, PLACES[resource.type] ?? "").flatMap(({ path, value }) => {
    if (typeof value !== "string") return [];
    const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(value)?.[1];
    return name === undefined ? [] : [{ path, arn: value, name }];
  });
}
