// Caches.
import { IDENTIFIER } from "./databases";
import type { Facts } from "./facts";

const LOG_DELIVERY = {
  "logDeliveryConfigurations.destinationType": ["cloudwatch-logs", "kinesis-firehose"],
  "logDeliveryConfigurations.logFormat": ["text", "json"],
  "logDeliveryConfigurations.logType": ["slow-log", "engine-log"],
};
const NETWORK_TYPES = ["ipv4", "ipv6", "dual_stack"];
const IP_DISCOVERY = ["ipv4", "ipv6"];

export const caches: Facts = {
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    source: "elasticache/replication_group.go",
    replaces: [
      ...["atRestEncryptionEnabled", "dataTieringEnabled", "globalReplicationGroupId", "kmsKeyId", "networkType"],
      ...["port", "replicationGroupId", "securityGroupNames", "snapshotArns", "snapshotName", "subnetGroupName"],
    ],
    forms: {
      arn: ["nodeGroupConfigurations.primaryOutpostArn", "notificationTopicArn", "snapshotArns"],
      dailyWindow: ["snapshotWindow"],
      weeklyWindow: ["maintenanceWindow"],
    },
    ranges: {
      "nodeGroupConfigurations.replicaCount": [0, 5],
      replicasPerNodeGroup: [0, 5],
      snapshotRetentionLimit: [0, 35],
    },
    lengths: { replicationGroupId: [1, 40] },
    items: { logDeliveryConfigurations: [0, 2] },
    patterns: {
      "nodeGroupConfigurations.nodeGroupId": "^\\d{1,4}$",
      "nodeGroupConfigurations.slots": "^[\\d,-]+$",
      replicationGroupId: "^[A-Za-z](?:[0-9A-Za-z]|-(?!-|$))*$",
    },
    values: {
      ...LOG_DELIVERY,
      authTokenUpdateStrategy: ["SET", "ROTATE", "DELETE"],
      clusterMode: ["enabled", "disabled", "compatible"],
      ipDiscovery: IP_DISCOVERY,
      networkType: NETWORK_TYPES,
      transitEncryptionMode: ["preferred", "required"],
    },
    conflicts: [
      ["authToken", "userGroupIds"],
      [
        ...(["globalReplicationGroupId", "atRestEncryptionEnabled", "engine", "engineVersion", "nodeType"] as const),
        ...[
          "numNodeGroups",
          "parameterGroupName",
          "securityGroupNames",
          "snapshotArns",
          "snapshotName",
          "transitEncryptionEnabled",
        ],
      ],
      ["nodeGroupConfigurations", "preferredCacheClusterAzs"],
      ["numCacheClusters", "numNodeGroups", "replicasPerNodeGroup"],
    ],
  },
  "aws:elasticache/user:User": {
    source: "elasticache/user.go",
    replaces: ["userId", "userName"],
    lengths: { passwords: [16, 128] },
    items: { "authenticationMode.passwords": [1], passwords: [0, 2] },
    values: { "authenticationMode.type": ["password", "no-password-required", "iam"] },
  },
  "aws:elasticache/userGroup:UserGroup": {
    source: "elasticache/user_group.go",
    replaces: ["engine", "userGroupId"],
  },
  "aws:elasticache/cluster:Cluster": {
    source: "elasticache/cluster.go",
    replaces: [
      ...["availabilityZone", "clusterId", "engine", "networkType", "outpostMode", "port", "preferredOutpostArn"],
      ...["replicationGroupId", "snapshotArns", "snapshotName", "subnetGroupName", "transitEncryptionEnabled"],
    ],
    forms: {
      arn: ["preferredOutpostArn", "snapshotArns"],
      dailyWindow: ["snapshotWindow"],
      weeklyWindow: ["maintenanceWindow"],
    },
    ranges: { snapshotRetentionLimit: [0, 35] },
    lengths: { clusterId: [1, 50], replicationGroupId: [1, 40] },
    items: { logDeliveryConfigurations: [0, 2] },
    patterns: {
      clusterId: IDENTIFIER,
    },
    values: {
      ...LOG_DELIVERY,
      azMode: ["single-az", "cross-az"],
      engine: ["memcached", "redis", "valkey"],
      ipDiscovery: IP_DISCOVERY,
      networkType: NETWORK_TYPES,
      outpostMode: ["single-outpost", "cross-outpost"],
    },
    oneOf: [["engine", "replicationGroupId"]],
    conflicts: [
      [
        ...(["replicationGroupId", "azMode", "engineVersion", "maintenanceWindow", "nodeType"] as const),
        ...["notificationTopicArn", "numCacheNodes", "parameterGroupName", "port", "securityGroupIds", "snapshotArns"],
        ...["snapshotName", "snapshotRetentionLimit", "snapshotWindow", "subnetGroupName"],
      ],
    ],
    needs: [["outpostMode", "preferredOutpostArn"]],
  },

  "aws:elasticache/parameterGroup:ParameterGroup": {
    source: "elasticache/parameter_group.go",
    replaces: ["description", "family", "name"],
  },
  "aws:elasticache/serverlessCache:ServerlessCache": {
    source: "elasticache/serverless_cache.go",
    // The network's type is newer than the source that was read; the documentation says so.
    replaces: ["kmsKeyId", "name", "networkType", "snapshotArnsToRestores", "subnetIds"],
    forms: { arn: ["snapshotArnsToRestores"] },
    ranges: { snapshotRetentionLimit: [undefined, 35] },
    values: { "cacheUsageLimits.dataStorage.unit": ["GB"] },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": { source: "elasticache/subnet_group.go", replaces: ["name"] },
};
