// IAM: roles and policies.
import type { Cards } from "../card";
import type { NewResource, Constraint } from "../../providers/core/rules";
import { UPPER, globalArn, physicalName } from "../identifiers";
import { failure, textOf } from "../inputs";
import { knownPrincipals } from "../trust";
import { firm, policy, role } from "../references";
import { createRequire } from "node:module";
import { join } from "node:path";

const path = (resource: NewResource): string => resource.text("path") || "/";

const iam = (type: string) => (resource: NewResource) =>
  globalArn(resource, "iam", `${type}${path(resource)}${physicalName(resource)}`);

const unique = (prefix: string) => (resource: NewResource) => `${prefix}${resource.token(17, UPPER, "unique")}`;
const compact = (document: string): number => document.replace(/\s/g, "").length;

const policySize = (property: string, limit: number, what: string): Constraint =>
  function* ({ text }) {
    const size = compact(text(property) ?? "");
    if (size > limit)
      yield failure(
        property,
        `${size} characters, and ${what} may have ${limit} (LimitExceeded): split it, or name less`,
      );
  };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space does not count. */
const QUOTAS = { managedPolicies: 10, managed: 6144, inline: 10_240, trust: 2048 } as const;

const roleName: Constraint = function* ({ text }) {
  const name = text("name");
  if (name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name))
    yield failure("name", `"${name}" is no role name: 1 to 64 letters, digits and any of _+=,.@-`);
};

const ROLE = "aws:iam/role:Role";

const inlineQuota: Constraint = function* ({ type, text }, world) {
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

const attachmentQuota: Constraint = function* ({ type, text }, world) {
  const role = text("role");
  if (role === undefined) return;
  const held = world.users({ type: ROLE, id: role }, type).length;
  if (held >= QUOTAS.managedPolicies)
    yield failure(
      "policyArn",
      `role ${role} has ${held} managed policies, and ${QUOTAS.managedPolicies} is the quota (LimitExceeded): join some`,
    );
};

const REQUIRE = createRequire(join(__dirname, "x.js"));

/** AWS managed policies. The SDK's list may be old, so an unknown name is a mistake only where a known name begins with it. */
const managedPolicyName: Constraint = function* ({ text }) {
  const arn = text("policyArn") ?? "";
  if (!arn.startsWith("arn:aws:iam::aws:policy/")) return;
  const { ManagedPolicy } = REQUIRE("@pulumi/aws/types/enums/iam") as {
    readonly ManagedPolicy: Readonly<Record<string, string>>;
  };
  const known = Object.values(ManagedPolicy);
  const whole = known.includes(arn) ? undefined : known.find((each) => each.startsWith(arn));
  if (whole !== undefined)
    yield failure("policyArn", `AWS has no policy "${arn}" (NoSuchEntity); did you mean "${whole}"?`);
};

export const cards: Cards = {
  "aws:iam/instanceProfile:InstanceProfile": {
    source: "iam/instance_profile.go",
    autoname: { property: "name", limit: 128 },
    computed: { arn: iam("instance-profile"), createDate: (resource) => resource.now, uniqueId: unique("AIPA") },
    defaults: { path: "/" },
    references: { role: firm(role) },
    replaces: "name namePrefix path",
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    source: "iam/openid_connect_provider.go",
    replaces: "url",
  },
  "aws:iam/policy:Policy": {
    source: "iam/policy.go",
    id: iam("policy"),
    autoname: { property: "name", limit: 128 },
    computed: { arn: (resource) => resource.id, attachmentCount: 0, policyId: unique("ANPA") },
    defaults: { path: "/" },
    policies: { policy: "identity" },
    replaces: "description name namePrefix path",
    constraints: [policySize("policy", QUOTAS.managed, "a managed policy")],
  },
  "aws:iam/role:Role": {
    source: "iam/role.go",
    autoname: { property: "name", limit: 64 },
    forcedBy: "forceDetachPolicies",
    computed: {
      arn: iam("role"),
      createDate: (resource) => resource.now,
      uniqueId: unique("AROA"),
      inlinePolicies: [],
      managedPolicyArns: [],
    },
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    policies: { "inlinePolicies[].policy": "identity", assumeRolePolicy: "trust" },
    replaces: "name namePrefix path",
    constraints: [knownPrincipals, roleName, policySize("assumeRolePolicy", QUOTAS.trust, "a trust policy")],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    source: "iam/role_policy.go",
    id: (resource) => `${resource.text("role")}:${physicalName(resource)}`,
    unique: false,
    references: { role: firm(role) },
    policies: { policy: "identity" },
    replaces: "name namePrefix role",
    constraints: [inlineQuota],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    source: "iam/role_policy_attachment.go",
    id: (resource) => `${resource.text("role")}-${resource.now.replace(/\D/g, "")}${resource.hex(12)}`,
    references: { role: firm(role), policyArn: policy },
    replaces: "policyArn role",
    constraints: [attachmentQuota, managedPolicyName],
  },
};
