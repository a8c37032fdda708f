// The bucket's own policy and the rights it hands out. Pure: statements in, statements out.
import type * as pulumi from "@pulumi/pulumi";
import type { Placement, Statement } from "../../kit";
import { denyInsecureTransport, useKeyThrough } from "../kit";

/** A bucket and its key, by ARN. */
export interface BucketArns {
  readonly bucketArn: pulumi.Input<string>;
  readonly objectsArn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
}

/**
 * Refuses plain HTTP, and uploads that ask for another encryption than the bucket's. An upload that asks for none gets
 * the bucket's default, so the statement applies to requests with the header only; `StringNotEquals` alone would also match
 * those without it.
 */
export function bucketStatements({ bucketArn, objectsArn, keyArn }: BucketArns): Statement[] {
  const denyUpload = (Sid: string, StringNotEquals: Record<string, pulumi.Input<string>>): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: objectsArn,
    Condition: { Null: { "s3:x-amz-server-side-encryption": "false" }, StringNotEquals },
  });
  return [
    denyInsecureTransport("s3:*", [bucketArn, objectsArn]),
    denyUpload("DenyOtherEncryption", { "s3:x-amz-server-side-encryption": "aws:kms" }),
    // A request for KMS that names no key would get the account's default key, so a missing name is refused too.
    denyUpload("DenyOtherKey", { "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn }),
  ];
}

/** Rights to read objects, or to write and delete them too; the key answers through S3 only. */
export function accessStatements(
  placement: Placement,
  { bucketArn, objectsArn, keyArn }: BucketArns,
  access: "read" | "read-write",
): Statement[] {
  const write = access === "read-write";
  return [
    { Action: "s3:ListBucket", Resource: bucketArn },
    {
      Action: ["s3:GetObject", ...(write ? ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"] : [])],
      Resource: objectsArn,
    },
    useKeyThrough("s3", placement, keyArn, ["kms:Decrypt", ...(write ? ["kms:GenerateDataKey"] : [])]),
  ];
}
