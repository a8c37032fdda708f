import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";
import { requireOn } from "./keys";

export const requireCacheEncryptionInTransit: ResourceRule = {
  id: "require-cache-encryption-in-transit",
  title: "Caches speak TLS only",
  description: "A cache takes TLS connections only; the mode that still lets plain ones in is for migrations.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "set transitEncryptionEnabled true and transitEncryptionMode required (MemoryDB: leave tlsEnabled on)",
  appliesTo: [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:elasticache/cluster:Cluster",
    "aws:memorydb/cluster:Cluster",
  ],
  check(cache, report) {
    if (cache.type === "aws:memorydb/cluster:Cluster") {
      if (!isMissing(at(cache.props, "tlsEnabled"))) requireOn(cache, "tlsEnabled", report);
      return;
    }
    // A node of a replication group has what the group has. On a group the same property is its own name.
    const isNode = cache.type === "aws:elasticache/cluster:Cluster";
    if (isNode && !isMissing(at(cache.props, "replicationGroupId"))) return;
    if (isMissing(at(cache.props, "globalReplicationGroupId"))) requireOn(cache, "transitEncryptionEnabled", report);
    const mode = at(cache.props, "transitEncryptionMode");
    if (mode === "preferred") report({ path: "transitEncryptionMode", found: mode, required: '"required"' });
  },
};
