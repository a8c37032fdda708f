// Buckets, file systems, volumes and vaults: old versions, ends and copies.
import { companionRule, mayBe } from "../companion-rule";
import { given, has, notOff, oneOf } from "../conditions";
import { BUCKETS } from "../encryption/buckets";
import { propertyRule } from "../property-rule";
import { refers } from "../relations";
import type { Rule, Stack, StackResource } from "../rule";
import { at, each, isList, isMissing, isObject, UNKNOWN, type Value } from "../value";

const LIFECYCLES = {
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "bucket",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": "bucket",
};

// The provider reports what a bucket lacks as an empty object.
const givenOf = ({ given: props }: StackResource, path: string): boolean => given.accepts(at(props, path));

export const bucketRules: readonly Rule[] = [
  companionRule({
    id: "require-bucket-versioning",
    title: "Buckets keep old versions",
    description:
      "A bucket keeps the versions of its objects, so that one that was deleted or overwritten can be got back.",
    severity: "medium",
    controls: ["FSBP S3.14", "NIST-800-53 CP-9", "PCI-DSS-4.0 10.5.1"],
    remediation: "add a BucketVersioning with versioningConfiguration.status Enabled",
    holders: BUCKETS,
    companions: {
      "aws:s3/bucketVersioning:BucketVersioning": "bucket",
      "aws:s3/bucketVersioningV2:BucketVersioningV2": "bucket",
    },
    right: (versioning) => mayBe(versioning, "versioningConfiguration.status", "Enabled"),
    inline: (bucket) =>
      [at(bucket.given, "versioning.enabled"), at(bucket.given, "versionings[0].enabled")].some(
        (found) => found === true || found === UNKNOWN,
      ),
    path: "versioning.enabled",
    required: "true, or a BucketVersioning that is enabled",
  }),
  companionRule({
    id: "require-bucket-lifecycle",
    title: "Buckets clean up",
    description: "A bucket has a lifecycle: old versions and broken uploads would stay for ever.",
    severity: "low",
    controls: ["FSBP S3.13", "FSBP S3.10", "NIST-800-53 SI-12"],
    remediation: "add a BucketLifecycleConfiguration",
    holders: BUCKETS,
    companions: LIFECYCLES,
    inline: (bucket) => givenOf(bucket, "lifecycleRules"),
    path: "lifecycleRules",
    required: "a BucketLifecycleConfiguration of the bucket",
  }),
  propertyRule({
    id: "require-bucket-upload-cleanup",
    title: "Broken uploads end",
    description: "A lifecycle aborts uploads that were never completed, which are paid for and never seen.",
    severity: "low",
    controls: ["NIST-800-53 SI-12"],
    remediation: "add abortIncompleteMultipartUpload.daysAfterInitiation to an enabled rule",
    property: {
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "rules",
      "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": "rules",
    },
    must: {
      words: "an enabled rule that aborts incomplete uploads",
      accepts: (rules) =>
        isList(rules) &&
        rules.some((rule) => {
          const days = at(rule, "abortIncompleteMultipartUpload.daysAfterInitiation");
          const status = at(rule, "status");
          return days === UNKNOWN || (!isMissing(days) && status !== "Disabled");
        }),
    },
  }),
  companionRule({
    id: "require-bucket-replication",
    title: "Buckets are copied to another one",
    description: "A bucket replicates its objects, for what has to outlive a region.",
    severity: "low",
    level: "disabled",
    controls: ["FSBP S3.7", "NIST-800-53 CP-6"],
    remediation: "add a BucketReplicationConfig",
    holders: BUCKETS,
    companions: { "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "bucket" },
    inline: (bucket) => givenOf(bucket, "replicationConfiguration"),
    path: "replicationConfiguration",
    required: "a BucketReplicationConfig of the bucket",
  }),
  companionRule({
    id: "require-bucket-object-lock",
    title: "Buckets lock their objects",
    description: "The objects of a bucket can't be deleted for a time, for what the law asks to be kept.",
    severity: "low",
    level: "disabled",
    controls: ["FSBP S3.15", "NIST-800-53 CP-9"],
    remediation: "set objectLockEnabled to true when the bucket is made, and add a BucketObjectLockConfiguration",
    holders: BUCKETS,
    companions: {
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": "bucket",
      "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": "bucket",
    },
    inline: (bucket) => at(bucket.given, "objectLockEnabled") === true || givenOf(bucket, "objectLockConfiguration"),
    path: "objectLockConfiguration",
    required: "an object lock",
  }),
  companionRule({
    id: "require-file-system-backup",
    title: "File systems are backed up",
    description: "An EFS file system has a backup policy, or stands in a selection of a backup plan.",
    severity: "medium",
    controls: ["FSBP EFS.2", "NIST-800-53 CP-9"],
    remediation: "add a BackupPolicy with the status ENABLED",
    holders: ["aws:efs/fileSystem:FileSystem"],
    companions: { "aws:efs/backupPolicy:BackupPolicy": "fileSystemId" },
    right: (policy) => mayBe(policy, "backupPolicy.status", "ENABLED"),
    unless: isSelected,
    path: "backupPolicy",
    required: "a BackupPolicy that is enabled, or a backup selection",
  }),
  companionRule({
    id: "require-volume-backup",
    title: "Volumes are backed up",
    description: "A volume stands in a selection of a backup plan, or a lifecycle policy takes snapshots of it.",
    severity: "low",
    level: "advisory",
    controls: ["FSBP EC2.28", "NIST-800-53 CP-9"],
    remediation: "name the volume in a backup Selection, or give it a tag of a dlm LifecyclePolicy",
    holders: ["aws:ebs/volume:Volume"],
    companions: {},
    unless: (stack, volume) => isSelected(stack, volume) || isSnapshotted(stack, volume),
    path: "backup",
    required: "a backup selection",
  }),
  companionRule({
    id: "require-database-backup-plan",
    title: "Databases stand in a backup plan",
    description: "A database stands in a selection of AWS Backup, beside the backups that it makes itself.",
    severity: "low",
    level: "disabled",
    controls: ["FSBP RDS.26", "FSBP DynamoDB.4", "NIST-800-53 CP-9"],
    remediation: "name the database in a backup Selection",
    holders: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster", "aws:dynamodb/table:Table"],
    companions: {},
    unless: isSelected,
    path: "backup",
    required: "a backup selection",
  }),
  propertyRule({
    id: "require-backup-end",
    title: "Backup plans say how long they keep",
    description: "Each rule of a backup plan says when a backup is deleted.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 SI-12"],
    remediation: "set lifecycle.deleteAfter of the rule",
    property: { "aws:backup/plan:Plan": "rules[*].lifecycle.deleteAfter" },
    must: { words: "a number of days", accepts: (value) => !isMissing(value) },
  }),
  propertyRule({
    id: "require-public-snapshot-block",
    title: "Snapshots of volumes can't be made public",
    description: "The account refuses to share snapshots of volumes with everybody.",
    severity: "high",
    controls: ["FSBP EC2.182", "NIST-800-53 AC-3"],
    remediation: "set state to block-all-sharing",
    property: { "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": "state" },
    must: oneOf("block-all-sharing"),
  }),
  propertyRule({
    id: "require-default-volume-encryption",
    title: "New volumes are encrypted by default",
    description: "The account does not turn the encryption of new volumes off.",
    severity: "high",
    controls: ["CIS-AWS-3.0 2.2.1", "FSBP EC2.7", "NIST-800-53 SC-28"],
    remediation: "leave enabled out, or set it to true",
    property: { "aws:ebs/encryptionByDefault:EncryptionByDefault": "enabled" },
    must: notOff,
  }),
];

