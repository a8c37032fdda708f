import type { ResourceRule } from "../rule";
import { at, isMissing, UNKNOWN } from "../value";
import { requireOn } from "./keys";

export const requireCacheEncryptionAtRest: ResourceRule = {
  id: "require-cache-encryption-at-rest",
  title: "Caches encrypt what they write to disk",
  description:
    "A cache encrypts its snapshots and swap. A single Redis node can't, so it has to be a replication group.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "use a replication group with atRestEncryptionEnabled true; on a group that exists this replaces it",
  appliesTo: ["aws:elasticache/replicationGroup:ReplicationGroup", "aws:elasticache/cluster:Cluster"],
  check(cache, report) {
    const engine = at(cache.props, "engine");
    if (cache.type === "aws:elasticache/cluster:Cluster") {
      if (isMissing(at(cache.props, "replicationGroupId")) && (engine === "redis" || engine === "valkey")) {
        report({ path: "engine", found: engine, required: "memcached, or a replication group" });
      }
      return;
    }
    // The secondary of a global datastore has its primary's encryption, and Valkey is encrypted by default.
    const found = at(cache.props, "atRestEncryptionEnabled");
    if (!isMissing(at(cache.props, "globalReplicationGroupId"))) return;
    if (isMissing(found) && (engine === "valkey" || engine === UNKNOWN)) return;
    requireOn(cache, "atRestEncryptionEnabled", report);
  },
};
