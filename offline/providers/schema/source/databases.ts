// Databases.
import type { Facts } from "./facts";

/** Lower case, letters, digits and single hyphens, a letter first and no hyphen last. */
export const IDENTIFIER = "^[a-z](?:[0-9a-z]|-(?!-|$))*$";
const IDENTIFIER_PREFIX = "^[a-z](?:[0-9a-z]|-(?!-))*$";
/** `validParamGroupName` in rds/validate.go. */
const GROUP = "^(?=.{1,255}$)[a-z](?:[0-9a-z.]|-(?!-|$))*$";
const GROUP_PREFIX = "^(?=.{1,229}$)[a-z](?:[0-9a-z.]|-(?!-))*$";
const SNAPSHOT = "^[0-9A-Za-z](?:[0-9A-Za-z]|-(?!-|$))*$";
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
  "aws:dynamodb/tableReplica:TableReplica": {
    source: "dynamodb/table_replica.go",
    replaces: ["globalTableArn", "kmsKeyArn", "tableClassOverride"],
    forms: { arn: ["globalTableArn", "kmsKeyArn"] },
  },
};
