import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";

/**
 * Where a type names the store whose subnets it inherits: a replica its source, a node its group. The name of the type's own
 * is none of these: `replicationGroupId` of a replication group is always set, by the program or by auto-naming.
 */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/instance:Instance": ["replicateSourceDb"],
  "aws:elasticache/cluster:Cluster": ["replicationGroupId"],
};

/** Where a type names its subnets, if not as a database does. */
const PROPERTIES: Readonly<Record<string, string>> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": "subnetGroupName",
  "aws:elasticache/cluster:Cluster": "subnetGroupName",
  "aws:elasticache/serverlessCache:ServerlessCache": "subnetIds",
  "aws:memorydb/cluster:Cluster": "subnetGroupName",
};

export const requireStoreSubnetGroup: ResourceRule = {
  id: "require-store-subnet-group",
  title: "Data stores name their subnets",
  description: "A database or cache names the subnets it lives in; without them AWS puts it into the default network.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "set the subnet group, of isolated subnets",
  appliesTo: [
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:elasticache/cluster:Cluster",
    "aws:elasticache/serverlessCache:ServerlessCache",
    "aws:memorydb/cluster:Cluster",
  ],
  check(store, report) {
    const inherits = (SOURCES[store.type] ?? []).some((path) => !isMissing(at(store.props, path)));
    const path = PROPERTIES[store.type] ?? "dbSubnetGroupName";
    const found = at(store.props, path);
    if (isMissing(found) && !inherits) report({ path, found, required: "subnets of the private network" });
  },
};
