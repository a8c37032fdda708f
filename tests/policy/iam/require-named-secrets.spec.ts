import { requireNamedSecrets } from "../../../policy/rules/iam/require-named-secrets";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, allow, policy, text } from "./documents";

const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:${name}`;
const read = "secretsmanager:GetSecretValue";
const finding = (found: string) => [`it: policy.Statement[0].Resource is "${found}"`] as const;

specify(requireNamedSecrets, {
  compliant: [
    policy(allow(read, [secret("order-db-AbCdEf"), secret("order-db-??????"), secret("order-db-*")])),
    policy(allow("secretsmanager:ListSecrets", "*")),
    policy(allow([read, "sqs:SendMessage"], "arn:aws:sqs:eu-central-1:1:*")),
    policy({ Effect: "Deny", Action: read, Resource: "*" }),
  ],
  violating: [
    [policy(allow(read, "*")), finding("*")],
    [policy(allow("secretsmanager:Get*", secret("*"))), finding(secret("*"))],
    [policy(allow(read, secret("prod/*"))), finding(secret("prod/*"))],
    [policy(allow(read, secret("*-db-??????"))), finding(secret("*-db-??????"))],
    [
      policy(allow("ssm:GetParameters", "arn:aws:ssm:*:*:parameter/prod/*")),
      finding("arn:aws:ssm:*:*:parameter/prod/*"),
    ],
    [policy(allow("*", "*")), finding("*")],
  ],
  notApplicable: [
    resource("aws:secretsmanager/secretPolicy:SecretPolicy", { policy: text(admit("*", read, { Resource: "*" })) }),
  ],
  missing: [[policy({ Effect: "Allow", Action: read }), []]],
  unknown: [
    [
      resource("aws:iam/policy:Policy", { policy: { Statement: [allow(read, [unknown, secret("*")])] } }),
      finding(secret("*")),
    ],
  ],
});
