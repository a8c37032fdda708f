// Queues, topics and their policies.
import type { Facts } from "./facts";

const FEEDBACK = ["application", "firehose", "http", "lambda", "sqs"];

export const messaging: Facts = {
  "aws:sqs/queue:Queue": {
    source: "sqs/queue.go",
    replaces: ["fifoQueue", "name", "namePrefix"],
    forms: { json: ["policy", "redriveAllowPolicy", "redrivePolicy"] },
    ranges: {
      delaySeconds: [0, 900],
      kmsDataKeyReusePeriodSeconds: [60, 86_400],
      maxMessageSize: [1024, 1_048_576],
      messageRetentionSeconds: [60, 1_209_600],
      visibilityTimeoutSeconds: [0, 43_200],
    },
    values: { deduplicationScope: ["messageGroup", "queue"], fifoThroughputLimit: ["perQueue", "perMessageGroupId"] },
    conflicts: [
      ["kmsMasterKeyId", "sqsManagedSseEnabled"],
      ["name", "namePrefix"],
    ],
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    source: "sqs/queue_policy.go",
    replaces: ["queueUrl"],
    forms: { json: ["policy"] },
  },
  "aws:sqs/redrivePolicy:RedrivePolicy": {
    source: "sqs/queue_redrive_policy.go",
    replaces: ["queueUrl"],
    forms: { json: ["redrivePolicy"] },
  },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    source: "sqs/queue_redrive_allow_policy.go",
    replaces: ["queueUrl"],
    forms: { json: ["redriveAllowPolicy"] },
  },
  "aws:sns/topic:Topic": {
    source: "sns/topic.go",
    replaces: ["fifoTopic", "name", "namePrefix"],
    forms: {
      arn: FEEDBACK.flatMap((kind) => [`${kind}FailureFeedbackRoleArn`, `${kind}SuccessFeedbackRoleArn`]),
      json: ["archivePolicy", "deliveryPolicy", "policy"],
    },
    ranges: {
      ...Object.fromEntries(FEEDBACK.map((kind) => [`${kind}SuccessFeedbackSampleRate`, [0, 100]])),
      signatureVersion: [1, 2],
    },
    values: { fifoThroughputScope: ["Topic", "MessageGroup"], tracingConfig: ["Active", "PassThrough"] },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    source: "sns/topic_policy.go",
    replaces: ["arn"],
    forms: { arn: ["arn"], json: ["policy"] },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    source: "sns/topic_subscription.go",
    replaces: ["endpoint", "protocol", "topic"],
    forms: {
      arn: ["subscriptionRoleArn", "topic"],
      json: ["deliveryPolicy", "filterPolicy", "redrivePolicy", "replayPolicy"],
    },
    values: {
      filterPolicyScope: ["MessageAttributes", "MessageBody"],
      protocol: [...["application", "email-json", "email", "firehose", "http", "https", "lambda", "sms", "sqs"]],
    },
  },
  "aws:kinesis/stream:Stream": {
    source: "kinesis/stream.go",
    replaces: ["name"],
    ranges: { maxRecordSizeInKib: [1024, 10_240], retentionPeriod: [24, 8760] },
    values: {
      encryptionType: ["NONE", "KMS"],
      shardLevelMetrics: [
        ...["IncomingBytes", "IncomingRecords", "OutgoingBytes", "OutgoingRecords", "ALL"],
        ...["WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded", "IteratorAgeMilliseconds"],
      ],
      "streamModeDetails.streamMode": ["PROVISIONED", "ON_DEMAND"],
    },
  },

  "aws:pipes/pipe:Pipe": {
    source: "pipes/pipe.go",
    replaces: [
      ...["name", "namePrefix", "source"],
      ...[
        ...["activemqBrokerParameters.queueName", "dynamodbStreamParameters.startingPosition"],
        ...["kinesisStreamParameters.startingPosition", "kinesisStreamParameters.startingPositionTimestamp"],
        ...["managedStreamingKafkaParameters.consumerGroupId", "managedStreamingKafkaParameters.startingPosition"],
        ...["managedStreamingKafkaParameters.topicName", "rabbitmqBrokerParameters.queueName"],
        ...["rabbitmqBrokerParameters.virtualHost", "selfManagedKafkaParameters.additionalBootstrapServers"],
        ...["selfManagedKafkaParameters.consumerGroupId", "selfManagedKafkaParameters.startingPosition"],
        "selfManagedKafkaParameters.topicName",
      ].map((parameter) => `sourceParameters.${parameter}`),
    ],
    forms: {
      arn: ["enrichment", "roleArn", "target"],
      timestamp: ["sourceParameters.kinesisStreamParameters.startingPositionTimestamp"],
    },
    lengths: { name: [1, 64], namePrefix: [1, 38] },
    items: { "sourceParameters.filterCriteria.filters": [0, 5] },
    conflicts: [["name", "namePrefix"]],
  },
};
