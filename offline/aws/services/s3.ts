// S3: buckets, their settings and objects.
import type { Card, Cards } from "../card";
import type { Existing } from "../../providers/core/record";
import type { NewResource, Constraint } from "../../providers/core/rules";
import { plainAll } from "../../providers/core/values";
import type { World } from "../../providers/core/world";
import { dnsSuffix, physicalName } from "../identifiers";
import { failure, objectAt } from "../inputs";
import { bucket, key } from "../references";

const bucketName = (resource: NewResource): string => physicalName(resource, "bucket").toLowerCase();

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketNameForm: Constraint = function* ({ text }) {
  const name = text("bucket");
  if (name === undefined) return;
  const formed =
    /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/.test(name) && !name.includes("..") && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!formed || name.startsWith("xn--") || name.endsWith("-s3alias"))
    yield failure("bucket", `"${name}" is no bucket name: 3 to 63 lower-case letters, digits, hyphens and single dots`);
};

type Undeletable = (existing: Existing, world: World) => string | undefined;

const withObjects: Undeletable = (existing, world) => {
  const held = ["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"].flatMap((type) =>
    world.users(existing, type),
  );
  return held.length === 0 || plainAll(existing.inputs).forceDestroy === true
    ? undefined
    : `it is not empty (BucketNotEmpty): it holds ${held.length} objects, such as "${held[0]?.id ?? ""}": delete them, or set forceDestroy to true and update first`;
};

/** A bucket's companion is known by the bucket's name. */
const companion: Card = {
  id: (resource) => resource.text("bucket"),
  replaces: "bucket expectedBucketOwner",
  autoname: false,
};

/** One key in two buckets is two objects. */
const object: Card = {
  id: (resource) => `${resource.text("bucket")}/${resource.text("key")}`,
  replaces: "bucket key",
};

/** internal/service/s3/bucket_versioning.go */
const versioning: Constraint = function* ({ inputs, olds }) {
  const [before, now] = [olds ?? {}, inputs].map((values) => objectAt(values, "versioningConfiguration").status);
  if (now === "Disabled" && (before === "Enabled" || before === "Suspended"))
    yield failure("versioningConfiguration.status", `can't go from "${before}" to "Disabled": set it to "Suspended"`);
};

export const cards: Cards = {
  "aws:s3/bucket:Bucket": {
    source: "s3/bucket.go",
    id: bucketName,
    autoname: { property: "bucket", limit: 63, lower: true },
    computed: {
      arn: (resource) => `arn:${resource.partition}:s3:::${resource.id}`,
      bucketDomainName: (resource) => `${resource.id}.s3.${dnsSuffix(resource.partition)}`,
      bucketRegionalDomainName: (resource) => `${resource.id}.s3.${resource.region}.${dnsSuffix(resource.partition)}`,
      bucketRegion: (resource) => resource.region,
      hostedZoneId: "Z3AQBSTGFYJSTF",
      websiteDomain: "",
      websiteEndpoint: "",
      requestPayer: "BucketOwner",
      serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } },
      versioning: { enabled: false, mfaDelete: false },
    },
    defaults: { forceDestroy: false, objectLockEnabled: false },
    policies: { policy: "resource" },
    replaces: `
      bucket bucketNamespace bucketPrefix objectLockConfiguration.objectLockEnabled objectLockEnabled
    `,
    constraints: [bucketNameForm],
    undeletable: withObjects,
    drift: "deleted",
    holds: "objects",
  },
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": {
    source: "s3/bucket_accelerate_configuration.go",
    ...companion,
    references: { bucket },
  },
  "aws:s3/bucketAcl:BucketAcl": {
    source: "s3/bucket_acl.go",
    ...companion,
    references: { bucket },
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
    source: "s3/bucket_cors_configuration.go",
    ...companion,
    references: { bucket },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    ...companion,
    references: { bucket },
  },
  "aws:s3/bucketLogging:BucketLogging": {
    source: "s3/bucket_logging.go",
    ...companion,
    references: { bucket },
  },
  "aws:s3/bucketNotification:BucketNotification": {
    source: "s3/bucket_notification.go",
    ...companion,
    references: { bucket },
    replaces: "bucket",
  },
  "aws:s3/bucketObject:BucketObject": {
    ...object,
    references: { bucket },
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    source: "s3/bucket_object_lock_configuration.go",
    ...companion,
    references: { bucket },
    replaces: "bucket expectedBucketOwner objectLockEnabled",
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    source: "s3/object.go",
    ...object,
    references: { bucket },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    source: "s3/bucket_ownership_controls.go",
    ...companion,
    references: { bucket },
    replaces: "bucket",
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    source: "s3/bucket_policy.go",
    ...companion,
    references: { bucket },
    policies: { policy: "resource" },
    replaces: "bucket",
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    source: "s3/bucket_public_access_block.go",
    ...companion,
    references: { bucket },
    replaces: "bucket",
  },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    source: "s3/bucket_replication_configuration.go",
    ...companion,
    references: { bucket },
    roles: { role: "s3" },
    replaces: "bucket",
  },
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": {
    source: "s3/bucket_request_payment_configuration.go",
    ...companion,
    references: { bucket },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    source: "s3/bucket_server_side_encryption_configuration.go",
    ...companion,
    references: {
      bucket,
      "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId": key,
    },
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    source: "s3/bucket_versioning.go",
    ...companion,
    references: { bucket },
    replaces: "bucket expectedBucketOwner",
    constraints: [versioning],
  },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
    source: "s3/bucket_website_configuration.go",
    ...companion,
    references: { bucket },
  },
};
