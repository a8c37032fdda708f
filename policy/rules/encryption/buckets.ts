// Shared by the bucket rules: the types, and the separate resources that configure a bucket.
import { type Link, referred, refers } from "../relations";
import type { Stack, StackResource } from "../rule";

/** Types of general purpose buckets. */
export const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

const LOAD_BALANCERS = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
];

/** Resources of the given types whose `bucket` is, or may be, this one. */
export function companions(
  stack: Stack,
  bucket: StackResource,
  ...types: readonly string[]
): readonly { readonly companion: StackResource; readonly link: Exclude<Link, "no"> }[] {
  return stack
    .ofType(...types)
    .flatMap((companion) => referred(stack, companion, "bucket", [bucket]).map(({ link }) => ({ companion, link })));
}

/**
 * Whether a service that can't write to a bucket under a key of the account's own delivers its logs there: a load
 * balancer's access logs and S3's own take only keys that S3 manages.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function logTargets(stack: Stack, bucket: StackResource): boolean {
  const deliver = (types: readonly string[], path: string) =>
    stack.ofType(...types).some((source) => refers(stack, source, path, bucket) !== "no");
  return (
    deliver(LOAD_BALANCERS, "accessLogs.bucket") ||
    deliver(["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"], "targetBucket")
  );
}
