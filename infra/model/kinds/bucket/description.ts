// A bucket of a service, as a description has it.
import type * as v from "valibot";
import { days, list, matching, object, oneOf, optional, record, text } from "../../schema/words";

/** A private object store. */
export interface Bucket extends v.InferOutput<typeof Bucket> {}
export const Bucket = object({
  /** Origins whose pages may read and upload. @default none */
  corsOrigins: optional(
    list(
      matching(
        /^https:\/\/[a-z0-9.-]+(:\d+)?$/,
        "an origin over TLS without wildcard or path, such as https://shop.example.com",
        "name the pages that may read and upload, one by one",
      ),
    ),
  ),
  /** Age at which versions that were replaced are deleted. @default "30d" */
  noncurrentVersionExpiration: optional(days(1, 3650)),
  /** Access of the service to the objects: `reads` for objects that another principal writes. @default "reads-and-writes" */
  access: optional(oneOf("reads", "reads-and-writes")),
});

// S3 allows 63 characters for `<service>-<bucket>-…` and Pulumi's suffix.
const LONGEST_BUCKET_NAME = 20;
const BucketName = matching(
  /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
  `lower-case letters, digits and dashes, at most ${LONGEST_BUCKET_NAME}`,
  "shorten or respell it",
  LONGEST_BUCKET_NAME,
);

/** Keys under `owns` of a service. */
export const owns = {
  /** Buckets by name (`images`). */
  buckets: optional(record(BucketName, Bucket)),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Buckets of its service. @default none */
  buckets: optional(list(text())),
};
