import { requireCacheEncryptionInTransit } from "../../../policy/rules/encryption/require-cache-encryption-in-transit";
import { resource, specify, unknown } from "../support";

const group = (props: object) => resource("aws:elasticache/replicationGroup:ReplicationGroup", { ...props });
const memory = (props: object) => resource("aws:memorydb/cluster:Cluster", { ...props });

specify(requireCacheEncryptionInTransit, {
  compliant: [
    group({ transitEncryptionEnabled: true }),
    group({ transitEncryptionEnabled: true, transitEncryptionMode: "required" }),
    memory({}),
    memory({ tlsEnabled: true }),
    resource("aws:elasticache/cluster:Cluster", { replicationGroupId: "g" }),
  ],
  violating: [
    [group({ transitEncryptionEnabled: false }), ["it: transitEncryptionEnabled is false"]],
    [
      group({ transitEncryptionEnabled: true, transitEncryptionMode: "preferred" }),
      ['it: transitEncryptionMode is "preferred"'],
    ],
    // The engine names a group that the program does not name.
    [group({ replicationGroupId: "cache-1a2b3c4" }), ["it: transitEncryptionEnabled is not set"]],
    [memory({ tlsEnabled: false }), ["it: tlsEnabled is false"]],
  ],
  notApplicable: [resource("aws:elasticache/serverlessCache:ServerlessCache", {})],
  missing: [
    [group({}), ["it: transitEncryptionEnabled is not set"]],
    [resource("aws:elasticache/cluster:Cluster", { engine: "memcached" }), ["it: transitEncryptionEnabled is not set"]],
  ],
  unknown: [
    [group({ transitEncryptionEnabled: unknown }), []],
    [
      group({ transitEncryptionEnabled: unknown, transitEncryptionMode: "preferred" }),
      ['it: transitEncryptionMode is "preferred"'],
    ],
  ],
});
