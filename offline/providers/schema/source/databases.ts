// Databases and caches.
import type { Facts } from "./facts";

/** Lower case, letters, digits and single hyphens, a letter first and no hyphen last. */
const IDENTIFIER = "^[a-z](?:[0-9a-z]|-(?!-|$))*$";
const IDENTIFIER_PREFIX = "^[a-z](?:[0-9a-z]|-(?!-))*$";
/** `validParamGroupName` in rds/validate.go. */
const GROUP = "^(?=.{1,255}$)[a-z](?:[0-9a-z.]|-(?!-|$))*$";
const GROUP_PREFIX = "^(?=.{1,229}$)[a-z](?:[0-9a-z.]|-(?!-))*$";
const SNAPSHOT = "^[0-9A-Za-z](?:[0-9A-Za-z]|-(?!-|$))*$";
const LOG_DELIVERY = {
  "logDeliveryConfigurations.destinationType": ["cloudwatch-logs", "kinesis-firehose"],
  "logDeliveryConfigurations.logFormat": ["text", "json"],
  "logDeliveryConfigurations.logType": ["slow-log", "engine-log"],
};
const NETWORK_TYPES = ["ipv4", "ipv6", "dual_stack"];
const IP_DISCOVERY = ["ipv4", "ipv6"];
const S3_IMPORT = ["bucketName", "bucketPrefix", "ingestionRole", "sourceEngine", "sourceEngineVersion"];

