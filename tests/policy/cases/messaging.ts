// Brokers, streams, buckets, file systems and volumes.
import type { Case } from "./case";

const file = (name: string, more: object): Case => ({
  type: `aws:fsx/${name}`,
  right: { kmsKeyId: "$key", ...more },
  wrong: [["require-shared-storage-customer-managed-key", { kmsKeyId: undefined }]],
});

export const messagingCases: readonly Case[] = [
  {
    type: "aws:mq/broker:Broker",
    right: {
      brokerName: "broker-1",
      engineType: "ActiveMQ",
      engineVersion: "5.18",
      hostInstanceType: "mq.m5.large",
      autoMinorVersionUpgrade: true,
      deploymentMode: "ACTIVE_STANDBY_MULTI_AZ",
      subnetIds: "$subnets",
      logs: { general: true, audit: true },
      encryptionOptions: { useAwsOwnedKey: false, kmsKeyId: "$key" },
      users: [{ username: "keeper", password: "a-long-password" }],
    },
    wrong: [
      ["require-broker-log", { "logs.general": false }],
      ["require-broker-audit-log", { "logs.audit": undefined }],
      ["require-minor-upgrades-turned-on", { autoMinorVersionUpgrade: undefined }],
      ["require-broker-standby", { deploymentMode: undefined, subnetIds: ["$subnet"] }],
      ["require-message-broker-customer-managed-key", { encryptionOptions: undefined }],
      ["require-current-broker", { engineVersion: "5.15.0" }],
      ["disallow-public-database", { publiclyAccessible: true }],
    ],
  },
  {
    type: "aws:msk/cluster:Cluster",
    right: {
      kafkaVersion: "3.6.0",
      numberOfBrokerNodes: 2,
      brokerNodeGroupInfo: { clientSubnets: "$subnets", instanceType: "kafka.m5.large", securityGroups: ["$group"] },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: "$key",
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      clientAuthentication: { sasl: { iam: true } },
      enhancedMonitoring: "PER_TOPIC_PER_BROKER",
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: "/kafka" } } },
    },
    wrong: [
      ["require-kafka-log", { loggingInfo: undefined }],
      ["require-kafka-log", { "loggingInfo.brokerLogs.cloudwatchLogs.enabled": false }],
      ["require-kafka-monitoring", { enhancedMonitoring: "DEFAULT" }],
      ["require-kafka-customer-managed-key", { "encryptionInfo.encryptionAtRestKmsKeyArn": undefined }],
      ["disallow-unauthenticated-kafka", { "clientAuthentication.unauthenticated": true }],
      ["require-kafka-authentication", { clientAuthentication: undefined }],
      [
        "disallow-public-kafka",
        { "brokerNodeGroupInfo.connectivityInfo": { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } } },
      ],
      ["require-broker-transport-encryption", { "encryptionInfo.encryptionInTransit.clientBroker": "TLS_PLAINTEXT" }],
    ],
  },
  {
    type: "aws:kinesis/stream:Stream",
    right: { shardCount: 1, encryptionType: "KMS", kmsKeyId: "$key", retentionPeriod: 168 },
    wrong: [
      ["require-stream-retention", { retentionPeriod: 24 }],
      ["require-stream-encryption", { encryptionType: "NONE", kmsKeyId: undefined }],
    ],
  },
  {
    type: "aws:kinesis/videoStream:VideoStream",
    right: { name: "door", kmsKeyId: "$key" },
    wrong: [["require-video-stream-customer-managed-key", { kmsKeyId: undefined }]],
  },
  {
    type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    right: {
      destination: "extended_s3",
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: "$key" },
      extendedS3Configuration: {
        bucketArn: "arn:aws:s3:::events",
        roleArn: "$role",
        cloudwatchLoggingOptions: { enabled: true, logGroupName: "/firehose", logStreamName: "s3" },
      },
    },
    wrong: [
      ["require-delivery-stream-encryption", { serverSideEncryption: undefined }],
      [
        "require-delivery-stream-customer-managed-key",
        { "serverSideEncryption.keyType": "AWS_OWNED_CMK", "serverSideEncryption.keyArn": undefined },
      ],
      ["require-firehose-log", { "extendedS3Configuration.cloudwatchLoggingOptions": undefined }],
    ],
  },
  ...[
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
  ].map((name): Case => ({
    type: `aws:s3/${name}`,
    right: {
      bucket: "files",
      rules: [
        {
          id: "clean",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    wrong: [
      [
        "require-bucket-upload-cleanup",
        { "rules[0].abortIncompleteMultipartUpload": undefined, "rules[0].expiration": { days: 30 } },
      ],
      ["require-bucket-upload-cleanup", { "rules[0].status": "Disabled" }],
    ],
  })),
  ...["bucketCorsConfiguration:BucketCorsConfiguration", "bucketCorsConfigurationV2:BucketCorsConfigurationV2"].map(
    (name): Case => ({
      type: `aws:s3/${name}`,
      right: {
        bucket: "files",
        corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://shop.example.com"] }],
      },
      wrong: [["disallow-any-origin", { "corsRules[0].allowedOrigins": ["*"] }]],
    }),
  ),
  ...["bucket:Bucket", "bucketV2:BucketV2"].map((name): Case => ({
    type: `aws:s3/${name}`,
    right: {
      corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://shop.example.com"] }],
      lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }],
      versioning: { enabled: true },
      logging: { targetBucket: "files" },
    },
    alone: {
      versioning: undefined,
      logging: undefined,
      lifecycleRules: undefined,
    },
    wrong: [
      ["disallow-any-origin", { "corsRules[0].allowedOrigins": ["*"] }],
      ["disallow-public-bucket-acl", { acl: "public-read-write" }],
    ],
  })),
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    right: { bucket: "files", rule: { objectOwnership: "BucketOwnerEnforced" } },
    wrong: [
      ["require-bucket-owner-enforced", { "rule.objectOwnership": "ObjectWriter" }],
      ["require-bucket-owner-enforced", { "rule.objectOwnership": "BucketOwnerPreferred" }],
    ],
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    right: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    wrong: [
      [
        "require-account-public-access-block",
        {
          blockPublicAcls: undefined,
          blockPublicPolicy: undefined,
          ignorePublicAcls: undefined,
          restrictPublicBuckets: undefined,
        },
      ],
    ],
  },
  {
    type: "aws:s3/accessPoint:AccessPoint",
    right: { bucket: "files" },
    wrong: ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map(
      (flag) => ["disallow-public-access-point", { publicAccessBlockConfiguration: { [flag]: false } }] as const,
    ),
  },
  ...["bucketObject:BucketObject", "bucketObjectv2:BucketObjectv2"].map((name): Case => ({
    type: `aws:s3/${name}`,
    right: { bucket: "files", key: "a", content: "a", kmsKeyId: "$key" },
    wrong: [
      ["require-object-key", { kmsKeyId: undefined }],
      ["require-object-customer-managed-key", { kmsKeyId: undefined, serverSideEncryption: "AES256" }],
    ],
  })),
  {
    type: "aws:s3/objectCopy:ObjectCopy",
    right: { bucket: "files", key: "a", source: "other/a", kmsKeyId: "$key", serverSideEncryption: "aws:kms" },
    wrong: [
      ["require-object-key", { kmsKeyId: undefined }],
      ["require-object-customer-managed-key", { kmsKeyId: undefined, serverSideEncryption: "AES256" }],
    ],
  },
  {
    type: "aws:ebs/volume:Volume",
    right: { availabilityZone: "eu-central-1a", size: 8, encrypted: true, kmsKeyId: "$key" },
    wrong: [
      ["require-volume-customer-managed-key", { kmsKeyId: undefined }],
      ["require-volume-encryption", { encrypted: undefined, kmsKeyId: undefined }],
    ],
    beside: [
      {
        type: "aws:backup/selection:Selection",
        names: "resources",
        by: "arn",
        props: { iamRoleArn: "$role", planId: "plan" },
      },
    ],
  },
  {
    type: "aws:ebs/snapshotCopy:SnapshotCopy",
    right: {
      sourceRegion: "eu-central-1",
      sourceSnapshotId: "snap-0aaaaaaaaaaaaaaaa",
      encrypted: true,
      kmsKeyId: "$key",
    },
    wrong: [["require-snapshot-copy-customer-managed-key", { kmsKeyId: undefined }]],
  },
  {
    type: "aws:ec2/amiCopy:AmiCopy",
    right: { sourceAmiId: "ami-0aaaaaaaaaaaaaaaa", sourceAmiRegion: "eu-central-1", encrypted: true, kmsKeyId: "$key" },
    wrong: [
      ["require-snapshot-copy-customer-managed-key", { kmsKeyId: undefined }],
      ["require-image-encryption", { encrypted: false }],
    ],
  },
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    right: { enabled: true },
    wrong: [["require-default-volume-encryption", { enabled: false }]],
  },
  {
    type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    right: { state: "block-all-sharing" },
    wrong: [["require-public-snapshot-block", { state: "unblocked" }]],
  },
  {
    type: "aws:efs/fileSystem:FileSystem",
    right: { encrypted: true, kmsKeyId: "$key" },
    wrong: [["require-file-system-encryption", { encrypted: undefined, kmsKeyId: undefined }]],
    beside: [
      {
        type: "aws:efs/backupPolicy:BackupPolicy",
        names: "fileSystemId",
        props: { backupPolicy: { status: "ENABLED" } },
      },
    ],
  },
  {
    type: "aws:efs/accessPoint:AccessPoint",
    right: {
      fileSystemId: "fs-0aaaaaaaaaaaaaaaa",
      posixUser: { uid: 1000, gid: 1000 },
      rootDirectory: { path: "/orders" },
    },
    wrong: [
      ["require-file-access-point-user", { posixUser: undefined }],
      ["require-file-access-point-root", { rootDirectory: undefined }],
      ["require-file-access-point-root", { "rootDirectory.path": "/" }],
    ],
  },
  {
    ...file("lustreFileSystem:LustreFileSystem", {
      subnetIds: "$subnet",
      storageCapacity: 1200,
      deploymentType: "PERSISTENT_2",
      perUnitStorageThroughput: 125,
      logConfiguration: { level: "WARN_ERROR" },
    }),
    wrong: [
      ["require-shared-storage-customer-managed-key", { kmsKeyId: undefined }],
      ["require-lustre-log", { logConfiguration: undefined }],
    ],
  },
  file("windowsFileSystem:WindowsFileSystem", {
    subnetIds: ["$subnet"],
    storageCapacity: 300,
    throughputCapacity: 32,
    activeDirectoryId: "d-1234567890",
  }),
  file("ontapFileSystem:OntapFileSystem", {
    subnetIds: ["$subnet"],
    storageCapacity: 1024,
    throughputCapacity: 128,
    deploymentType: "SINGLE_AZ_1",
    preferredSubnetId: "$subnet",
  }),
  file("openZfsFileSystem:OpenZfsFileSystem", {
    subnetIds: ["$subnet"],
    storageCapacity: 64,
    throughputCapacity: 64,
    deploymentType: "SINGLE_AZ_1",
  }),
  {
    type: "aws:backup/plan:Plan",
    right: {
      rules: [
        { ruleName: "daily", targetVaultName: "vault", schedule: "cron(0 12 * * ? *)", lifecycle: { deleteAfter: 35 } },
      ],
    },
    wrong: [["require-backup-end", { "rules[0].lifecycle": undefined }]],
  },
];
