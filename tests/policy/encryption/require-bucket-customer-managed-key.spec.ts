import { requireBucketCustomerManagedKey } from "../../../policy/rules/encryption/require-bucket-customer-managed-key";
import { ownKey, resource, specify, unknown } from "../support";

const bucket = (props: object = {}) => resource("aws:s3/bucket:Bucket", { ...props }, "data");
const inline = (byDefault: unknown) =>
  bucket({ serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: byDefault } } });
const beside = (byDefault: unknown, name: unknown = unknown) =>
  resource(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    { bucket: name, rules: [{ applyServerSideEncryptionByDefault: byDefault }] },
    "encryption",
    { bucket: ["data"] },
  );
const kms = { sseAlgorithm: "aws:kms", kmsMasterKeyId: ownKey };
const balancer = resource("aws:lb/loadBalancer:LoadBalancer", { accessLogs: { bucket: unknown } }, "lb", {
  accessLogs: ["data"],
});

specify(requireBucketCustomerManagedKey, {
  compliant: [
    [inline(kms)],
    [bucket(), beside(kms)],
    [bucket({ id: "data-1", bucket: "data-1" }), beside({ ...kms, sseAlgorithm: "aws:kms:dsse" }, "data-1")],
    [inline({ sseAlgorithm: "AES256" }), beside(kms)],
    [bucket(), balancer],
    [bucket(), beside({ sseAlgorithm: "AES256" }), balancer],
  ],
  violating: [
    [
      [inline({ sseAlgorithm: "AES256" })],
      ['data: serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm is "AES256"'],
    ],
    [
      [bucket(), beside({ sseAlgorithm: "AES256" })],
      ['encryption: rules[0].applyServerSideEncryptionByDefault.sseAlgorithm is "AES256"'],
    ],
    [
      [bucket(), beside({ sseAlgorithm: "aws:kms" })],
      ["encryption: rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId is not set"],
    ],
    [
      [bucket(), beside({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/aws/s3" })],
      ['encryption: rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId is "alias/aws/s3"'],
    ],
    [
      [bucket({ id: "data-1", bucket: "data-1" }), beside(kms, "other")],
      ["data: serverSideEncryptionConfiguration is not set"],
    ],
  ],
  notApplicable: [[resource("aws:s3/bucketObject:BucketObject", {})]],
  missing: [
    [[bucket()], ["data: serverSideEncryptionConfiguration is not set"]],
    [[bucket({ id: unknown })], ["data: serverSideEncryptionConfiguration is not set"]],
  ],
  unknown: [
    [
      [
        resource("aws:s3/bucket:Bucket", { serverSideEncryptionConfiguration: unknown }, "data", {
          serverSideEncryptionConfiguration: ["key"],
        }),
        resource("aws:kms/key:Key", {}, "key"),
      ],
      [],
    ],
    [[bucket({ serverSideEncryptionConfiguration: unknown })], ["data: serverSideEncryptionConfiguration is not set"]],
    [[inline({ sseAlgorithm: "aws:kms", kmsMasterKeyId: unknown })], []],
    [
      [inline({ sseAlgorithm: unknown })],
      ["data: serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.kmsMasterKeyId is not set"],
    ],
  ],
});
