import type { ResourceRule } from "../rule";
import { at, isMissing } from "../value";
import { requireOwnKey } from "./keys";

export const requireCacheCustomerManagedKey: ResourceRule = {
  id: "require-cache-customer-managed-key",
  title: "Caches are encrypted with a key of the account's own",
  description: "What a cache writes to disk is encrypted with a customer managed key.",
  severity: "medium",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation:
    "set kmsKeyId (MemoryDB: kmsKeyArn) to the ARN of a customer managed key; on a cache that exists this replaces it",
  appliesTo: [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:elasticache/serverlessCache:ServerlessCache",
    "aws:memorydb/cluster:Cluster",
  ],
  check(cache, report) {
    if (!isMissing(at(cache.props, "globalReplicationGroupId"))) return;
    requireOwnKey(cache, cache.type.startsWith("aws:memorydb/") ? "kmsKeyArn" : "kmsKeyId", report);
  },
};
