// What databases, caches and buckets name.
import type { Reference } from "../../core/rules";
import { bucket, group, key, ownGroup, type References, role, subnet } from "./kinds";

const companions = [
  ...["Policy", "PublicAccessBlock", "Versioning", "LifecycleConfiguration", "OwnershipControls", "Notification"],
  ...["CorsConfiguration", "Logging", "ServerSideEncryptionConfiguration", "AccelerateConfiguration", "Acl"],
  ...["WebsiteConfiguration", "ObjectLockConfiguration", "RequestPaymentConfiguration"],
];
/** A group of subnets or parameters, which stays while something uses it. */
const of = (type: string): Reference => ({ type, id: ownGroup, keeps: true });
const subnetGroup = (service: string): Reference => of(`aws:${service}/subnetGroup:SubnetGroup`);
const parameters = (service: string): Reference => of(`aws:${service}/parameterGroup:ParameterGroup`);
const clusterParameters = (service: string): Reference =>
  of(`aws:${service}/clusterParameterGroup:ClusterParameterGroup`);
const cluster = (service: string): Reference => ({ type: `aws:${service}/cluster:Cluster`, keeps: true });

const rds: Readonly<Record<string, References>> = {
  "aws:rds/subnetGroup:SubnetGroup": { "subnetIds[]": subnet },
  "aws:rds/instance:Instance": {
    dbSubnetGroupName: subnetGroup("rds"),
    parameterGroupName: parameters("rds"),
    optionGroupName: { type: "aws:rds/optionGroup:OptionGroup", id: optionGroup, keeps: true },
    kmsKeyId: key,
    monitoringRoleArn: role,
    "vpcSecurityGroupIds[]": group,
  },
  "aws:rds/cluster:Cluster": {
    dbSubnetGroupName: subnetGroup("rds"),
    dbClusterParameterGroupName: clusterParameters("rds"),
    kmsKeyId: key,
    "vpcSecurityGroupIds[]": group,
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    clusterIdentifier: cluster("rds"),
    dbParameterGroupName: parameters("rds"),
    dbSubnetGroupName: subnetGroup("rds"),
    monitoringRoleArn: role,
  },
  "aws:docdb/clusterInstance:ClusterInstance": { clusterIdentifier: cluster("docdb") },
  "aws:neptune/clusterInstance:ClusterInstance": { clusterIdentifier: cluster("neptune") },
  "aws:docdb/cluster:Cluster": {
    dbSubnetGroupName: subnetGroup("docdb"),
    dbClusterParameterGroupName: clusterParameters("docdb"),
  },
  "aws:neptune/cluster:Cluster": {
    neptuneSubnetGroupName: subnetGroup("neptune"),
    neptuneClusterParameterGroupName: clusterParameters("neptune"),
  },
  "aws:redshift/cluster:Cluster": {
    clusterSubnetGroupName: subnetGroup("redshift"),
    clusterParameterGroupName: parameters("redshift"),
  },
  "aws:dms/replicationInstance:ReplicationInstance": {
    replicationSubnetGroupId: of("aws:dms/replicationSubnetGroup:ReplicationSubnetGroup"),
  },
};

function optionGroup(value: string): string | undefined {
  return value.startsWith("default:") ? undefined : value;
}

const caches: Readonly<Record<string, References>> = {
  "aws:elasticache/subnetGroup:SubnetGroup": { "subnetIds[]": subnet },
  "aws:elasticache/userGroup:UserGroup": { "userIds[]": { type: "aws:elasticache/user:User", keeps: false } },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    subnetGroupName: subnetGroup("elasticache"),
    parameterGroupName: parameters("elasticache"),
    kmsKeyId: key,
    "securityGroupIds[]": group,
    "userGroupIds[]": { type: "aws:elasticache/userGroup:UserGroup", keeps: true },
  },
  "aws:elasticache/cluster:Cluster": {
    subnetGroupName: subnetGroup("elasticache"),
    parameterGroupName: parameters("elasticache"),
    replicationGroupId: { type: "aws:elasticache/replicationGroup:ReplicationGroup", keeps: true },
  },
  "aws:memorydb/cluster:Cluster": {
    subnetGroupName: subnetGroup("memorydb"),
    parameterGroupName: parameters("memorydb"),
  },
  "aws:dax/cluster:Cluster": { subnetGroupName: subnetGroup("dax"), parameterGroupName: parameters("dax") },
};

/** An access point may be of an Outposts bucket, which is named by its ARN. */
function accessed(value: string): string | undefined {
  return value.startsWith("arn:") ? undefined : value;
}

const buckets: Readonly<Record<string, References>> = {
  ...Object.fromEntries(companions.map((type) => [`aws:s3/bucket${type}:Bucket${type}`, { bucket }])),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    bucket,
    "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId": key,
  },
  "aws:s3/accessPoint:AccessPoint": { bucket: { ...bucket, id: accessed, keeps: true } },
  "aws:s3/bucketObject:BucketObject": { bucket },
  "aws:s3/bucketObjectv2:BucketObjectv2": { bucket },
};

export const storeReferences: Readonly<Record<string, References>> = { ...rds, ...caches, ...buckets };
