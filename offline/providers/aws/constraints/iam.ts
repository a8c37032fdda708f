// Policies, wherever they stand, and the quotas of IAM.
import type { Constraint } from "../../core/rules";
import { isObject, type Value, type Values } from "../../core/values";
import { listed } from "./policy-language";
import { failure, textOf } from "./support";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space does not count. */
const QUOTAS = { managedPolicies: 10, managed: 6144, inline: 10_240, trust: 2048 } as const;
const ROLE = "aws:iam/role:Role";
const compact = (document: string): number => document.replace(/\s/g, "").length;

const sized = (property: string, limit: number, what: string): Constraint =>
  function* ({ text }) {
    const size = compact(text(property) ?? "");
    if (size > limit)
      yield failure(
        property,
        `${size} characters, and ${what} may have ${limit} (LimitExceeded): split it, or name less`,
      );
  };

const roleName: Constraint = function* ({ text }) {
  const name = text("name");
  if (name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name))
    yield failure("name", `"${name}" is no role name: 1 to 64 letters, digits and any of _+=,.@-`);
};

const attachments: Constraint = function* ({ type, text }, world) {
  const role = text("role");
  if (role === undefined) return;
  const held = world.users({ type: ROLE, id: role }, type).length;
  if (held >= QUOTAS.managedPolicies)
    yield failure(
      "policyArn",
      `role ${role} has ${held} managed policies, and ${QUOTAS.managedPolicies} is the quota (LimitExceeded): join some`,
    );
};

const inlineTotal: Constraint = function* ({ type, text }, world) {
  const [role, policy] = [text("role"), text("policy")];
  if (role === undefined || policy === undefined) return;
  const others = world.users({ type: ROLE, id: role }, type).map((other) => compact(textOf(other, "policy") ?? ""));
  const total = others.reduce((sum, size) => sum + size, compact(policy));
  if (total > QUOTAS.inline)
    yield failure(
      "policy",
      `the inline policies of role ${role} have ${total} characters together, and ${QUOTAS.inline} is the quota (LimitExceeded): move some into a managed policy`,
    );
};

export const identity: Readonly<Record<string, readonly Constraint[]>> = {
  [ROLE]: [roleName, sized("assumeRolePolicy", QUOTAS.trust, "a trust policy")],
  "aws:iam/rolePolicy:RolePolicy": [inlineTotal],
  "aws:iam/policy:Policy": [sized("policy", QUOTAS.managed, "a managed policy")],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [attachments],
};

/** Statements of a document that allow or deny something on other resources than one. */
export function elsewhere(document: Value, own: (resource: string) => boolean): readonly string[] {
  const statements: readonly Value[] = isObject(document) ? listed(document.Statement) : [];
  return statements
    .flatMap((statement) => listed((statement as Values).Resource))
    .filter((resource): resource is string => typeof resource === "string" && !own(resource));
}
