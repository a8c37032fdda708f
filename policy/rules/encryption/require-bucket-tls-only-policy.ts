import { tlsOnlyRule } from "../tls-only";
import { BUCKETS } from "./buckets";

/** All of S3's actions, on the bucket and on what is in it. */
const covers = (actions: readonly string[], resources: readonly string[]): boolean =>
  actions.some((action) => action === "s3:*" || action === "*") &&
  resources.some((resource) => resource === "*" || !resource.includes("/")) &&
  resources.some((resource) => resource.endsWith("*"));

export const requireBucketTlsOnlyPolicy = tlsOnlyRule(
  {
    id: "require-bucket-tls-only-policy",
    title: "Buckets refuse requests without TLS",
    description: "A bucket's policy denies every request that does not come over TLS.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 2.1.1", "PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
    remediation:
      "add to the bucket's policy a Deny for everyone on s3:* of the bucket and its objects, under Bool aws:SecureTransport false",
    appliesTo: BUCKETS,
  },
  { companion: "aws:s3/bucketPolicy:BucketPolicy", link: "bucket", covers },
);
