import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { ObjectStore, type ObjectStoreArgs } from "../../../../components/aws/storage";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { allows, childrenOf, placement } from "../database/support";

const TYPE = "archipelago:storage:ObjectStore";

function deployed(args: Partial<ObjectStoreArgs> = {}) {
  return deploy(() => new ObjectStore("images", { placement, ...args }));
}

describe("storage: ObjectStore", () => {
  let standard: Deployment<ObjectStore>;
  before(async () => {
    standard = await deployed();
  });

  it("creates exactly these children", () => {
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal([
      "Alias images-alias",
      "Bucket images-bucket",
      "BucketLifecycleConfiguration images-lifecycle",
      "BucketOwnershipControls images-ownership-controls",
      "BucketPolicy images-policy",
      "BucketPublicAccessBlock images-public-access-block",
      "BucketServerSideEncryptionConfiguration images-encryption",
      "BucketVersioning images-versioning",
      "EncryptionKey images",
      "Key images-key",
    ]);
  });

  it("configures the bucket exactly so", async () => {
    const bucket = await outputOf(standard.result.bucketName);
    const keyArn = await outputOf(standard.result.keyArn);
    const expected = {
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
        bucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      },
      "aws:s3/bucketVersioning:BucketVersioning": { bucket, versioningConfiguration: { status: "Enabled" } },
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
            bucketKeyEnabled: true,
            blockedEncryptionTypes: ["SSE-C"],
          },
        ],
      },
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        bucket,
        rules: [
          {
            id: "delete-old-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            expiration: { expiredObjectDeleteMarker: true },
          },
          {
            id: "abort-incomplete-uploads",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
    };
    for (const [type, inputs] of Object.entries(expected))
      expect(standard.one(type).inputs, type).to.deep.equal(inputs);
  });

  it("keeps objects unless told otherwise", async () => {
    expect(standard.one("aws:s3/bucket:Bucket").inputs.forceDestroy).to.equal(false);
    expect((await deployed({ protectData: false })).one("aws:s3/bucket:Bucket").inputs.forceDestroy).to.equal(true);
  });

  it("lets pages in by name: the seed's methods and time, not its star", async () => {
    const origins = ["https://shop.example.com"];
    const { inputs } = (await deployed({ corsOrigins: origins })).one(
      "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
    );
    expect(inputs.corsRules).to.deep.equal([
      {
        allowedOrigins: origins,
        allowedMethods: ["GET", "PUT", "POST"],
        allowedHeaders: ["authorization", "content-type", "content-md5", "x-amz-*"],
        exposeHeaders: ["ETag"],
        maxAgeSeconds: 3000,
      },
    ]);
  });

  it("logs access where it is told to", async () => {
    const logging = async (accessLogs: NonNullable<ObjectStoreArgs["accessLogs"]>) => {
      const { bucket, ...target } = (await deployed({ accessLogs })).one("aws:s3/bucketLogging:BucketLogging").inputs;
      expect(bucket).to.match(/^images-bucket/);
      return target;
    };
    expect(await logging({ bucketName: "logs" })).to.deep.equal({ targetBucket: "logs", targetPrefix: "images/" });
    expect(await logging({ bucketName: "logs", prefix: "s3/" })).to.deep.equal({
      targetBucket: "logs",
      targetPrefix: "s3/",
    });
  });

  it("tags every child that takes tags", async () => {
    const deployment = await deployed({ tags: { Service: "product" } });
    const tagged = deployment.resources.filter(({ inputs }) => inputs.tags !== undefined);
    expect(tagged.map(({ name }) => name).sort()).to.deep.equal(["images-bucket", "images-key"]);
  });

  it("leaves every child within reach", async () => {
    const deployment = await deployed({
      transform: {
        versioning: { mfa: "serial code" },
        lifecycle: (args) => {
          args.rules = [];
        },
      },
    });
    expect(deployment.one("aws:s3/bucketVersioning:BucketVersioning").inputs.mfa).to.equal("serial code");
    expect(
      deployment.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs.rules,
    ).to.deep.equal([]);
  });

  it("keeps the key with the data", async () => {
    const retained = async (protectData: boolean) => {
      let retainOnDelete: boolean | undefined;
      await deployed({
        protectData,
        transform: {
          key: {
            key: (_, opts) => {
              ({ retainOnDelete } = opts);
            },
          },
        },
      });
      return retainOnDelete;
    };
    expect([await retained(true), await retained(false)]).to.deep.equal([true, undefined]);
  });

  it("creates nothing when an argument is wrong", async () => {
    const error: unknown = await deployed({ corsOrigins: ["*"] }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).subject).to.equal(`${TYPE} "images"`);
  });

  it("registers its outputs", async () => {
    const { bucketName, bucketArn, keyArn } = standard.result;
    expect(standard.one(TYPE).outputs).to.deep.equal(await outputOf({ bucketName, bucketArn, keyArn }));
  });
});

