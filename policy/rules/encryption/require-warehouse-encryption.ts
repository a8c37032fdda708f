import type { ResourceRule } from "../rule";
import { requireOn, requireOwnKey } from "./keys";

export const requireWarehouseEncryption: ResourceRule = {
  id: "require-warehouse-encryption",
  title: "Warehouses are encrypted with a key of the account's own",
  description: "A Redshift cluster is encrypted with a customer managed key.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set encrypted to true and kmsKeyId to a customer managed key",
  appliesTo: ["aws:redshift/cluster:Cluster"],
  check(cluster, report) {
    requireOn(cluster, "encrypted", report);
    requireOwnKey(cluster, "kmsKeyId", report);
  },
};
