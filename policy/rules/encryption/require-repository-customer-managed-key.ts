import type { ResourceRule } from "../rule";
import { at, each, isMissing, UNKNOWN } from "../value";
import { requireOwnKey } from "./keys";

export const requireRepositoryCustomerManagedKey: ResourceRule = {
  id: "require-repository-customer-managed-key",
  title: "Images are encrypted with a key of the account's own",
  description: "A repository encrypts its images with a customer managed key.",
  severity: "medium",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation:
    "set encryptionConfigurations to one of type KMS with kmsKey of a customer managed key; this replaces a repository that exists",
  appliesTo: ["aws:ecr/repository:Repository"],
  check(repository, report) {
    const configurations = at(repository.props, "encryptionConfigurations");
    if (isMissing(configurations)) {
      report({
        path: "encryptionConfigurations",
        found: configurations,
        required: "type KMS with a customer managed key",
      });
    }
    for (const { path, value } of each(repository.props, "encryptionConfigurations[*]")) {
      if (value === UNKNOWN) continue;
      const type = at(value, "encryptionType");
      if (type === UNKNOWN || type === "KMS" || type === "KMS_DSSE")
        requireOwnKey(repository, `${path}.kmsKey`, report);
      else report({ path: `${path}.encryptionType`, found: type, required: '"KMS"' });
    }
  },
};
