// Lifecycle rules and CORS rules of a bucket. Pure.
import type * as aws from "@pulumi/aws";

/** Days after which the parts of an upload that was never finished are thrown away. */
const ABANDONED_UPLOAD_DAYS = 7;
/** Seconds that a browser may remember the answer to its preflight request. */
const PREFLIGHT_SECONDS = 3000;

/** Old versions go after some days, what is left of deleted objects and abandoned uploads too, and objects of some prefixes. */
export function lifecycleRules(
  noncurrentVersionDays: number,
  expiresAfterDays: Readonly<Record<string, number>> = {},
): aws.types.input.s3.BucketLifecycleConfigurationRule[] {
  return [
    {
      id: "delete-old-versions",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: noncurrentVersionDays },
      // The marker of a deleted object would stay for ever once its last version is gone.
      expiration: { expiredObjectDeleteMarker: true },
    },
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: ABANDONED_UPLOAD_DAYS },
    },
    ...Object.entries(expiresAfterDays).map(([prefix, days]) => ({
      id: `delete-${prefix.replaceAll("/", "-").replace(/-$/, "")}`,
      status: "Enabled",
      filter: { prefix },
      expiration: { days },
    })),
  ];
}

/** Reading and uploading from the pages of these origins, and no others. */
export function corsRules(origins: readonly string[]): aws.types.input.s3.BucketCorsConfigurationCorsRule[] {
  return [
    {
      allowedOrigins: [...origins],
      allowedMethods: ["GET", "PUT", "POST"],
      allowedHeaders: ["authorization", "content-type", "content-md5", "x-amz-*"],
      exposeHeaders: ["ETag"],
      maxAgeSeconds: PREFLIGHT_SECONDS,
    },
  ];
}
