import { BUCKETS, companions } from "../encryption/buckets";
import { isOn } from "../encryption/keys";
import type { StackRule } from "../rule";
import { at } from "../value";

const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const requireBucketPublicAccessBlock: StackRule = {
  id: "require-bucket-public-access-block",
  title: "Buckets can't be made public",
  description: "Each bucket blocks public access in all four ways, by itself or for the whole account.",
  severity: "critical",
  controls: ["CIS-AWS-3.0 2.1.4", "NIST-800-53 AC-3", "NIST-800-53 SC-7"],
  remediation:
    "add a BucketPublicAccessBlock with blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets true",
  // A block may stand in another stack than its bucket.
  appliesTo: [...BUCKETS, BLOCK],
  checkStack(stack, report) {
    const account = stack.ofType("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock");
    const needed = FLAGS.filter((flag) => !account.some(({ props }) => isOn(at(props, flag))));
    if (needed.length === 0) return;
    for (const bucket of stack.ofType(...BUCKETS)) {
      const blocks = companions(stack, bucket, BLOCK);
      if (blocks.length === 0) {
        report(bucket, {
          path: "publicAccessBlock",
          found: undefined,
          required: "a BucketPublicAccessBlock with all four flags",
        });
      }
    }
    for (const block of stack.ofType(BLOCK)) {
      for (const flag of needed) {
        const found = at(block.props, flag);
        if (!isOn(found)) report(block, { path: flag, found, required: "true" });
      }
    }
  },
};
