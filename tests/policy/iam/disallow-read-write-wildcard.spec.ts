import { disallowReadWriteWildcard } from "../../../policy/rules/iam/disallow-read-write-wildcard";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, allow, keyPolicy, policy, trust, trusting } from "./documents";

specify(disallowReadWriteWildcard, {
  compliant: [
    policy(allow(["s3:Get*", "kms:GenerateDataKey*", "kms:ReEncrypt*", "dynamodb:Query", "sqs:*"])),
    policy({ Effect: "Deny", Action: "dynamodb:*Item", Resource: "*" }),
    keyPolicy(admit({ AWS: ACCOUNT }, "kms:*Key")),
  ],
  violating: [
    [policy(allow("dynamodb:*Item")), ['it: policy.Statement[0].Action is "dynamodb:*Item"']],
    [policy(allow(["s3:*Object"])), ['it: policy.Statement[0].Action is "s3:*Object"']],
    [policy(allow("sqs:?e*Message*")), ['it: policy.Statement[0].Action is "sqs:?e*Message*"']],
  ],
  notApplicable: [trusting(trust({ AWS: ACCOUNT }, undefined, "sts:*e*"))],
  missing: [[policy({ Effect: "Allow", Resource: "*" }), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", { policy: { Statement: [allow([unknown, "dynamodb:Batch*"])] } }),
      ['it: policy.Statement[0].Action is "dynamodb:Batch*"'],
    ],
  ],
});
