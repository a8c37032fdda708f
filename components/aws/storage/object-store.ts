// Objects of one owner. The key is the component's own and not S3's, so that reading the bucket takes two rights, and so
// that a bucket opened by mistake still serves nothing.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Grant,
  placementProblems,
  protectedWhen,
  tagged,
  throwIfAny,
  transformed,
  variableProblems,
} from "../../kit";
import { EncryptionKey, policyDocument, placed } from "../kit";
import type { ObjectStoreArgs, ObjectStoreOutputs } from "./args";
import { accessStatements, type BucketArns, bucketStatements } from "./policy";
import { resolveObjectStore, type ResolvedObjectStore, validateObjectStore } from "./resolve";
import { corsRules, lifecycleRules } from "./rules";

const TYPE = "archipelago:storage:ObjectStore";

/**
 * A private, versioned S3 bucket, encrypted with its own key, that takes TLS only. The key costs 1 USD a month, objects
 * about 0.023 USD a GiB and month. No argument replaces the bucket; a new name of the component does.
 *
 * @example
 * const images = new ObjectStore("images", { placement, corsOrigins: ["https://shop.example.com"] });
 */
export class ObjectStore extends pulumi.ComponentResource implements ObjectStoreOutputs {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly bucket: aws.s3.Bucket;
    readonly publicAccessBlock: aws.s3.BucketPublicAccessBlock;
    readonly ownershipControls: aws.s3.BucketOwnershipControls;
    readonly versioning: aws.s3.BucketVersioning;
    readonly encryption: aws.s3.BucketServerSideEncryptionConfiguration;
    readonly lifecycle: aws.s3.BucketLifecycleConfiguration;
    readonly policy: aws.s3.BucketPolicy;
    readonly cors?: aws.s3.BucketCorsConfiguration;
    readonly logging?: aws.s3.BucketLogging;
  };

  constructor(
    private readonly name: string,
    private readonly args: ObjectStoreArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateObjectStore(name, args)]);
    const resolved = resolveObjectStore(args);
    const key = this.createKey(resolved);
    const bucket = this.createBucket(resolved);
    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.keyArn = key.arn;
    const cors = this.createCors(resolved);
    const logging = this.createLogging();
    this.nodes = {
      key,
      bucket,
      ...this.createAccessControls(),
      versioning: this.createVersioning(),
      encryption: this.createEncryption(),
      lifecycle: this.createLifecycle(resolved),
      ...(cors && { cors }),
      ...(logging && { logging }),
    };
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn, keyArn: this.keyArn });
  }

  grantReadWrite(environmentVariable: string): Grant {
    return this.grant(environmentVariable, "read-write");
  }

  grantRead(environmentVariable: string): Grant {
    return this.grant(environmentVariable, "read");
  }

  private grant(environmentVariable: string, access: "read" | "read-write"): Grant {
    throwIfAny(`${TYPE} "${this.name}"`, variableProblems("environmentVariable", environmentVariable));
    const { encryption, versioning, policy, publicAccessBlock, ownershipControls } = this.nodes;
    return {
      statements: accessStatements(this.args.placement, this.arns(), access),
      environment: { [environmentVariable]: this.bucketName },
      // An object that is written before encryption, versioning and the policies are in place would keep its first settings.
      startsAfter: [encryption, versioning, policy, publicAccessBlock, ownershipControls],
    };
  }

  private arns(): BucketArns {
    return {
      bucketArn: this.bucketArn,
      objectsArn: pulumi.interpolate`${this.bucketArn}/*`,
      keyArn: this.keyArn,
    };
  }

  private createKey({ protectData }: ResolvedObjectStore): EncryptionKey {
    const { placement, tags, transform } = this.args;
    return new EncryptionKey(
      this.name,
      {
        placement,
        description: `Objects of ${this.name}`,
        retainOnDelete: protectData,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  private createBucket({ protectData }: ResolvedObjectStore): aws.s3.Bucket {
    const { tags, transform } = this.args;
    return new aws.s3.Bucket(
      ...transformed<aws.s3.BucketArgs>(
        transform?.bucket,
        `${this.name}-bucket`,
        { forceDestroy: !protectData, ...tagged(tags) },
        { parent: this, ...protectedWhen(protectData) },
      ),
    );
  }

  private createAccessControls() {
    const { transform } = this.args;
    const bucket = this.bucketName;
    const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
      ...transformed<aws.s3.BucketPublicAccessBlockArgs>(
        transform?.publicAccessBlock,
        `${this.name}-public-access-block`,
        {
          bucket,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        { parent: this },
      ),
    );
    const ownershipControls = new aws.s3.BucketOwnershipControls(
      ...transformed<aws.s3.BucketOwnershipControlsArgs>(
        transform?.ownershipControls,
        `${this.name}-ownership-controls`,
        { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
        { parent: this },
      ),
    );
    const policy = new aws.s3.BucketPolicy(
      ...transformed<aws.s3.BucketPolicyArgs>(
        transform?.policy,
        `${this.name}-policy`,
        { bucket, policy: policyDocument(bucketStatements(this.arns())) },
        { parent: this },
      ),
    );
    return { publicAccessBlock, ownershipControls, policy };
  }

  private createVersioning(): aws.s3.BucketVersioning {
    return new aws.s3.BucketVersioning(
      ...transformed<aws.s3.BucketVersioningArgs>(
        this.args.transform?.versioning,
        `${this.name}-versioning`,
        { bucket: this.bucketName, versioningConfiguration: { status: "Enabled" } },
        { parent: this },
      ),
    );
  }

  private createEncryption(): aws.s3.BucketServerSideEncryptionConfiguration {
    return new aws.s3.BucketServerSideEncryptionConfiguration(
      ...transformed<aws.s3.BucketServerSideEncryptionConfigurationArgs>(
        this.args.transform?.encryption,
        `${this.name}-encryption`,
        {
          bucket: this.bucketName,
          rules: [
            {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.keyArn },
              bucketKeyEnabled: true,
              // SSE-C: the caller sends the key with each request, so the account can neither rotate nor revoke it.
              blockedEncryptionTypes: ["SSE-C"],
            },
          ],
        },
        { parent: this },
      ),
    );
  }

  private createLifecycle({
    noncurrentVersionDays,
    expiresAfterDays,
  }: ResolvedObjectStore): aws.s3.BucketLifecycleConfiguration {
    return new aws.s3.BucketLifecycleConfiguration(
      ...transformed<aws.s3.BucketLifecycleConfigurationArgs>(
        this.args.transform?.lifecycle,
        `${this.name}-lifecycle`,
        {
          bucket: this.bucketName,
          rules: lifecycleRules(noncurrentVersionDays, expiresAfterDays),
        },
        { parent: this },
      ),
    );
  }

  private createCors({ corsOrigins }: ResolvedObjectStore): aws.s3.BucketCorsConfiguration | undefined {
    if (corsOrigins.length === 0) return undefined;
    return new aws.s3.BucketCorsConfiguration(
      ...transformed<aws.s3.BucketCorsConfigurationArgs>(
        this.args.transform?.cors,
        `${this.name}-cors`,
        {
          bucket: this.bucketName,
          corsRules: corsRules(corsOrigins),
        },
        { parent: this },
      ),
    );
  }

  private createLogging(): aws.s3.BucketLogging | undefined {
    const { accessLogs, transform } = this.args;
    if (!accessLogs) return undefined;
    return new aws.s3.BucketLogging(
      ...transformed<aws.s3.BucketLoggingArgs>(
        transform?.logging,
        `${this.name}-logging`,
        {
          bucket: this.bucketName,
          targetBucket: accessLogs.bucketName,
          targetPrefix: accessLogs.prefix ?? `${this.name}/`,
        },
        { parent: this },
      ),
    );
  }
}
