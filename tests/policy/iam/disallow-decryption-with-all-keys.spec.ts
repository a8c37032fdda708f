import { disallowDecryptionWithAllKeys } from "../../../policy/rules/iam/disallow-decryption-with-all-keys";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, allow, keyPolicy, policy } from "./documents";

const key = (id: string) => `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${id}`;
const finding = (found: string) => [`it: policy.Statement[0].Resource is "${found}"`] as const;

specify(disallowDecryptionWithAllKeys, {
  compliant: [
    policy(allow(["kms:Decrypt", "kms:GenerateDataKey*"], key("1234abcd"))),
    policy(
      allow("kms:Decrypt", "*", {
        Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/order" } },
      }),
    ),
    policy(allow("kms:DescribeKey", "*")),
    policy(allow(["sqs:ReceiveMessage", "kms:Decrypt"], ["arn:aws:sqs:eu-central-1:1:*", key("1234abcd")])),
    policy({ Effect: "Deny", Action: "kms:Decrypt", Resource: "*" }),
  ],
  violating: [
    [policy(allow("kms:Decrypt", "*")), finding("*")],
    [policy(allow("kms:*", key("*"))), finding(key("*"))],
    [policy(allow("kms:De*", "arn:aws:kms:*:*:*")), finding("arn:aws:kms:*:*:*")],
    [policy(allow("kms:Decrypt", key("12*"))), finding(key("12*"))],
    [
      policy(
        allow("kms:Decrypt", "*", {
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
        }),
      ),
      finding("*"),
    ],
  ],
  notApplicable: [keyPolicy(admit({ AWS: ACCOUNT }, "kms:Decrypt", { Resource: "*" }))],
  missing: [[policy({ Effect: "Allow", Action: "kms:Decrypt" }), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", { policy: { Statement: [allow("kms:Decrypt", [unknown, "*"])] } }),
      finding("*"),
    ],
  ],
});
