import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";
import { requireOn } from "./keys";

export const requireDatabaseStorageEncryption: ResourceRule = {
  id: "require-database-storage-encryption",
  title: "Databases encrypt their storage",
  description:
    "A database encrypts its storage, snapshots and replicas; it can't be switched on later without a new database.",
  severity: "critical",
  controls: ["CIS-AWS-3.0 2.3.1", "PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation:
    "set storageEncrypted to true; a database that exists must be restored from an encrypted copy of its snapshot",
  appliesTo: [
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:docdb/cluster:Cluster",
    "aws:neptune/cluster:Cluster",
  ],
  check(database, report) {
    // A replica has its source's encryption, and takes no other.
    if (!isMissing(at(database.props, "replicateSourceDb"))) return;
    // Aurora Serverless v1 always encrypts. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.how-it-works.html
    if (at(database.props, "engineMode") === "serverless") return;
    requireOn(database, "storageEncrypted", report);
  },
};
