import { refers } from "../relations";
import type { StackRule } from "../rule";
import { deniesInsecureTransport } from "../transport";
import { at, isMissing, type Value } from "../value";
import { BUCKETS } from "./buckets";

/** All of S3's actions, on the bucket and on what is in it. */
const covers = (actions: readonly string[], resources: readonly string[]): boolean =>
  actions.some((action) => action === "s3:*" || action === "*") &&
  resources.some((resource) => resource === "*" || !resource.includes("/")) &&
  resources.some((resource) => resource.endsWith("*"));

export const requireBucketTlsOnlyPolicy: StackRule = {
  id: "require-bucket-tls-only-policy",
  title: "Buckets refuse requests without TLS",
  description: "A bucket's policy denies every request that does not come over TLS.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 2.1.1", "PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation:
    "add to the bucket's policy a Deny for everyone on s3:* of the bucket and its objects, under Bool aws:SecureTransport false",
  appliesTo: BUCKETS,
  checkStack(stack, report) {
    for (const holder of stack.ofType(...BUCKETS)) {
      const policies: readonly Value[] = [
        at(holder.given, "policy"),
        ...stack
          .ofType("aws:s3/bucketPolicy:BucketPolicy")
          .filter((policy) => refers(stack, policy, "bucket", holder) !== "no")
          .map((policy) => at(policy.props, "policy")),
      ];
      if (policies.some((policy) => deniesInsecureTransport(policy, covers) !== "no")) continue;
      report(holder, {
        path: "policy",
        found: policies.find((policy) => !isMissing(policy)),
        required: "a statement that denies requests without TLS",
      });
    }
  },
};
