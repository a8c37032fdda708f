import { referred } from "../relations";
import type { StackRule, StackResource, Stack, Finding } from "../rule";
import { at, isList, isMissing, textOf, UNKNOWN } from "../value";
import { BUCKETS, companions, logTargets } from "./buckets";
import { isOwnKey } from "./keys";

const CONFIGURATIONS = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];
const REQUIRED = "aws:kms with the key of the account's own (customer managed)";

export const requireBucketCustomerManagedKey: StackRule = {
  id: "require-bucket-customer-managed-key",
  title: "Buckets are encrypted with a key of the account's own",
  description:
    "A bucket encrypts new objects with a customer managed key, set on the bucket or beside it. Buckets that take access logs of load balancers or of S3 are left out: those services write under S3's key only.",
  severity: "high",
  controls: ["PCI-DSS-4.0 3.5.1", "NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation:
    "add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and kmsMasterKeyId of a customer managed key",
  appliesTo: BUCKETS,
  checkStack(stack, report) {
    const beside = stack.ofType(...CONFIGURATIONS);
    for (const configuration of beside) judge(stack, configuration, "rules", report);
    for (const bucket of stack.ofType(...BUCKETS)) {
      const inline = at(bucket.given, "serverSideEncryptionConfiguration");
      const configured = companions(stack, bucket, ...CONFIGURATIONS).length > 0;
      // The provider reports the bucket's default as if it were written inline, so what stands beside it counts first.
      if (configured || logTargets(stack, bucket) || inline === UNKNOWN) continue;
      if (isMissing(inline)) {
        report(bucket, { path: "serverSideEncryptionConfiguration", found: inline, required: REQUIRED });
      } else judge(stack, bucket, listed(bucket, "serverSideEncryptionConfiguration") + ".rule", report);
    }
  },
};

function listed(resource: StackResource, path: string): string {
  return isList(at(resource.props, path)) ? `${path}[0]` : path;
}

/** Judges the default encryption below a path, given as a rule or as a list of rules. */
function judge(
  stack: Stack,
  holder: StackResource,
  path: string,
  report: (resource: StackResource, finding: Finding) => void,
): void {
  const buckets = referred(stack, holder, "bucket", stack.ofType(...BUCKETS));
  if (buckets.some(({ to }) => logTargets(stack, to))) return;
  const rule = listed(holder, path);
  const byDefault = listed(holder, `${rule}.applyServerSideEncryptionByDefault`);
  const algorithm = at(holder.props, `${byDefault}.sseAlgorithm`);
  if (algorithm !== UNKNOWN && !["aws:kms", "aws:kms:dsse"].includes(textOf(algorithm))) {
    report(holder, { path: `${byDefault}.sseAlgorithm`, found: algorithm, required: REQUIRED });
    return;
  }
  const key = at(holder.props, `${byDefault}.kmsMasterKeyId`);
  if (!isOwnKey(key)) report(holder, { path: `${byDefault}.kmsMasterKeyId`, found: key, required: REQUIRED });
}
