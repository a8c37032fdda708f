import { requireStoreSubnetGroup } from "../../../policy/rules/network/require-store-subnet-group";
import { resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:rds/instance:Instance", { ...props });

specify(requireStoreSubnetGroup, {
  compliant: [
    instance({ dbSubnetGroupName: "isolated" }),
    instance({ replicateSourceDb: "main" }),
    resource("aws:elasticache/replicationGroup:ReplicationGroup", { subnetGroupName: "isolated" }),
  ],
  violating: [
    [instance({ dbSubnetGroupName: "" }), ["it: dbSubnetGroupName is not set"]],
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
