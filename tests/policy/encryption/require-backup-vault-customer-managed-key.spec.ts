import { requireBackupVaultCustomerManagedKey } from "../../../policy/rules/encryption/require-backup-vault-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const judged = (props: object) => resource("aws:backup/vault:Vault", { ...props });

specify(requireBackupVaultCustomerManagedKey, {
  compliant: [judged({ kmsKeyArn: ownKey })],
  violating: [[judged({ kmsKeyArn: awsKey("backup") }), [`it: kmsKeyArn is "${awsKey("backup")}"`]]],
  notApplicable: [resource("aws:backup/plan:Plan", {})],
  missing: [
    [judged({}), ["it: kmsKeyArn is not set"]],
    [judged({ kmsKeyArn: "" }), ["it: kmsKeyArn is not set"]],
  ],
  unknown: [[judged({ kmsKeyArn: unknown }), []]],
});
