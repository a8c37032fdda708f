import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";
import { requireOwnKey } from "./keys";

export const requireDatabaseCustomerManagedKey: ResourceRule = {
  id: "require-database-customer-managed-key",
  title: "Databases are encrypted with a key of the account's own",
  description:
    "A database's storage is encrypted with a customer managed key, so that its snapshots can be shared or locked by key.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation:
    "set kmsKeyId (Neptune: kmsKeyArn) to the ARN of a customer managed key; on a database that exists this replaces it",
  appliesTo: [
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:docdb/cluster:Cluster",
    "aws:neptune/cluster:Cluster",
  ],
  check(database, report) {
    if (!isMissing(at(database.props, "replicateSourceDb"))) return;
    requireOwnKey(database, database.type.startsWith("aws:neptune/") ? "kmsKeyArn" : "kmsKeyId", report);
  },
};
