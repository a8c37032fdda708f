import { disallowUserPolicies } from "../../../policy/rules/iam/disallow-user-policies";
import { resource, specify, unknown } from "../support";

const attachment = (props: object) => resource("aws:iam/policyAttachment:PolicyAttachment", { ...props });

specify(disallowUserPolicies, {
  compliant: [attachment({ roles: ["order"], groups: ["team"] }), attachment({ users: [] })],
  violating: [
    [resource("aws:iam/userPolicy:UserPolicy", { user: "ci" }), ['it: user is "ci"']],
    [resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", { user: "ci" }), ['it: user is "ci"']],
    [attachment({ users: ["ci"] }), ['it: users is ["ci"]']],
  ],
  notApplicable: [resource("aws:iam/groupPolicy:GroupPolicy", { group: "team" })],
  missing: [[resource("aws:iam/userPolicy:UserPolicy", {}), ["it: user is not set"]]],
  unknown: [
    [attachment({ users: unknown }), []],
    [resource("aws:iam/userPolicy:UserPolicy", { user: unknown }), ["it: user is not known yet"]],
  ],
});
