import { disallowNotAction } from "../../../policy/rules/iam/disallow-not-action";
import { resource, specify, unknown } from "../support";
import { allow, policy, queuePolicy, trusting } from "./documents";

specify(disallowNotAction, {
  compliant: [policy(allow("sqs:SendMessage"), { Effect: "Deny", NotAction: "sqs:SendMessage", Resource: "*" })],
  violating: [
    [policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), ['it: policy.Statement[0].NotAction is "iam:*"']],
    [
      trusting({ Effect: "Allow", Principal: { AWS: "1" }, NotAction: ["sts:TagSession"] }),
      ['it: assumeRolePolicy.Statement[0].NotAction is ["sts:TagSession"]'],
    ],
    [
      queuePolicy({ Effect: "Allow", Principal: "*", NotAction: "sqs:DeleteQueue", Resource: "*" }),
      ['it: policy.Statement[0].NotAction is "sqs:DeleteQueue"'],
    ],
  ],
  notApplicable: [
    resource("aws:organizations/policy:Policy", { content: '{"Statement":[{"Effect":"Allow","NotAction":"*"}]}' }),
  ],
  missing: [[policy({ Effect: "Allow", Resource: "*" }), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", {
        policy: { Statement: [{ Effect: "Allow", NotAction: [unknown], Resource: "*" }] },
      }),
      ['it: policy.Statement[0].NotAction is ["(not known yet)"]'],
    ],
  ],
});
