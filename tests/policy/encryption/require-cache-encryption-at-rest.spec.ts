import { requireCacheEncryptionAtRest } from "../../../policy/rules/encryption/require-cache-encryption-at-rest";
import { resource, specify, unknown } from "../support";

const group = (props: object) => resource("aws:elasticache/replicationGroup:ReplicationGroup", { ...props });
const cluster = (props: object) => resource("aws:elasticache/cluster:Cluster", { ...props });

specify(requireCacheEncryptionAtRest, {
  compliant: [
    group({ atRestEncryptionEnabled: true }),
    group({ engine: "valkey" }),
    group({ globalReplicationGroupId: "g" }),
    cluster({ engine: "memcached" }),
    cluster({ replicationGroupId: "g" }),
  ],
  violating: [
    [group({ atRestEncryptionEnabled: false, engine: "valkey" }), ["it: atRestEncryptionEnabled is false"]],
    [cluster({ engine: "redis" }), ['it: engine is "redis"']],
  ],
  notApplicable: [resource("aws:elasticache/serverlessCache:ServerlessCache", {})],
  missing: [
    [group({ engine: "redis" }), ["it: atRestEncryptionEnabled is not set"]],
    [group({}), ["it: atRestEncryptionEnabled is not set"]],
  ],
  unknown: [
    [group({ atRestEncryptionEnabled: unknown }), []],
    [group({ engine: unknown }), []],
    [cluster({ engine: "redis", replicationGroupId: unknown }), []],
  ],
});
