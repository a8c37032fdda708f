import type { ResourceRule } from "../rule";
import { at, isMissing, UNKNOWN } from "../value";

/** Each type with the property that names users, or what a user gets. */
const GIVEN_TO_USERS: Readonly<Record<string, string>> = {
  "aws:iam/userPolicy:UserPolicy": "user",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "user",
  "aws:iam/policyAttachment:PolicyAttachment": "users",
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": "policyNames",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
};

export const disallowUserPolicies: ResourceRule = {
  id: "disallow-user-policies",
  title: "Rights go to roles and groups, never to one user",
  description:
    "A right that hangs on a user is missed when somebody looks through the roles, and stays when the user's task changes.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 1.15", "NIST-800-53 AC-2", "PCI-DSS-4.0 7.2.4"],
  remediation: "attach the policy to a role, or to a group that the user is in",
  appliesTo: Object.keys(GIVEN_TO_USERS),
  check(resource, report) {
    const path = GIVEN_TO_USERS[resource.type] ?? "user";
    const found = at(resource.props, path);
    const optional = path !== "user";
    if (optional && (isMissing(found) || found === UNKNOWN)) return;
    report({ path, found, required: "a role or a group" });
  },
};
