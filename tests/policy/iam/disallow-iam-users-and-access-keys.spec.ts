import { disallowIamUsersAndAccessKeys } from "../../../policy/rules/iam/disallow-iam-users-and-access-keys";
import { resource, specify, unknown } from "../support";

specify(disallowIamUsersAndAccessKeys, {
  compliant: [resource("aws:iam/role:Role", { name: "order" })],
  violating: [
    [resource("aws:iam/user:User", { name: "ci" }), ['it: name is "ci"']],
    [resource("aws:iam/accessKey:AccessKey", { user: "ci" }), ['it: user is "ci"']],
    [resource("aws:iam/userLoginProfile:UserLoginProfile", { user: "ann" }), ['it: user is "ann"']],
  ],
  notApplicable: [resource("aws:elasticache/user:User", { userName: "order" })],
  missing: [[resource("aws:iam/user:User", {}), ["it: name is not set"]]],
  unknown: [[resource("aws:iam/accessKey:AccessKey", { user: unknown }), ["it: user is not known yet"]]],
});
