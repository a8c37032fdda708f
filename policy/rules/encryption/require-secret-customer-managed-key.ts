import type { ResourceRule } from "../rule";
import { each } from "../value";
import { requireOwnKey } from "./keys";

export const requireSecretCustomerManagedKey: ResourceRule = {
  id: "require-secret-customer-managed-key",
  title: "Secrets are encrypted with a key of the account's own",
  description: "A secret and each of its replicas are encrypted with a customer managed key.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set kmsKeyId of the secret and of each replica to a customer managed key",
  appliesTo: ["aws:secretsmanager/secret:Secret"],
  check(secret, report) {
    requireOwnKey(secret, "kmsKeyId", report);
    for (const { path } of each(secret.props, "replicas[*]")) {
      requireOwnKey(secret, path === "replicas" ? path : `${path}.kmsKeyId`, report);
    }
  },
};
