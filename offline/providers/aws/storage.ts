// S3 and DynamoDB.
import type { Birth, TypeRule } from "../core/rules";
import { dnsSuffix, physicalName } from "./shapes";

/** A bucket's companion is known by the bucket's name. */
const companion: TypeRule = {
  id: (birth) => birth.text("bucket"),
  replaces: ["bucket", "expectedBucketOwner"],
  autoname: false,
};
/** One key in two buckets is two objects. */
const object: TypeRule = {
  id: (birth) => `${birth.text("bucket")}/${birth.text("key")}`,
  replaces: ["bucket", "key"],
};
const companions = [
  ...[
    "Policy",
    "PublicAccessBlock",
    "Versioning",
    "ServerSideEncryptionConfiguration",
    "LifecycleConfiguration",
    "Logging",
  ],
  ...[
    "OwnershipControls",
    "Notification",
    "CorsConfiguration",
    "AccelerateConfiguration",
    "WebsiteConfiguration",
    "Acl",
  ],
  ...["ReplicationConfig", "RequestPaymentConfiguration", "ObjectLockConfiguration"],
];
const bucketName = (birth: Birth): string => physicalName(birth, "bucket").toLowerCase();

export const storage: Readonly<Record<string, TypeRule>> = {
  "aws:s3/bucket:Bucket": {
    id: bucketName,
    autoname: { property: "bucket", limit: 63, lower: true },
    computed: {
      arn: (birth) => `arn:${birth.partition}:s3:::${birth.id}`,
      bucketDomainName: (birth) => `${birth.id}.s3.${dnsSuffix(birth.partition)}`,
      bucketRegionalDomainName: (birth) => `${birth.id}.s3.${birth.region}.${dnsSuffix(birth.partition)}`,
      bucketRegion: (birth) => birth.region,
      hostedZoneId: "Z3AQBSTGFYJSTF",
      websiteDomain: "",
      websiteEndpoint: "",
      requestPayer: "BucketOwner",
      serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } },
      versioning: { enabled: false, mfaDelete: false },
    },
    defaults: { forceDestroy: false, objectLockEnabled: false },
  },
  ...Object.fromEntries(companions.map((type) => [`aws:s3/bucket${type}:Bucket${type}`, companion])),
  "aws:s3/bucketObject:BucketObject": object,
  "aws:s3/bucketObjectv2:BucketObjectv2": object,
  "aws:dynamodb/table:Table": {
    autoname: { property: "name", limit: 255 },
    computed: {
      arn: (birth) => birth.arn("dynamodb", `table/${physicalName(birth)}`),
      streamArn: (birth) =>
        birth.inputs.streamEnabled === true
          ? birth.arn("dynamodb", `table/${physicalName(birth)}/stream/${birth.now}`)
          : "",
      streamLabel: (birth) => (birth.inputs.streamEnabled === true ? birth.now : ""),
    },
    defaults: { billingMode: "PROVISIONED", deletionProtectionEnabled: false, tableClass: "STANDARD" },
  },
};
