import { requirePassRoleConditions } from "../../../policy/rules/iam/require-pass-role-conditions";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, allow, policy } from "./documents";

const role = `arn:aws:iam::${ACCOUNT}:role/order`;
const toEcs = { Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } };

specify(requirePassRoleConditions, {
  compliant: [policy(allow("iam:PassRole", role, toEcs)), policy(allow("iam:GetRole", "*"))],
  violating: [
    [policy(allow("iam:PassRole", "*", toEcs)), ['it: policy.Statement[0].Resource is "*"']],
    [policy(allow("iam:passrole", role)), ["it: policy.Statement[0].Condition is not set"]],
    [
      policy(allow("iam:Pass*", `arn:aws:iam::${ACCOUNT}:role/*`, toEcs)),
      [`it: policy.Statement[0].Resource is "arn:aws:iam::${ACCOUNT}:role/*"`],
    ],
    [
      policy(allow("iam:PassRole", role, { Condition: { StringLike: { "iam:PassedToService": "*" } } })),
      ['it: policy.Statement[0].Condition is {"StringLike":{"iam:PassedToService":"*"}}'],
    ],
    [
      policy({ Effect: "Allow", NotAction: "s3:*", NotResource: role, ...toEcs }),
      [`it: policy.Statement[0].NotResource is "${role}"`],
    ],
  ],
  notApplicable: [resource("aws:iam/role:Role", { assumeRolePolicy: "{}" })],
  missing: [[policy({ Effect: "Allow", Resource: "*" }), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", {
        policy: {
          Statement: [
            allow("iam:PassRole", [unknown], { Condition: { StringEquals: { "iam:PassedToService": unknown } } }),
          ],
        },
      }),
      [],
    ],
  ],
});
