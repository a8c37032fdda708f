import type { ResourceRule } from "../rule";
import { requireOwnKey } from "./keys";

export const requireBackupVaultCustomerManagedKey: ResourceRule = {
  id: "require-backup-vault-customer-managed-key",
  title: "Backups are encrypted with a key of the account's own",
  description: "A backup vault is encrypted with a customer managed key, apart from the keys of what it backs up.",
  severity: "medium",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set kmsKeyArn to the ARN of a customer managed key",
  appliesTo: ["aws:backup/vault:Vault"],
  check(resource, report) {
    requireOwnKey(resource, "kmsKeyArn", report);
  },
};
