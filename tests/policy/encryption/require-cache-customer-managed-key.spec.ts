import { requireCacheCustomerManagedKey } from "../../../policy/rules/encryption/require-cache-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const group = (props: object) => resource("aws:elasticache/replicationGroup:ReplicationGroup", { ...props });
const serverless = (props: object) => resource("aws:elasticache/serverlessCache:ServerlessCache", { ...props });

specify(requireCacheCustomerManagedKey, {
  compliant: [
    group({ kmsKeyId: ownKey }),
    serverless({ kmsKeyId: ownKey }),
    resource("aws:memorydb/cluster:Cluster", { kmsKeyArn: ownKey }),
  ],
  violating: [[serverless({ kmsKeyId: awsKey("elasticache") }), [`it: kmsKeyId is "${awsKey("elasticache")}"`]]],
  notApplicable: [resource("aws:elasticache/subnetGroup:SubnetGroup", {})],
  missing: [
    [group({ atRestEncryptionEnabled: true }), ["it: kmsKeyId is not set"]],
    [resource("aws:memorydb/cluster:Cluster", {}), ["it: kmsKeyArn is not set"]],
  ],
  unknown: [[group({ kmsKeyId: unknown }), []]],
});