export const databases: Facts = {
  "aws:dynamodb/table:Table": {
    source: "dynamodb/table.go",
    replaces: [
      ...["hashKey", "importTable.s3BucketSource", "localSecondaryIndexes", "name", "rangeKey"],
      ...["restoreDateTime", "restoreToLatestTime"],
    ],
    forms: { arn: ["replicas.kmsKeyArn", "restoreSourceTableArn", "serverSideEncryption.kmsKeyArn"] },
    ranges: { "pointInTimeRecovery.recoveryPeriodInDays": [1, 35] },
    values: {
      "attributes.type": ["S", "N", "B"],
      billingMode: ["PROVISIONED", "PAY_PER_REQUEST"],
      "globalSecondaryIndexes.keySchemas.keyType": ["HASH", "RANGE"],
      "globalSecondaryIndexes.projectionType": ["ALL", "KEYS_ONLY", "INCLUDE"],
      "importTable.inputCompressionType": ["GZIP", "ZSTD", "NONE"],
      "importTable.inputFormat": ["DYNAMODB_JSON", "ION", "CSV"],
      "localSecondaryIndexes.projectionType": ["ALL", "KEYS_ONLY", "INCLUDE"],
      "replicas.consistencyMode": ["EVENTUAL", "STRONG"],
      streamViewType: ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"],
      tableClass: ["STANDARD", "STANDARD_INFREQUENT_ACCESS"],
    },
    conflicts: [
      ["importTable", "restoreSourceName", "restoreSourceTableArn"],
      ["restoreSourceName", "restoreSourceTableArn"],
    ],
  },
  "aws:rds/instance:Instance": {
    source: "rds/instance.go",
    replaces: [
      ...["availabilityZone", "backupTarget", "characterSetName", "customIamInstanceProfile", "dbName", "engine"],
      ...["kmsKeyId", "ncharCharacterSetName", "restoreToPointInTime#", "snapshotIdentifier", "storageEncrypted"],
      ...["timezone", "username", ...S3_IMPORT.map((name) => `s3Import.${name}`)],
    ],
    forms: {
      arn: ["kmsKeyId", "monitoringRoleArn", "performanceInsightsKmsKeyId"],
      dailyWindow: ["backupWindow"],
      weeklyWindow: ["maintenanceWindow"],
    },
    ranges: { backupRetentionPeriod: [0, 35] },
    patterns: {
      customIamInstanceProfile: "^AWSRDSCustom",
      finalSnapshotIdentifier: "^[A-Za-z](?:[0-9A-Za-z]|-(?!-|$))*$",
      identifier: IDENTIFIER,
      identifierPrefix: IDENTIFIER_PREFIX,
    },
    values: {
      backupTarget: ["outposts", "region"],
      monitoringInterval: ["0", "1", "5", "10", "15", "30", "60"],
      networkType: ["DUAL", "IPV4"],
      replicaMode: ["open-read-only", "mounted"],
    },
    conflicts: [
      ["identifier", "identifierPrefix"],
      ["manageMasterUserPassword", "password"],
      ["replicateSourceDb", "username"],
      ["restoreToPointInTime", "replicateSourceDb", "s3Import", "snapshotIdentifier"],
      ["restoreToPointInTime.restoreTime", "restoreToPointInTime.useLatestRestorableTime"],
      ["s3Import", "replicateSourceDb", "snapshotIdentifier"],
    ],
  },
  "aws:rds/cluster:Cluster": {
    source: "rds/cluster.go",
    replaces: [
      ...["availabilityZones", "clusterIdentifier", "clusterIdentifierPrefix", "clusterScalabilityType"],
      ...["databaseName", "dbSubnetGroupName", "dbSystemId", "engine", "engineMode", "kmsKeyId", "masterUsername"],
      ...["restoreToPointInTime", ...S3_IMPORT.map((name) => `s3Import.${name}`), "snapshotIdentifier"],
      ...["sourceRegion", "storageEncrypted"],
    ],
    forms: {
      arn: ["kmsKeyId", "monitoringRoleArn", "performanceInsightsKmsKeyId"],
      dailyWindow: ["preferredBackupWindow"],
      weeklyWindow: ["preferredMaintenanceWindow"],
    },
    ranges: {
      backtrackWindow: [0, 259_200],
      backupRetentionPeriod: [0, 35],
      "scalingConfiguration.secondsBeforeTimeout": [60, 600],
      "scalingConfiguration.secondsUntilAutoPause": [300, 86_400],
      "serverlessv2ScalingConfiguration.maxCapacity": [1, 256],
      "serverlessv2ScalingConfiguration.minCapacity": [0, 256],
      "serverlessv2ScalingConfiguration.secondsUntilAutoPause": [300, 86_400],
    },
    patterns: {
      clusterIdentifier: IDENTIFIER,
      clusterIdentifierPrefix: IDENTIFIER_PREFIX,
      finalSnapshotIdentifier: SNAPSHOT,
    },
    values: {
      clusterScalabilityType: ["standard", "limitless"],
      databaseInsightsMode: ["standard", "advanced"],
      engineMode: ["global", "multimaster", "parallelquery", "provisioned", "serverless"],
      networkType: ["DUAL", "IPV4"],
      "restoreToPointInTime.restoreType": ["copy-on-write", "full-copy"],
      "scalingConfiguration.timeoutAction": ["ForceApplyCapacityChange", "RollbackCapacityChange"],
    },
    oneOf: [
      ["restoreToPointInTime.restoreToTime", "restoreToPointInTime.useLatestRestorableTime"],
      ["restoreToPointInTime.sourceClusterIdentifier", "restoreToPointInTime.sourceClusterResourceId"],
    ],
    conflicts: [
      ["clusterIdentifier", "clusterIdentifierPrefix"],
      ["manageMasterUserPassword", "masterPassword"],
      ["restoreToPointInTime", "s3Import", "snapshotIdentifier"],
      ["snapshotIdentifier", "globalClusterIdentifier"],
    ],
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    source: "rds/cluster_instance.go",
    replaces: [
      ...["availabilityZone", "clusterIdentifier", "customIamInstanceProfile", "dbSubnetGroupName", "engine"],
      ...["identifier", "identifierPrefix"],
    ],
    forms: {
      arn: ["performanceInsightsKmsKeyId"],
      dailyWindow: ["preferredBackupWindow"],
      weeklyWindow: ["preferredMaintenanceWindow"],
    },
    patterns: {
      customIamInstanceProfile: "^AWSRDSCustom",
      identifier: IDENTIFIER,
      identifierPrefix: IDENTIFIER_PREFIX,
    },
    conflicts: [["identifier", "identifierPrefix"]],
  },
  "aws:docdb/cluster:Cluster": {
    source: "docdb/cluster.go",
    replaces: [
      ...[
        "availabilityZones",
        "clusterIdentifier",
        "clusterIdentifierPrefix",
        "dbSubnetGroupName",
        "engine",
        "kmsKeyId",
      ],
      ...["masterUsername", "port", "restoreToPointInTime", "snapshotIdentifier", "storageEncrypted"],
    ],
    forms: {
      arn: ["kmsKeyId"],
      dailyWindow: ["preferredBackupWindow"],
      weeklyWindow: ["preferredMaintenanceWindow"],
    },
    ranges: {
      backupRetentionPeriod: [0, 35],
      port: [1150, 65_535],
      "serverlessV2ScalingConfiguration.maxCapacity": [1, 256],
      "serverlessV2ScalingConfiguration.minCapacity": [0.5, 256],
    },
    patterns: {
      clusterIdentifier: IDENTIFIER,
      clusterIdentifierPrefix: IDENTIFIER_PREFIX,
      finalSnapshotIdentifier: SNAPSHOT,
    },
    values: {
      enabledCloudwatchLogsExports: ["audit", "profiler"],
      engine: ["docdb"],
      networkType: ["IPV4", "DUAL"],
      "restoreToPointInTime.restoreType": ["full-copy", "copy-on-write"],
      storageType: ["standard", "iopt1"],
    },
    conflicts: [
      ["clusterIdentifier", "clusterIdentifierPrefix"],
      ["manageMasterUserPassword", "masterPassword"],
      ["restoreToPointInTime", "snapshotIdentifier"],
      ["restoreToPointInTime.restoreToTime", "restoreToPointInTime.useLatestRestorableTime"],
    ],
  },
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
  "aws:rds/parameterGroup:ParameterGroup": {
    source: "rds/parameter_group.go",
    replaces: ["description", "family", "name", "namePrefix"],
    patterns: { name: GROUP, namePrefix: GROUP_PREFIX },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:rds/subnetGroup:SubnetGroup": { source: "rds/subnet_group.go", replaces: ["name", "namePrefix"] },
  "aws:rds/proxy:Proxy": {
    source: "rds/proxy.go",
    // The network types are newer than the source that was read; the published data says so.
    replaces: ["endpointNetworkType", "engineFamily", "targetConnectionNetworkType", "vpcSubnetIds"],
    forms: { arn: ["auths.secretArn", "roleArn"] },
    patterns: { name: "^[A-Za-z](?:[0-9A-Za-z]|-(?!-|$))*$" },
    values: {
      "auths.authScheme": ["SECRETS"],
      "auths.clientPasswordAuthType": [
        ...["MYSQL_NATIVE_PASSWORD", "MYSQL_CACHING_SHA2_PASSWORD", "POSTGRES_SCRAM_SHA_256", "POSTGRES_MD5"],
        "SQL_SERVER_AUTHENTICATION",
      ],
      "auths.iamAuth": ["DISABLED", "REQUIRED", "ENABLED"],
      engineFamily: ["MYSQL", "POSTGRESQL", "SQLSERVER"],
    },
  },
  "aws:elasticache/user:User": {
    source: "elasticache/user.go",
    replaces: ["engine", "userId", "userName"],
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

  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    source: "rds/cluster_parameter_group.go",
    replaces: ["description", "family", "name", "namePrefix"],
    patterns: { name: GROUP, namePrefix: GROUP_PREFIX },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": {
    source: "rds/proxy_default_target_group.go",
    replaces: ["dbProxyName"],
    ranges: {
      "connectionPoolConfig.connectionBorrowTimeout": [0, 3600],
      "connectionPoolConfig.maxConnectionsPercent": [1, 100],
      "connectionPoolConfig.maxIdleConnectionsPercent": [0, 100],
    },
    values: { "connectionPoolConfig.sessionPinningFilters": ["EXCLUDE_VARIABLE_SETS"] },
  },
  "aws:rds/proxyTarget:ProxyTarget": {
    source: "rds/proxy_target.go",
    replaces: ["dbClusterIdentifier", "dbInstanceIdentifier", "dbProxyName", "targetGroupName"],
    oneOf: [["dbInstanceIdentifier", "dbClusterIdentifier"]],
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
  "aws:dynamodb/tableReplica:TableReplica": {
    source: "dynamodb/table_replica.go",
    replaces: ["globalTableArn", "kmsKeyArn", "tableClassOverride"],
    forms: { arn: ["globalTableArn", "kmsKeyArn"] },
  },
};