describe("storage: the bucket's policy", () => {
  const SSE = "s3:x-amz-server-side-encryption";
  const KEY = `${SSE}-aws-kms-key-id`;
  let standard: Deployment<ObjectStore>;
  before(async () => {
    standard = await deployed();
  });

  /** Whether a role that may do everything in S3 may still do this. */
  async function admits(action: string, context: Readonly<Record<string, string>>): Promise<boolean> {
    const policy: unknown = JSON.parse(String(standard.one("aws:s3/bucketPolicy:BucketPolicy").inputs.policy));
    const object = `${await outputOf(standard.result.bucketArn)}/object`;
    return allows([{ Action: "s3:*", Resource: "*" }], action, object, context, policy);
  }

  it("refuses plain HTTP", async () => {
    expect(await admits("s3:GetObject", { "aws:SecureTransport": "true" })).to.equal(true);
    expect(await admits("s3:GetObject", { "aws:SecureTransport": "false" })).to.equal(false);
  });

  it("takes uploads with the bucket's own encryption, said or unsaid, and no others", async () => {
    const tls = { "aws:SecureTransport": "true" };
    const keyArn = await outputOf(standard.result.keyArn);
    const upload = (context: Readonly<Record<string, string>>) => admits("s3:PutObject", { ...tls, ...context });
    expect(await upload({})).to.equal(true);
    expect(await upload({ [SSE]: "aws:kms", [KEY]: keyArn })).to.equal(true);
    expect(await upload({ [SSE]: "AES256" })).to.equal(false);
    expect(await upload({ [SSE]: "aws:kms" })).to.equal(false);
    expect(await upload({ [SSE]: "aws:kms:dsse", [KEY]: keyArn })).to.equal(false);
    expect(await upload({ [SSE]: "aws:kms", [KEY]: `${keyArn}0` })).to.equal(false);
  });
});

describe("storage: grants", () => {
  const viaS3 = { "kms:ViaService": "s3.us-east-1.amazonaws.com" };
  const ACTIONS = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:PutObjectAcl",
    "s3:DeleteObjectVersion",
  ];
  let standard: Deployment<ObjectStore>;
  before(async () => {
    standard = await deployed();
  });

  async function allowed(access: "grantRead" | "grantReadWrite"): Promise<string[]> {
    const { statements } = standard.result[access]("IMAGES_BUCKET");
    const bucket = await outputOf(standard.result.bucketArn);
    const key = await outputOf(standard.result.keyArn);
    const keyPolicy: unknown = JSON.parse(String(standard.one("aws:kms/key:Key").inputs.policy));
    const found: string[] = [];
    const ask = async (label: string, decision: Promise<boolean>) => {
      if (await decision) found.push(label);
    };
    for (const action of ACTIONS) {
      await ask(action, allows(statements, action, `${bucket}/object`));
      await ask(`${action} elsewhere`, allows(statements, action, "arn:aws:s3:::other/object"));
    }
    for (const action of ["s3:ListBucket", "s3:DeleteBucket", "s3:PutBucketPolicy"]) {
      await ask(action, allows(statements, action, bucket));
    }
    for (const action of ["kms:Decrypt", "kms:GenerateDataKey", "kms:Encrypt"]) {
      await ask(action, allows(statements, action, key, viaS3, keyPolicy));
      await ask(`${action} directly`, allows(statements, action, key, {}, keyPolicy));
    }
    return found;
  }

  it("lets a reader read and list", async () => {
    expect(await allowed("grantRead")).to.deep.equal(["s3:GetObject", "s3:ListBucket", "kms:Decrypt"]);
  });

  it("lets a writer write and delete too", async () => {
    expect(await allowed("grantReadWrite")).to.deep.equal([
      "s3:GetObject",
      "s3:PutObject",
      "s3:DeleteObject",
      "s3:AbortMultipartUpload",
      "s3:ListBucket",
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]);
  });

  it("says where the bucket is, and opens no connection", async () => {
    const { environment, reaches } = standard.result.grantRead("IMAGES_BUCKET");
    expect(await outputOf({ ...environment })).to.deep.equal({
      IMAGES_BUCKET: await outputOf(standard.result.bucketName),
    });
    expect(reaches).to.equal(undefined);
  });

  it("refuses a variable that shells would not take", () => {
    expect(() => standard.result.grantRead("images-bucket")).to.throw(InvalidInput, "environmentVariable");
  });
});
