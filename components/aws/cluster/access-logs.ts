// Every request to the load balancer, kept for a while.
import * as aws from "@pulumi/aws";
import { protectedWhen, transformed } from "../../kit";
import { policyDocument } from "../kit";
import { accessLogStatements } from "./policies";
import type { Scope } from "./scope";

/** The bucket and what guards it. */
export interface AccessLogNodes {
  readonly accessLogBucket: aws.s3.Bucket;
  readonly accessLogPublicAccessBlock: aws.s3.BucketPublicAccessBlock;
  readonly accessLogOwnershipControls: aws.s3.BucketOwnershipControls;
  readonly accessLogVersioning: aws.s3.BucketVersioning;
  readonly accessLogEncryption: aws.s3.BucketServerSideEncryptionConfiguration;
  readonly accessLogLifecycle: aws.s3.BucketLifecycleConfiguration;
  readonly accessLogPolicy: aws.s3.BucketPolicy;
}

/** Creates the bucket of the access logs. */
export function createAccessLogs(scope: Scope): AccessLogNodes {
  const { name, resolved, tags, transform, parent } = scope;
  const accessLogBucket = new aws.s3.Bucket(
    ...transformed<aws.s3.BucketArgs>(
      transform?.accessLogBucket,
      `${name}-access-logs`,
      { forceDestroy: !resolved.protectData, ...tags },
      { parent, ...protectedWhen(resolved.protectData) },
    ),
  );
  return { accessLogBucket, ...createGuards(scope, accessLogBucket), ...createKeeping(scope, accessLogBucket) };
}

function createGuards({ name, placement, transform, parent }: Scope, { bucket, arn }: aws.s3.Bucket) {
  const accessLogPublicAccessBlock = new aws.s3.BucketPublicAccessBlock(
    ...transformed<aws.s3.BucketPublicAccessBlockArgs>(
      transform?.accessLogPublicAccessBlock,
      `${name}-access-logs`,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent },
    ),
  );
  const accessLogOwnershipControls = new aws.s3.BucketOwnershipControls(
    ...transformed<aws.s3.BucketOwnershipControlsArgs>(
      transform?.accessLogOwnershipControls,
      `${name}-access-logs`,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent },
    ),
  );
  const accessLogPolicy = new aws.s3.BucketPolicy(
    ...transformed<aws.s3.BucketPolicyArgs>(
      transform?.accessLogPolicy,
      `${name}-access-logs`,
      { bucket, policy: policyDocument(accessLogStatements(placement, arn)) },
      { parent },
    ),
  );
  return { accessLogPublicAccessBlock, accessLogOwnershipControls, accessLogPolicy };
}

function createKeeping({ name, resolved, transform, parent }: Scope, { bucket }: aws.s3.Bucket) {
  const accessLogVersioning = new aws.s3.BucketVersioning(
    ...transformed<aws.s3.BucketVersioningArgs>(
      transform?.accessLogVersioning,
      `${name}-access-logs`,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      { parent },
    ),
  );
  const accessLogEncryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    ...transformed<aws.s3.BucketServerSideEncryptionConfigurationArgs>(
      transform?.accessLogEncryption,
      `${name}-access-logs`,
      // Load balancers write with S3's own key and no other:
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      { parent },
    ),
  );
  const days = resolved.accessLogRetentionInDays;
  const accessLogLifecycle = new aws.s3.BucketLifecycleConfiguration(
    ...transformed<aws.s3.BucketLifecycleConfigurationArgs>(
      transform?.accessLogLifecycle,
      `${name}-access-logs`,
      {
        bucket,
        rules: [
          {
            id: "expire",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days },
            noncurrentVersionExpiration: { noncurrentDays: 1 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      { parent },
    ),
  );
  return { accessLogVersioning, accessLogEncryption, accessLogLifecycle };
}
