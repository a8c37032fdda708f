import { requireBucketTlsOnlyPolicy } from "../../../policy/rules/encryption/require-bucket-tls-only-policy";
import { specify } from "../support";
import { tlsOnly } from "../support/tls-only";

specify(
  requireBucketTlsOnlyPolicy,
  tlsOnly({
    holder: "aws:s3/bucket:Bucket",
    policy: "aws:s3/bucketPolicy:BucketPolicy",
    names: "bucket",
    denied: { Action: "s3:*", Resource: ["arn:aws:s3:::it-1", "arn:aws:s3:::it-1/*"] },
  }),
);
