import type { Statement } from "./document";
import { holds } from "./document-conditions";
import { coverOf, everyResourceOf } from "./document-grants";
import { hasWildcard } from "./document-patterns";
import { allowRule, type StatementFinding } from "./statement-rule";

/** Actions that let a principal give itself, or a role that it can assume, any permission; a narrow resource hardly limits them. */
const ALWAYS = [
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:AttachGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:PutGroupPolicy",
  "iam:AddUserToGroup",
  "iam:UpdateAssumeRolePolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
  "iam:CreateServiceSpecificCredential",
  "iam:ResetServiceSpecificCredential",
  "iam:DeactivateMFADevice",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutRolePermissionsBoundary",
  "iam:PutUserPermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:UpdateSAMLProvider",
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:UpdateOpenIDConnectProviderThumbprint",
] as const;

/** Each borrows the rights of whatever it touches, so that on every resource it borrows all there are. */
const ON_EVERY_RESOURCE = [
  "sts:AssumeRole",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "lambda:AddPermission",
  "ecs:ExecuteCommand",
  "ecs:RunTask",
  "ssm:SendCommand",
  "ssm:StartSession",
  "ec2-instance-connect:SendSSHPublicKey",
  "ec2:ModifyInstanceAttribute",
  "codebuild:StartBuild",
  "cloudformation:UpdateStack",
  "cloudformation:CreateChangeSet",
  "glue:UpdateDevEndpoint",
  "glue:UpdateJob",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
  "states:UpdateStateMachine",
  "kms:PutKeyPolicy",
  "kms:CreateGrant",
  "secretsmanager:PutResourcePolicy",
  "s3:PutBucketPolicy",
  "organizations:CreateAccount",
] as const;

export const disallowPrivilegeEscalation = allowRule(
  {
    id: "disallow-privilege-escalation",
    title: "Nobody can widen their own rights",
    description:
      "Rights to rewrite policies, to make credentials for others, or to take over any role or workload make every other limit void.",
    severity: "critical",
    controls: ["NIST-800-53 AC-6(10)", "CIS-AWS-3.0 1.16", "PCI-DSS-4.0 7.2.2"],
    remediation:
      "leave the action out, name the roles or workloads it is for, or hold it with iam:PermissionsBoundary or iam:PolicyARN",
  },
  ["identity"],
  (statement) =>
    escalations(statement, [
      ...(isBounded(statement) ? [] : ALWAYS),
      ...(everyResourceOf(statement).length > 0 ? ON_EVERY_RESOURCE : []),
    ]),
);

/** One finding for each pattern that covers some of the actions. */
function escalations(statement: Statement, actions: readonly string[]): readonly StatementFinding[] {
  const covered = new Map<string, { readonly element: string; readonly actions: string[] }>();
  for (const action of actions) {
    const cover = coverOf(statement, action);
    if (!cover) continue;
    const entry = covered.get(cover.pattern) ?? { element: cover.element, actions: [] };
    entry.actions.push(action);
    covered.set(cover.pattern, entry);
  }
  return [...covered].map(([found, entry]) => ({
    element: entry.element,
    found,
    required: `no right to ${entry.actions.slice(0, 3).join(", ")}`,
  }));
}

/** Whether new rights stay inside a boundary, or are those of named policies only. */
function isBounded({ conditions, conditionsKnown }: Statement): boolean {
  return (
    !conditionsKnown ||
    conditions.some((condition) =>
      holds(condition, /^iam:(permissionsboundary|policyarn)$/, (value) => !hasWildcard(value)),
    )
  );
}
