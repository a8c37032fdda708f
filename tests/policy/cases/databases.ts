// Databases, caches, warehouses and their copies.
import type { Case } from "./case";

const AURORA = { engine: "aurora-postgresql", engineVersion: "17.4", skipFinalSnapshot: true };

export const databaseCases: readonly Case[] = [
  {
    type: "aws:rds/instance:Instance",
    right: {
      instanceClass: "db.t4g.small",
      engine: "postgres",
      engineVersion: "17.2",
      allocatedStorage: 20,
      skipFinalSnapshot: true,
      username: "keeper",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: "$key",
      storageEncrypted: true,
      kmsKeyId: "$key",
      dbSubnetGroupName: "isolated",
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: "$key",
      backupRetentionPeriod: 7,
      deletionProtection: true,
      multiAz: true,
      copyTagsToSnapshot: true,
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      monitoringInterval: 60,
      monitoringRoleArn: "$role",
      iamDatabaseAuthenticationEnabled: true,
    },
    wrong: [
      ["require-database-backups", { backupRetentionPeriod: 0 }],
      ["require-database-backups", { backupRetentionPeriod: undefined }],
      ["require-database-backups-of-a-week", { backupRetentionPeriod: 3 }],
      ["require-database-deletion-protection", { deletionProtection: undefined }],
      ["require-database-standby", { multiAz: false }],
      ["require-snapshot-tags", { copyTagsToSnapshot: undefined }],
      ["require-minor-upgrades", { autoMinorVersionUpgrade: false }],
      ["require-database-log-export", { enabledCloudwatchLogsExports: undefined }],
      ["require-database-monitoring", { monitoringInterval: 0 }],
      ["require-performance-insights", { performanceInsightsEnabled: false, performanceInsightsKmsKeyId: undefined }],
      ["require-database-iam-authentication", { iamDatabaseAuthenticationEnabled: undefined }],
      ["require-current-database-certificate", { caCertIdentifier: "rds-ca-2019" }],
      [
        "require-managed-database-password",
        {
          manageMasterUserPassword: undefined,
          masterUserSecretKmsKeyId: undefined,
          password: "not-a-secret-in-a-test",
        },
      ],
      ["require-database-storage-encryption", { storageEncrypted: false }],
      ["require-database-customer-managed-key", { kmsKeyId: undefined }],
      ["disallow-public-database", { publiclyAccessible: true }],
      ["require-store-subnet-group", { dbSubnetGroupName: undefined }],
      ["require-performance-insights-customer-managed-key", { performanceInsightsKmsKeyId: undefined }],
      ["enforce-database-transport-encryption", { engineVersion: "14.12" }],
    ],
  },
  {
    type: "aws:rds/cluster:Cluster",
    right: {
      ...AURORA,
      masterUsername: "keeper",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: "$key",
      storageEncrypted: true,
      kmsKeyId: "$key",
      dbSubnetGroupName: "isolated",
      backupRetentionPeriod: 7,
      deletionProtection: true,
      copyTagsToSnapshot: true,
      enabledCloudwatchLogsExports: ["postgresql"],
      iamDatabaseAuthenticationEnabled: true,
    },
    wrong: [
      ["require-database-backups-of-a-week", { backupRetentionPeriod: undefined }],
      ["require-database-deletion-protection", { deletionProtection: false }],
      ["require-snapshot-tags", { copyTagsToSnapshot: false }],
      ["require-database-log-export", { enabledCloudwatchLogsExports: [] }],
      [
        "require-database-audit-log",
        {
          engine: "aurora-mysql",
          engineVersion: "8.0.mysql_aurora.3.08.0",
          dbClusterParameterGroupName: "own",
          enabledCloudwatchLogsExports: ["error"],
        },
      ],
      [
        "require-mysql-backtrack",
        {
          engine: "aurora-mysql",
          engineVersion: "8.0.mysql_aurora.3.08.0",
          dbClusterParameterGroupName: "own",
          enabledCloudwatchLogsExports: ["audit"],
        },
      ],
      ["require-database-iam-authentication", { iamDatabaseAuthenticationEnabled: false }],
      [
        "require-managed-database-password",
        {
          manageMasterUserPassword: undefined,
          masterUserSecretKmsKeyId: undefined,
          masterPassword: "not-a-secret-in-a-test",
        },
      ],
      ["require-database-storage-encryption", { storageEncrypted: undefined }],
    ],
  },
  {
    type: "aws:rds/clusterInstance:ClusterInstance",
    right: {
      clusterIdentifier: "aurora",
      engine: "aurora-postgresql",
      instanceClass: "db.r6g.large",
      monitoringInterval: 60,
      monitoringRoleArn: "$role",
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: "$key",
    },
    wrong: [
      ["require-minor-upgrades", { autoMinorVersionUpgrade: false }],
      ["require-database-monitoring", { monitoringInterval: undefined }],
      [
        "require-performance-insights",
        { performanceInsightsEnabled: undefined, performanceInsightsKmsKeyId: undefined },
      ],
      ["require-current-database-certificate", { caCertIdentifier: "rds-ca-2015" }],
      ["disallow-public-database", { publiclyAccessible: true }],
    ],
  },
  {
    type: "aws:rds/parameterGroup:ParameterGroup",
    right: {
      family: "postgres14",
      parameters: [
        { name: "rds.force_ssl", value: "1" },
        { name: "log_statement", value: "ddl" },
        { name: "log_min_duration_statement", value: "1000" },
      ],
    },
    wrong: [
      ["require-database-statement-log", { "parameters[1].value": "none" }],
      ["require-database-slow-query-log", { "parameters[2].value": "-1" }],
      ["enforce-database-transport-encryption", { "parameters[0].value": "0" }],
    ],
  },
  {
    type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    right: {
      family: "aurora-postgresql15",
      parameters: [
        { name: "rds.force_ssl", value: "1" },
        { name: "log_statement", value: "all" },
        { name: "log_min_duration_statement", value: "500" },
      ],
    },
    wrong: [
      ["require-database-statement-log", { parameters: [{ name: "rds.force_ssl", value: "1" }] }],
      ["require-database-slow-query-log", { parameters: [{ name: "rds.force_ssl", value: "1" }] }],
    ],
  },
  ...["rds", "docdb", "neptune"].map((module): Case => ({
    type: `aws:${module}/globalCluster:GlobalCluster`,
    right: {
      globalClusterIdentifier: `global-${module}`,
      engine: { rds: "aurora-postgresql", docdb: "docdb", neptune: "neptune" }[module],
      storageEncrypted: true,
      deletionProtection: true,
    },
    wrong: [
      ["require-global-database-encryption", { storageEncrypted: undefined }],
      ["require-database-deletion-protection", { deletionProtection: undefined }],
    ],
  })),
  {
    type: "aws:rds/proxy:Proxy",
    right: {
      engineFamily: "POSTGRESQL",
      roleArn: "$role",
      vpcSubnetIds: "$subnets",
      requireTls: true,
      auths: [
        { authScheme: "SECRETS", secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf" },
      ],
    },
    wrong: [["require-proxy-tls", { requireTls: undefined }]],
  },
  {
    type: "aws:rds/snapshot:Snapshot",
    right: { dbInstanceIdentifier: "orders", dbSnapshotIdentifier: "orders-1", sharedAccounts: ["999999999999"] },
    wrong: [["disallow-shared-snapshot", { sharedAccounts: ["all"] }]],
  },
  {
    type: "aws:rds/clusterSnapshot:ClusterSnapshot",
    right: { dbClusterIdentifier: "orders", dbClusterSnapshotIdentifier: "orders-1" },
    wrong: [["disallow-shared-snapshot", { sharedAccounts: ["all"] }]],
  },
  {
    type: "aws:rds/snapshotCopy:SnapshotCopy",
    right: {
      sourceDbSnapshotIdentifier: "arn:aws:rds:eu-west-1:123456789012:snapshot:orders-1",
      targetDbSnapshotIdentifier: "orders-1",
      kmsKeyId: "$key",
    },
    wrong: [
      ["require-snapshot-copy-customer-managed-key", { kmsKeyId: undefined }],
      ["disallow-shared-snapshot", { sharedAccounts: ["all"] }],
    ],
  },
  {
    type: "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    right: {
      sourceDbClusterSnapshotIdentifier: "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:orders-1",
      targetDbClusterSnapshotIdentifier: "orders-1",
      kmsKeyId: "$key",
    },
    wrong: [
      ["require-snapshot-copy-customer-managed-key", { kmsKeyId: "alias/aws/rds" }],
      ["disallow-shared-snapshot", { sharedAccounts: ["all"] }],
    ],
  },
  {
    type: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    right: { sourceDbInstanceArn: "arn:aws:rds:eu-west-1:123456789012:db:orders", kmsKeyId: "$key" },
    wrong: [["require-snapshot-copy-customer-managed-key", { kmsKeyId: undefined }]],
  },
  {
    type: "aws:rds/clusterActivityStream:ClusterActivityStream",
    right: { resourceArn: "arn:aws:rds:eu-central-1:123456789012:cluster:orders", mode: "async", kmsKeyId: "$key" },
    wrong: [["require-activity-stream-customer-managed-key", { kmsKeyId: "alias/aws/rds" }]],
  },
  {
    type: "aws:docdb/cluster:Cluster",
    right: {
      storageEncrypted: true,
      kmsKeyId: "$key",
      masterUsername: "keeper",
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
      dbSubnetGroupName: "isolated",
      backupRetentionPeriod: 7,
      deletionProtection: true,
      enabledCloudwatchLogsExports: ["audit", "profiler"],
    },
    wrong: [
      ["require-database-backups-of-a-week", { backupRetentionPeriod: 1 }],
      ["require-database-deletion-protection", { deletionProtection: undefined }],
      ["require-database-audit-log", { enabledCloudwatchLogsExports: ["profiler"] }],
      ["require-database-log-export", { enabledCloudwatchLogsExports: undefined }],
      [
        "require-managed-database-password",
        { manageMasterUserPassword: undefined, masterPassword: "not-a-secret-in-a-test" },
      ],
    ],
  },
  {
    type: "aws:docdb/clusterInstance:ClusterInstance",
    right: { clusterIdentifier: "documents", instanceClass: "db.r6g.large" },
    wrong: [["require-minor-upgrades", { autoMinorVersionUpgrade: false }]],
  },
  {
    type: "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
    right: {
      family: "docdb5.0",
      parameters: [
        { name: "audit_logs", value: "enabled" },
        { name: "tls", value: "enabled" },
      ],
    },
    wrong: [
      ["require-document-database-audit", { "parameters[0].value": "disabled" }],
      ["require-document-database-tls", { "parameters[1].value": "disabled" }],
    ],
  },
  {
    type: "aws:docdb/elasticCluster:ElasticCluster",
    right: {
      adminUserName: "keeper",
      adminUserPassword: "a-long-password",
      authType: "PLAIN_TEXT",
      shardCapacity: 2,
      shardCount: 1,
      kmsKeyId: "$key",
      backupRetentionPeriod: 7,
    },
    wrong: [
      ["require-elastic-database-customer-managed-key", { kmsKeyId: undefined }],
      ["require-database-backups-of-a-week", { backupRetentionPeriod: 1 }],
    ],
  },
  {
    type: "aws:neptune/cluster:Cluster",
    right: {
      storageEncrypted: true,
      kmsKeyArn: "$key",
      skipFinalSnapshot: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      copyTagsToSnapshot: true,
      iamDatabaseAuthenticationEnabled: true,
      enableCloudwatchLogsExports: ["audit"],
    },
    wrong: [
      ["require-database-backups-of-a-week", { backupRetentionPeriod: undefined }],
      ["require-database-deletion-protection", { deletionProtection: undefined }],
      ["require-snapshot-tags", { copyTagsToSnapshot: undefined }],
      ["require-database-iam-authentication", { iamDatabaseAuthenticationEnabled: undefined }],
      ["require-database-log-export", { enableCloudwatchLogsExports: undefined }],
      ["require-database-audit-log", { enableCloudwatchLogsExports: ["slowquery"] }],
    ],
  },
  {
    type: "aws:neptune/clusterInstance:ClusterInstance",
    right: { clusterIdentifier: "graph", instanceClass: "db.r6g.large" },
    wrong: [["require-minor-upgrades", { autoMinorVersionUpgrade: false }]],
  },
  {
    type: "aws:neptune/clusterParameterGroup:ClusterParameterGroup",
    right: { family: "neptune1.3", parameters: [{ name: "neptune_enable_audit_log", value: "1" }] },
    wrong: [["require-graph-database-audit", { "parameters[0].value": "0" }]],
  },
  {
    type: "aws:dynamodb/table:Table",
    right: {
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      serverSideEncryption: { enabled: true, kmsKeyArn: "$key" },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      replicas: [
        {
          regionName: "eu-west-1",
          kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/5f4dcc3b-0000-4000-8000-000000000001",
          pointInTimeRecovery: true,
        },
      ],
    },
    alone: { billingMode: "PROVISIONED", readCapacity: 1, writeCapacity: 1, replicas: undefined },
    wrong: [
      ["require-table-recovery", { "pointInTimeRecovery.enabled": false }],
      ["require-table-recovery", { pointInTimeRecovery: undefined }],
      ["require-table-deletion-protection", { deletionProtectionEnabled: undefined }],
      ["require-table-replica-recovery", { "replicas[0].pointInTimeRecovery": undefined }],
      ["require-table-replica-customer-managed-key", { "replicas[0].kmsKeyArn": undefined }],
      ["require-table-customer-managed-key", { serverSideEncryption: undefined }],
    ],
  },
  {
    type: "aws:dynamodb/tableReplica:TableReplica",
    right: {
      globalTableArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
      kmsKeyArn: "$key",
      pointInTimeRecovery: true,
    },
    wrong: [
      ["require-table-replica-recovery", { pointInTimeRecovery: undefined }],
      ["require-table-replica-customer-managed-key", { kmsKeyArn: undefined }],
    ],
  },
  {
    type: "aws:dax/cluster:Cluster",
    right: {
      clusterName: "orders",
      iamRoleArn: "$role",
      nodeType: "dax.t3.small",
      replicationFactor: 3,
      serverSideEncryption: { enabled: true },
      clusterEndpointEncryptionType: "TLS",
    },
    wrong: [
      ["require-accelerator-encryption", { serverSideEncryption: undefined }],
      ["require-accelerator-tls", { clusterEndpointEncryptionType: undefined }],
      ["require-accelerator-nodes", { replicationFactor: 1 }],
    ],
  },
  {
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    right: {
      description: "a cache",
      nodeType: "cache.t4g.small",
      engine: "redis",
      engineVersion: "7.1",
      atRestEncryptionEnabled: true,
      kmsKeyId: "$key",
      transitEncryptionEnabled: true,
      subnetGroupName: "isolated",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      snapshotRetentionLimit: 1,
      userGroupIds: ["services"],
      logDeliveryConfigurations: [
        { destination: "/cache", destinationType: "cloudwatch-logs", logFormat: "json", logType: "slow-log" },
      ],
    },
    wrong: [
      ["require-cache-snapshots", { snapshotRetentionLimit: 0 }],
      ["require-cache-failover", { automaticFailoverEnabled: false, multiAzEnabled: undefined }],
      ["require-cache-two-zones", { multiAzEnabled: undefined }],
      ["require-minor-upgrades", { autoMinorVersionUpgrade: false }],
      ["require-cache-authentication", { userGroupIds: undefined }],
      ["require-cache-log", { logDeliveryConfigurations: undefined }],
      ["require-cache-encryption-at-rest", { atRestEncryptionEnabled: undefined }],
      ["require-cache-encryption-in-transit", { transitEncryptionEnabled: false }],
    ],
  },
  {
    type: "aws:elasticache/cluster:Cluster",
    right: { replicationGroupId: "cache" },
    wrong: [
      ["require-minor-upgrades", { autoMinorVersionUpgrade: "false" }],
      [
        "require-cache-snapshots",
        { replicationGroupId: undefined, engine: "redis", nodeType: "cache.t4g.small", numCacheNodes: 1 },
      ],
    ],
  },
  {
    type: "aws:elasticache/serverlessCache:ServerlessCache",
    right: {
      engine: "valkey",
      kmsKeyId: "$key",
      subnetIds: "$subnets",
      snapshotRetentionLimit: 1,
      userGroupId: "services",
    },
    wrong: [
      ["require-cache-snapshots", { snapshotRetentionLimit: undefined }],
      ["require-cache-authentication", { userGroupId: undefined }],
    ],
  },
  {
    type: "aws:elasticache/subnetGroup:SubnetGroup",
    right: { subnetIds: "$subnets" },
    wrong: [["require-database-two-subnets", { subnetIds: ["$subnet"] }]],
  },
  {
    type: "aws:memorydb/subnetGroup:SubnetGroup",
    right: { subnetIds: "$subnets" },
    wrong: [["require-database-two-subnets", { subnetIds: ["$subnet"] }]],
  },
  {
    type: "aws:memorydb/cluster:Cluster",
    right: {
      aclName: "services",
      nodeType: "db.t4g.small",
      kmsKeyArn: "$key",
      subnetGroupName: "isolated",
      snapshotRetentionLimit: 1,
    },
    wrong: [
      ["require-cache-snapshots", { snapshotRetentionLimit: undefined }],
      ["require-minor-upgrades", { autoMinorVersionUpgrade: false }],
      ["disallow-open-cache-acl", { aclName: "open-access" }],
      ["require-cache-encryption-in-transit", { tlsEnabled: false }],
    ],
  },
  {
    type: "aws:memorydb/snapshot:Snapshot",
    right: { clusterName: "memory", kmsKeyArn: "$key" },
    wrong: [["require-snapshot-copy-customer-managed-key", { kmsKeyArn: undefined }]],
  },
  {
    type: "aws:redshift/cluster:Cluster",
    right: {
      clusterIdentifier: "house-1",
      nodeType: "ra3.large",
      masterUsername: "keeper",
      manageMasterPassword: true,
      skipFinalSnapshot: true,
      encrypted: true,
      kmsKeyId: "$key",
      clusterSubnetGroupName: "isolated",
      enhancedVpcRouting: true,
      automatedSnapshotRetentionPeriod: 7,
    },
    wrong: [
      ["require-warehouse-upgrades", { allowVersionUpgrade: false }],
      ["require-warehouse-snapshots", { automatedSnapshotRetentionPeriod: 0 }],
      ["require-warehouse-snapshots-of-a-week", { automatedSnapshotRetentionPeriod: 1 }],
      ["require-warehouse-vpc-routing", { enhancedVpcRouting: undefined }],
      ["require-warehouse-subnet-group", { clusterSubnetGroupName: undefined }],
      [
        "require-managed-database-password",
        { manageMasterPassword: undefined, masterPassword: "not-a-secret-in-a-test" },
      ],
      ["require-warehouse-encryption", { encrypted: undefined }],
      ["disallow-public-database", { publiclyAccessible: true }],
    ],
    beside: [
      {
        type: "aws:redshift/logging:Logging",
        names: "clusterIdentifier",
        props: { bucketName: "logs", logDestinationType: "s3" },
      },
    ],
  },
  {
    type: "aws:redshift/parameterGroup:ParameterGroup",
    right: {
      family: "redshift-1.0",
      parameters: [
        { name: "require_ssl", value: "true" },
        { name: "enable_user_activity_logging", value: "true" },
      ],
    },
    wrong: [
      ["require-warehouse-tls", { "parameters[0].value": "false" }],
      ["require-warehouse-activity-log", { "parameters[1].value": "false" }],
    ],
  },
  {
    type: "aws:redshift/snapshotCopyGrant:SnapshotCopyGrant",
    right: { snapshotCopyGrantName: "grant", kmsKeyId: "$key" },
    wrong: [["require-snapshot-copy-customer-managed-key", { kmsKeyId: undefined }]],
  },
  {
    type: "aws:redshiftserverless/namespace:Namespace",
    right: { namespaceName: "house", kmsKeyId: "$key", logExports: ["connectionlog", "userlog", "useractivitylog"] },
    wrong: [
      ["require-serverless-warehouse-customer-managed-key", { kmsKeyId: undefined }],
      ["require-serverless-warehouse-log", { logExports: ["useractivitylog"] }],
    ],
  },
  {
    type: "aws:redshiftserverless/workgroup:Workgroup",
    right: { namespaceName: "house", workgroupName: "house-1", enhancedVpcRouting: true },
    wrong: [["require-warehouse-vpc-routing", { enhancedVpcRouting: undefined }]],
  },
  {
    type: "aws:timestreamwrite/database:Database",
    right: { databaseName: "metrics", kmsKeyId: "$key" },
    wrong: [["require-time-series-customer-managed-key", { kmsKeyId: undefined }]],
  },
  ...["opensearch", "elasticsearch"].map((module): Case => ({
    type: `aws:${module}/domain:Domain`,
    right: {
      encryptAtRest: { enabled: true, kmsKeyId: "$key" },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
      vpcOptions: { subnetIds: "$subnets" },
      advancedSecurityOptions: { enabled: true, masterUserOptions: { masterUserArn: "$role" } },
      clusterConfig: {
        instanceType: "m6g.large.search",
        instanceCount: 3,
        zoneAwarenessEnabled: true,
        dedicatedMasterEnabled: true,
        dedicatedMasterCount: 3,
        dedicatedMasterType: "m6g.large.search",
      },
      logPublishingOptions: [
        { logType: "AUDIT_LOGS", cloudwatchLogGroupArn: "$logs" },
        { logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: "$logs" },
      ],
      ...(module === "opensearch" && { softwareUpdateOptions: { autoSoftwareUpdateEnabled: true } }),
    },
    wrong: [
      ["require-search-domain-nodes", { "clusterConfig.instanceCount": 1 }],
      ["require-search-domain-zones", { "clusterConfig.zoneAwarenessEnabled": undefined }],
      [
        "require-search-domain-masters",
        {
          "clusterConfig.dedicatedMasterEnabled": undefined,
          "clusterConfig.dedicatedMasterCount": undefined,
          "clusterConfig.dedicatedMasterType": undefined,
        },
      ],
      ["require-search-domain-three-masters", { "clusterConfig.dedicatedMasterCount": 2 }],
      ["require-search-domain-vpc", { vpcOptions: undefined }],
      ["require-search-domain-access-control", { advancedSecurityOptions: undefined }],
      ["require-search-domain-log", { logPublishingOptions: undefined }],
      ["require-search-domain-audit-log", { "logPublishingOptions[0].logType": "INDEX_SLOW_LOGS" }],
      ["require-search-domain-customer-managed-key", { "encryptAtRest.kmsKeyId": undefined }],
      ["require-search-domain-encryption", { "domainEndpointOptions.enforceHttps": false }],
      ...(module === "opensearch"
        ? ([["require-search-domain-updates", { softwareUpdateOptions: undefined }]] as const)
        : []),
    ],
  })),
  {
    type: "aws:dms/replicationInstance:ReplicationInstance",
    right: {
      replicationInstanceClass: "dms.t3.small",
      replicationInstanceId: "mover-1",
      autoMinorVersionUpgrade: true,
      kmsKeyArn: "$key",
    },
    wrong: [
      ["require-minor-upgrades-turned-on", { autoMinorVersionUpgrade: undefined }],
      ["require-replication-customer-managed-key", { kmsKeyArn: undefined }],
      ["disallow-public-database", { publiclyAccessible: true }],
    ],
  },
  {
    type: "aws:dms/endpoint:Endpoint",
    right: {
      endpointId: "orders",
      endpointType: "source",
      engineName: "postgres",
      serverName: "orders.example.com",
      port: 5432,
      databaseName: "orders",
      sslMode: "require",
      kmsKeyArn: "$key",
    },
    wrong: [
      ["require-migration-tls", { sslMode: "none" }],
      ["require-replication-customer-managed-key", { kmsKeyArn: undefined }],
    ],
  },
];
