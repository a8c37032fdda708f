// Kinesis: streams and their consumers.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { nameOrArn } from "../references";
import { failure, isFilled, isUnknown, numberAt, objectAt } from "../inputs";

/** internal/service/kinesis/stream.go */
const stream: Constraint = function* ({ inputs }) {
  const mode = objectAt(inputs, "streamModeDetails").streamMode ?? "PROVISIONED";
  const shards = numberAt(inputs, "shardCount") ?? 0;
  if (!isUnknown(inputs, "streamModeDetails", "shardCount")) {
    if (mode === "ON_DEMAND" && shards > 0)
      yield failure("shardCount", `${shards}: a stream in mode ON_DEMAND counts its shards itself, leave it out`);
    if (mode === "PROVISIONED" && shards < 1)
      yield failure("shardCount", "a stream in mode PROVISIONED needs one shard at least");
  }
  if (inputs.encryptionType === "KMS" && !isFilled(inputs.kmsKeyId))
    yield failure("kmsKeyId", "encryptionType KMS needs a key: name one, such as alias/aws/kinesis");
};

export const cards: Cards = {
  "aws:kinesis/resourcePolicy:ResourcePolicy": {
    policies: { policy: "resource" },
  },
  "aws:kinesis/stream:Stream": {
    source: "kinesis/stream.go",
    replaces: "name",
    constraints: [stream],
    holds: "records that nobody has read yet",
  },
  "aws:kinesis/streamConsumer:StreamConsumer": {
    source: "kinesis/stream_consumer.go",
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Consumer.html: the ARN holds the moment of creation.
    id: (resource) =>
      `${resource.text("streamArn")}/consumer/${resource.text("name")}:${Date.parse(resource.now) / 1000}`,
    uniqueWithin: ["streamArn"],
    computed: { arn: (resource) => resource.id, creationTimestamp: (resource) => resource.now },
    references: { streamArn: { type: "aws:kinesis/stream:Stream", id: nameOrArn } },
    replaces: "name streamArn",
  },
};
