import { requireManagedPasswordCustomerManagedKey } from "../../../policy/rules/encryption/require-managed-password-customer-managed-key";
import { ownKey, resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:rds/instance:Instance", { ...props });
const on = { manageMasterUserPassword: true };

specify(requireManagedPasswordCustomerManagedKey, {
  compliant: [instance({ ...on, masterUserSecretKmsKeyId: ownKey }), instance({})],
  violating: [
    [
      instance({ ...on, masterUserSecretKmsKeyId: "alias/aws/secretsmanager" }),
      ['it: masterUserSecretKmsKeyId is "alias/aws/secretsmanager"'],
    ],
  ],
  notApplicable: [resource("aws:docdb/cluster:Cluster", on)],
  missing: [[instance(on), ["it: masterUserSecretKmsKeyId is not set"]]],
  unknown: [
    [instance({ ...on, masterUserSecretKmsKeyId: unknown }), []],
    [instance({ manageMasterUserPassword: unknown }), []],
  ],
});
