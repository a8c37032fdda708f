import { requireDatabaseStorageEncryption } from "../../../policy/rules/encryption/require-database-storage-encryption";
import { ownKey, resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:rds/instance:Instance", { ...props });
const cluster = (props: object) => resource("aws:rds/cluster:Cluster", { ...props });

specify(requireDatabaseStorageEncryption, {
  compliant: [
    instance({ storageEncrypted: true }),
    cluster({ storageEncrypted: true }),
    instance({ replicateSourceDb: "main" }),
    cluster({ engineMode: "serverless" }),
  ],
  violating: [
    [instance({ storageEncrypted: false }), ["it: storageEncrypted is false"]],
    [cluster({ storageEncrypted: false, kmsKeyId: ownKey }), ["it: storageEncrypted is false"]],
  ],
  notApplicable: [resource("aws:rds/clusterInstance:ClusterInstance", {})],
  missing: [
    [instance({}), ["it: storageEncrypted is not set"]],
    [resource("aws:docdb/cluster:Cluster", {}), ["it: storageEncrypted is not set"]],
  ],
  unknown: [
    [instance({ storageEncrypted: unknown }), []],
    [cluster({ storageEncrypted: false, kmsKeyId: unknown }), ["it: storageEncrypted is false"]],
  ],
});
