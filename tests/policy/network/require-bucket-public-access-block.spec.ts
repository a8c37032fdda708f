import { requireBucketPublicAccessBlock } from "../../../policy/rules/network/require-bucket-public-access-block";
import { resource, specify, unknown } from "../support";

const bucket = (id: unknown = "data-1") => resource("aws:s3/bucket:Bucket", { id, bucket: id }, "data");
const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const block = (props: object = {}, of: unknown = "data-1") =>
  resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { bucket: of, ...all, ...props }, "block", {
    bucket: ["data"],
  });
const account = (props: object = {}) =>
  resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { ...all, ...props }, "account");

specify(requireBucketPublicAccessBlock, {
  compliant: [
    [bucket(), block()],
    [bucket(), account()],
    [bucket(), block({ blockPublicAcls: false }), account()],
  ],
  violating: [
    [[bucket(), block({ ignorePublicAcls: false })], ["block: ignorePublicAcls is false"]],
    [[bucket(), block({}, "other")], ["data: publicAccessBlock is not set"]],
    [[bucket(), account({ blockPublicPolicy: false })], ["data: publicAccessBlock is not set"]],
  ],
  notApplicable: [[resource("aws:s3/directoryBucket:DirectoryBucket", {})]],
  missing: [
    [[bucket()], ["data: publicAccessBlock is not set"]],
    [
      [
        bucket(),
        resource(
          "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
          { bucket: "data-1", blockPublicAcls: true },
          "block",
        ),
      ],
      [
        "block: blockPublicPolicy is not set",
        "block: ignorePublicAcls is not set",
        "block: restrictPublicBuckets is not set",
      ],
    ],
  ],
  unknown: [
    [[bucket(unknown), block({}, unknown)], []],
    [
      [bucket(unknown), block({ blockPublicAcls: unknown, blockPublicPolicy: false }, unknown)],
      ["block: blockPublicPolicy is false"],
    ],
    [[bucket(unknown)], ["data: publicAccessBlock is not set"]],
  ],
});
