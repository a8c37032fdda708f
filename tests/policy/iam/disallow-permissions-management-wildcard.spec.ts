import { disallowPermissionsManagementWildcard } from "../../../policy/rules/iam/disallow-permissions-management-wildcard";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, allow, policy, queuePolicy } from "./documents";

specify(disallowPermissionsManagementWildcard, {
  compliant: [
    policy(allow(["s3:Get*", "kms:GenerateDataKey*", "s3:PutBucketPolicy"])),
    policy(allow(["sqs:*", "*"])),
    policy({ Effect: "Deny", Action: "s3:Put*", Resource: "*" }),
    queuePolicy(admit({ AWS: ACCOUNT }, "sqs:*Permission")),
  ],
  violating: [
    [policy(allow("s3:Put*")), ['it: policy.Statement[0].Action is "s3:Put*"']],
    [policy(allow(["sqs:Add*"])), ['it: policy.Statement[0].Action is "sqs:Add*"']],
    [policy(allow("kms:*Grant")), ['it: policy.Statement[0].Action is "kms:*Grant"']],
    [queuePolicy(admit({ AWS: "*" }, "sqs:*Permission")), ['it: policy.Statement[0].Action is "sqs:*Permission"']],
  ],
  notApplicable: [resource("aws:sqs/queue:Queue", { redrivePolicy: "{}" })],
  missing: [[resource("aws:iam/policy:Policy", {}), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", { policy: { Statement: [allow([unknown, "iam:P*"])] } }),
      ['it: policy.Statement[0].Action is "iam:P*"'],
    ],
  ],
});
