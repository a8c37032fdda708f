import { requireStoreSubnetGroup } from "../../../policy/rules/network/require-store-subnet-group";
import { resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:rds/instance:Instance", { ...props });

specify(requireStoreSubnetGroup, {
  compliant: [
    instance({ dbSubnetGroupName: "isolated" }),
    instance({ replicateSourceDb: "main" }),
    resource("aws:elasticache/replicationGroup:ReplicationGroup", { subnetGroupName: "isolated" }),
    resource("aws:elasticache/cluster:Cluster", { clusterId: "node-1a2b3c4", replicationGroupId: "cache-1a2b3c4" }),
  ],
  violating: [
    [instance({ dbSubnetGroupName: "" }), ["it: dbSubnetGroupName is not set"]],
    // The engine names a group that the program does not name.
    [
      resource("aws:elasticache/replicationGroup:ReplicationGroup", { replicationGroupId: "cache-1a2b3c4" }),
      ["it: subnetGroupName is not set"],
    ],
    [resource("aws:elasticache/serverlessCache:ServerlessCache", { subnetIds: [] }), ["it: subnetIds is not set"]],
  ],
  notApplicable: [resource("aws:rds/clusterInstance:ClusterInstance", {})],
  missing: [
    [instance({}), ["it: dbSubnetGroupName is not set"]],
    [resource("aws:elasticache/cluster:Cluster", {}), ["it: subnetGroupName is not set"]],
  ],
  unknown: [
    [instance({ dbSubnetGroupName: unknown }), []],
    [instance({ replicateSourceDb: unknown }), []],
  ],
});
