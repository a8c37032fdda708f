import { requireDatabaseCustomerManagedKey } from "../../../policy/rules/encryption/require-database-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:rds/instance:Instance", { ...props });
const neptune = (props: object) => resource("aws:neptune/cluster:Cluster", { ...props });

specify(requireDatabaseCustomerManagedKey, {
  compliant: [instance({ kmsKeyId: ownKey }), neptune({ kmsKeyArn: ownKey }), instance({ replicateSourceDb: "main" })],
  violating: [
    [instance({ kmsKeyId: awsKey("rds") }), [`it: kmsKeyId is "${awsKey("rds")}"`]],
    [neptune({ kmsKeyArn: awsKey("rds") }), [`it: kmsKeyArn is "${awsKey("rds")}"`]],
  ],
  notApplicable: [resource("aws:rds/clusterInstance:ClusterInstance", {})],
  missing: [
    [instance({ storageEncrypted: true }), ["it: kmsKeyId is not set"]],
    [neptune({}), ["it: kmsKeyArn is not set"]],
  ],
  unknown: [
    [instance({ kmsKeyId: unknown }), []],
    [instance({ kmsKeyId: ownKey, replicateSourceDb: unknown }), []],
  ],
});