/**
 * Whether a lifecycle policy takes snapshots of a volume: it has one of the policy's tags, or the policy is a default one. A policy for instances
 * counts, because it may be the volume's instance that has the tag.
 */
function isSnapshotted(stack: Stack, volume: StackResource): boolean {
  return stack.ofType("aws:dlm/lifecyclePolicy:LifecyclePolicy").some(({ props }) => {
    const tags = at(props, "policyDetails.targetTags");
    const ofVolumes = each(props, "policyDetails.resourceTypes[*]").every(({ value }) => value === "VOLUME");
    if (!ofVolumes || !isObject(tags)) return true;
    const own: readonly Value[] = [at(volume.props, "tags"), at(volume.props, "tagsAll")];
    if (own.some((each) => each === UNKNOWN)) return true;
    return Object.entries(tags).some(([key, value]) =>
      own.some((each) => isObject(each) && (value === UNKNOWN || each[key] === UNKNOWN || each[key] === value)),
    );
  });
}

/** Whether a backup selection names a resource, or picks by tags, which may be its own. */
function isSelected(stack: Stack, resource: StackResource): boolean {
  return stack.ofType("aws:backup/selection:Selection").some((selection) => {
    if (has("selectionTags")(selection.given) || has("conditions")(selection.given)) return true;
    return (
      refers(stack, selection, "resources", resource) !== "no" ||
      each(selection.props, "resources[*]").some(
        ({ value }) => value === "*" || (typeof value === "string" && value.endsWith("*")),
      )
    );
  });
}
