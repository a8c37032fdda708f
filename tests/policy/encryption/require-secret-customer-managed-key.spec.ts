import { requireSecretCustomerManagedKey } from "../../../policy/rules/encryption/require-secret-customer-managed-key";
import { ownKey, resource, specify, unknown } from "../support";

const secret = (props: object) => resource("aws:secretsmanager/secret:Secret", { ...props });

specify(requireSecretCustomerManagedKey, {
  compliant: [
    secret({ kmsKeyId: ownKey }),
    secret({ kmsKeyId: ownKey, replicas: [{ region: "eu-west-1", kmsKeyId: ownKey }] }),
  ],
  violating: [
    [secret({ kmsKeyId: "alias/aws/secretsmanager" }), ['it: kmsKeyId is "alias/aws/secretsmanager"']],
    [secret({ kmsKeyId: ownKey, replicas: [{ region: "eu-west-1" }] }), ["it: replicas[0].kmsKeyId is not set"]],
  ],
  notApplicable: [resource("aws:secretsmanager/secretVersion:SecretVersion", {})],
  missing: [[secret({}), ["it: kmsKeyId is not set"]]],
  unknown: [
    [secret({ kmsKeyId: unknown }), []],
    [
      secret({ kmsKeyId: unknown, replicas: [{ region: unknown }, { kmsKeyId: unknown }] }),
      ["it: replicas[0].kmsKeyId is not set"],
    ],
    [secret({ kmsKeyId: ownKey, replicas: unknown }), []],
  ],
});
