import { disallowWildcardAction } from "../../../policy/rules/iam/disallow-wildcard-action";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, allow, keyPolicy, policy, queuePolicy, text, trust, trusting } from "./documents";

const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

specify(disallowWildcardAction, {
  compliant: [
    policy(allow(["sqs:SendMessage", "s3:Get*"])),
    policy({ Effect: "Deny", Action: "*", Resource: "*" }),
    keyPolicy(admit(root, "kms:*")),
    queuePolicy({ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*" }),
  ],
  violating: [
    [policy(allow("*")), ['it: policy.Statement[0].Action is "*"']],
    [policy(allow("SQS:*")), ['it: policy.Statement[0].Action is "SQS:*"']],
    [policy(allow(["sqs:SendMessage", "s?s:*"])), ['it: policy.Statement[0].Action is "s?s:*"']],
    [policy(allow("sns:?*")), ['it: policy.Statement[0].Action is "sns:?*"']],
    [policy(allow("*:*")), ['it: policy.Statement[0].Action is "*:*"']],
    [
      resource("aws:iam/rolePolicy:RolePolicy", { policy: { Version: "2012-10-17", Statement: allow("s3:**") } }),
      ['it: policy.Statement.Action is "s3:**"'],
    ],
    [
      resource("aws:iam/role:Role", { inlinePolicies: [{ name: "a", policy: text(allow("dynamodb:*")) }] }),
      ['it: inlinePolicies[0].policy.Statement[0].Action is "dynamodb:*"'],
    ],
    [trusting(trust(root, undefined, "sts:*")), ['it: assumeRolePolicy.Statement[0].Action is "sts:*"']],
    [
      queuePolicy(admit({ AWS: `arn:aws:iam::${ACCOUNT}:role/order` }, "sqs:*")),
      ['it: policy.Statement[0].Action is "sqs:*"'],
    ],
    [
      resource("aws:lambda/permission:Permission", { action: "lambda:*", principal: "s3.amazonaws.com" }),
      ['it: action is "lambda:*"'],
    ],
  ],
  notApplicable: [
    resource("aws:organizations/policy:Policy", { content: text(allow("*", "*")) }),
    resource("aws:ec2/vpcEndpoint:VpcEndpoint", { policy: text(admit("*", "*")) }),
  ],
  missing: [[resource("aws:iam/role:Role", {}), []]],
  unknown: [
    [resource("aws:iam/policy:Policy", { policy: unknown }), []],
    [
      resource("aws:iam/policy:Policy", { policy: { Statement: [allow([unknown, "iam:*"])] } }),
      ['it: policy.Statement[0].Action is "iam:*"'],
    ],
  ],
});
