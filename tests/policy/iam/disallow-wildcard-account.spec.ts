import { disallowWildcardAccount } from "../../../policy/rules/iam/disallow-wildcard-account";
import { resource, specify, unknown } from "../support";
import { allow, policy, queuePolicy, admit } from "./documents";

const anywhere = "arn:aws:sqs:eu-central-1:*:orders";

specify(disallowWildcardAccount, {
  compliant: [
    policy(allow("sqs:SendMessage"), allow("s3:GetObject", "arn:aws:s3:::images/*")),
    policy(
      allow("sqs:SendMessage", anywhere, {
        Condition: { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } },
      }),
    ),
    policy({ Effect: "Deny", Action: "sqs:SendMessage", Resource: anywhere }),
  ],
  violating: [
    [policy(allow("sqs:SendMessage", [anywhere])), [`it: policy.Statement[0].Resource is "${anywhere}"`]],
    [
      policy(allow("sts:AssumeRole", "arn:aws:iam::*:role/deploy")),
      ['it: policy.Statement[0].Resource is "arn:aws:iam::*:role/deploy"'],
    ],
  ],
  notApplicable: [queuePolicy(admit({ AWS: "1" }, "sqs:SendMessage", { Resource: anywhere }))],
  missing: [[policy({ Effect: "Allow", Action: "sqs:SendMessage" }), []]],
  unknown: [[resource("aws:iam/policy:Policy", { policy: { Statement: [allow("sqs:SendMessage", unknown)] } }), []]],
});
