// What an object store takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration, Grant, Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link ObjectStore}. */
export interface ObjectStoreArgs {
  readonly placement: Placement;
  /** Origins whose pages may read and upload (`https://shop.example.com`); never `*`. @default none */
  readonly corsOrigins?: readonly string[];
  /** Age at which versions that were replaced or deleted are gone for good, in whole days. @default "30d" */
  readonly noncurrentVersionExpiration?: Duration;
  /** Age at which objects are deleted, in whole days, by what their names begin with (`{ "results/": "7d" }`). @default none */
  readonly expiresAfter?: Readonly<Record<string, Duration>>;
  /** Whether a bucket with objects, and the key, outlive the stack. @default true */
  readonly protectData?: boolean;
  /** A bucket of the same region and account that server access logs go to. @default no access logs */
  readonly accessLogs?: {
    readonly bucketName: pulumi.Input<string>;
    /** @default the component's name and a slash */
    readonly prefix?: string;
  };
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: {
    readonly key?: EncryptionKeyArgs["transform"];
    readonly bucket?: Transform<aws.s3.BucketArgs>;
    readonly publicAccessBlock?: Transform<aws.s3.BucketPublicAccessBlockArgs>;
    readonly ownershipControls?: Transform<aws.s3.BucketOwnershipControlsArgs>;
    readonly versioning?: Transform<aws.s3.BucketVersioningArgs>;
    readonly encryption?: Transform<aws.s3.BucketServerSideEncryptionConfigurationArgs>;
    readonly lifecycle?: Transform<aws.s3.BucketLifecycleConfigurationArgs>;
    readonly cors?: Transform<aws.s3.BucketCorsConfigurationArgs>;
    readonly logging?: Transform<aws.s3.BucketLoggingArgs>;
    readonly policy?: Transform<aws.s3.BucketPolicyArgs>;
  };
}

/** What an object store offers. */
export interface ObjectStoreOutputs {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** What a service needs to read, write, delete and list objects; the variable holds the bucket's name. */
  grantReadWrite(environmentVariable: string): Grant;
  /** What a service needs to read and list objects; the variable holds the bucket's name. */
  grantRead(environmentVariable: string): Grant;
}
