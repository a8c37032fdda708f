// Buckets, file systems, search and backups.
import type { Facts, TypeFacts } from "./facts";

/** What a setting of a bucket says of that; two types bear most settings' names. */
const ofBucket = (
  name: string,
  facts: Omit<TypeFacts, "forms" | "replaces" | "lengths"> & Partial<TypeFacts>,
): Facts => {
  const whole: TypeFacts = {
    ...facts,
    replaces: ["bucket", "expectedBucketOwner", ...(facts.replaces ?? [])],
    forms: { ...facts.forms, account: ["expectedBucketOwner"] },
    lengths: { ...facts.lengths, bucket: [1, 63] },
  };
  const [module = "", type = ""] = name.split(":");
  return { [`aws:s3/${module}:${type}`]: whole, [`aws:s3/${module}V2:${type}V2`]: whole };
};

const SWITCH = ["Enabled", "Disabled"];

export const storage: Facts = {
  ...ofBucket("bucketVersioning:BucketVersioning", {
    source: "s3/bucket_versioning.go",
    values: {
      "versioningConfiguration.mfaDelete": ["Enabled", "Disabled"],
      "versioningConfiguration.status": ["Enabled", "Suspended", "Disabled"],
    },
  }),
  "aws:s3/bucket:Bucket": {
    source: "s3/bucket.go",
    replaces: [
      "bucket",
      "bucketNamespace",
      "bucketPrefix",
      "objectLockConfiguration.objectLockEnabled",
      "objectLockEnabled",
    ],
    forms: {
      account: ["replicationConfiguration.rules.destination.accountId"],
      arn: ["replicationConfiguration.rules.destination.bucket"],
      json: ["policy"],
    },
    ranges: {
      "lifecycleRules.expiration.days": [0],
      "lifecycleRules.noncurrentVersionExpiration.days": [1],
      "lifecycleRules.noncurrentVersionTransitions.days": [0],
      "lifecycleRules.transitions.days": [0],
      "objectLockConfiguration.rule.defaultRetention.days": [1],
      "objectLockConfiguration.rule.defaultRetention.years": [1],
      "replicationConfiguration.rules.destination.metrics.minutes": [10, 15],
      "replicationConfiguration.rules.destination.replicationTime.minutes": [15, 15],
    },
    lengths: { bucket: [0, 63], bucketPrefix: [0, 37], "lifecycleRules.id": [0, 255] },
    values: {
      accelerationStatus: ["Enabled", "Suspended"],
      "grants.permissions": ["FULL_CONTROL", "WRITE", "WRITE_ACP", "READ", "READ_ACP"],
      "grants.type": ["CanonicalUser", "Group"],
      "objectLockConfiguration.objectLockEnabled": ["Enabled"],
      "objectLockConfiguration.rule.defaultRetention.mode": ["GOVERNANCE", "COMPLIANCE"],
      "replicationConfiguration.rules.deleteMarkerReplicationStatus": ["Enabled"],
      "replicationConfiguration.rules.status": ["Enabled", "Disabled"],
    },
    conflicts: [
      ["acl", "grants"],
      ["bucket", "bucketPrefix"],
    ],
  },
  "aws:efs/fileSystem:FileSystem": {
    source: "efs/file_system.go",
    replaces: ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"],
    forms: { arn: ["kmsKeyId"] },
    lengths: { creationToken: [0, 64] },
    items: { lifecyclePolicies: [0, 3] },
    values: {
      "lifecyclePolicies.transitionToPrimaryStorageClass": ["AFTER_1_ACCESS"],
      performanceMode: ["generalPurpose", "maxIO"],
      "protection.replicationOverwrite": ["ENABLED", "DISABLED"],
      throughputMode: ["bursting", "provisioned", "elastic"],
    },
  },
  "aws:opensearch/domain:Domain": {
    source: "opensearch/domain.go",
    replaces: ["domainName", "encryptAtRest.kmsKeyId", "vpcOptions#"],
    forms: {
      arn: [
        "advancedSecurityOptions.masterUserOptions.masterUserArn",
        "cognitoOptions.roleArn",
        "domainEndpointOptions.customEndpointCertificateArn",
        "identityCenterOptions.identityCenterInstanceArn",
        "logPublishingOptions.cloudwatchLogGroupArn",
      ],
      json: ["accessPolicies"],
      timestamp: ["autoTuneOptions.maintenanceSchedules.startAt"],
    },
    ranges: { "clusterConfig.warmCount": [2, 150], "ebsOptions.throughput": [125] },
    patterns: { domainName: "^[a-z][0-9a-z\\-]{2,27}$" },
    values: {
      "autoTuneOptions.desiredState": ["ENABLED", "DISABLED"],
      "autoTuneOptions.maintenanceSchedules.duration.unit": ["HOURS"],
      "autoTuneOptions.rollbackOnDisable": ["NO_ROLLBACK", "DEFAULT_ROLLBACK"],
      "clusterConfig.zoneAwarenessConfig.availabilityZoneCount": ["2", "3"],
      "ebsOptions.volumeType": ["standard", "gp2", "io1", "gp3"],
      ipAddressType: ["ipv4", "dualstack"],
      "logPublishingOptions.logType": ["INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS", "AUDIT_LOGS"],
    },
  },

  ...ofBucket("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
    source: "s3/bucket_server_side_encryption_configuration.go",
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    source: "s3/bucket_ownership_controls.go",
    replaces: ["bucket"],
    lengths: { bucket: [1] },
    values: { "rule.objectOwnership": ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"] },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    source: "s3/bucket_policy.go",
    replaces: ["bucket"],
    forms: { json: ["policy"] },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    source: "s3/bucket_public_access_block.go",
    replaces: ["bucket"],
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    source: "s3/object.go",
    replaces: ["bucket", "key"],
    forms: { arn: ["kmsKeyId"], timestamp: ["objectLockRetainUntilDate"] },
    lengths: { key: [1] },
    values: {
      acl: [
        ...["private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read"],
        "bucket-owner-full-control",
      ],
      objectLockLegalHoldStatus: ["ON", "OFF"],
      objectLockMode: ["GOVERNANCE", "COMPLIANCE"],
    },
    conflicts: [
      ["content", "contentBase64", "source"],
      ["contentBase64", "source"],
      ["etag", "kmsKeyId"],
    ],
  },
  "aws:backup/plan:Plan": {
    source: "backup/plan.go",
    replaces: ["name"],
    forms: { arn: ["rules.copyActions.destinationVaultArn"] },
    lengths: { "rules.ruleName": [1, 50], "rules.targetVaultName": [2, 50] },
    patterns: { "rules.ruleName": "^[0-9A-Za-z_.-]+$", "rules.targetVaultName": "^[0-9A-Za-z_-]+$" },
  },
  "aws:backup/vault:Vault": {
    source: "backup/vault.go",
    replaces: ["kmsKeyArn", "name"],
    forms: { arn: ["kmsKeyArn"] },
    lengths: { name: [2, 50] },
    patterns: { name: "^[0-9A-Za-z_-]*$" },
  },

  ...ofBucket("bucketAccelerateConfiguration:BucketAccelerateConfiguration", {
    source: "s3/bucket_accelerate_configuration.go",
    values: { status: ["Enabled", "Suspended"] },
  }),
  ...ofBucket("bucketAcl:BucketAcl", {
    source: "s3/bucket_acl.go",
    values: {
      "accessControlPolicy.grants.permission": ["FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP"],
      acl: [
        ...["private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read"],
        "log-delivery-write",
      ],
    },
    oneOf: [["accessControlPolicy", "acl"]],
  }),
  ...ofBucket("bucketCorsConfiguration:BucketCorsConfiguration", {
    source: "s3/bucket_cors_configuration.go",
    lengths: { "corsRules.id": [0, 255] },
    items: { corsRules: [1, 100] },
  }),
  ...ofBucket("bucketLogging:BucketLogging", {
    source: "s3/bucket_logging.go",
    oneOf: [["targetObjectKeyFormat.partitionedPrefix", "targetObjectKeyFormat.simplePrefix"]],
  }),
  ...ofBucket("bucketObjectLockConfiguration:BucketObjectLockConfiguration", {
    source: "s3/bucket_object_lock_configuration.go",
    replaces: ["objectLockEnabled"],
    values: { objectLockEnabled: ["Enabled"] },
    conflicts: [["rule.defaultRetention.days", "rule.defaultRetention.years"]],
  }),
  ...ofBucket("bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration", {
    source: "s3/bucket_request_payment_configuration.go",
    values: { payer: ["BucketOwner", "Requester"] },
  }),
  ...ofBucket("bucketWebsiteConfiguration:BucketWebsiteConfiguration", {
    source: "s3/bucket_website_configuration.go",
    forms: { json: ["routingRuleDetails"] },
    conflicts: [
      ["redirectAllRequestsTo", "errorDocument", "indexDocument", "routingRuleDetails", "routingRules"],
      ["routingRuleDetails", "routingRules"],
    ],
  }),
  "aws:s3/bucketNotification:BucketNotification": { source: "s3/bucket_notification.go", replaces: ["bucket"] },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    source: "s3/bucket_replication_configuration.go",
    replaces: ["bucket"],
    forms: {
      account: ["rules.destination.account"],
      arn: ["role", "rules.destination.bucket", "rules.destination.encryptionConfiguration.replicaKmsKeyId"],
    },
    ranges: {
      "rules.destination.metrics.eventThreshold.minutes": [0],
      "rules.destination.replicationTime.time.minutes": [0],
    },
    lengths: {
      ...{ bucket: [1, 63], "rules.filter.and.prefix": [0, 1024], "rules.filter.prefix": [0, 1024] },
      ...{ "rules.id": [0, 255], "rules.prefix": [0, 1024] },
    },
    items: { rules: [1, 1000] },
    values: {
      "rules.deleteMarkerReplication.status": SWITCH,
      "rules.destination.accessControlTranslation.owner": ["Destination"],
      "rules.destination.metrics.status": SWITCH,
      "rules.destination.replicationTime.status": SWITCH,
      "rules.existingObjectReplication.status": SWITCH,
      "rules.sourceSelectionCriteria.replicaModifications.status": SWITCH,
      "rules.sourceSelectionCriteria.sseKmsEncryptedObjects.status": SWITCH,
      "rules.status": SWITCH,
    },
  },
};
