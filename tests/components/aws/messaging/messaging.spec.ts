import { expect } from "chai";
import type { Messaging } from "../../../../components/aws/messaging";
import { type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { arnOf, build, closed, documentOf } from "./fixtures";

const QUEUE = "aws:sqs/queue:Queue";
const REDRIVE_ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";
const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

describe("components/aws/messaging", () => {
  describe("a small topology", () => {
    let small: Deployment<Messaging>;
    before(async () => {
      small = await build();
    });

    it("consists of exactly these resources", () => {
      const names = small.resources.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`);
      expect(names).to.have.members([
        "Messaging m",
        "EncryptionKey m-messages",
        "Key m-messages-key",
        "Alias m-messages-alias",
        "Topic m-events",
        "TopicPolicy m-events-policy",
        "Queue m-work",
        "Queue m-work-dead-letter",
        "RedriveAllowPolicy m-work-dead-letter-redrive",
        "QueuePolicy m-work-policy",
        "QueuePolicy m-work-dead-letter-policy",
        "Queue m-events-to-work-undelivered",
        "QueuePolicy m-events-to-work-undelivered-policy",
        "TopicSubscription m-events-to-work",
        "MetricAlarm m-work-dead-letter",
        "MetricAlarm m-events-to-work-undelivered",
      ]);
    });

    it("has the defaults of a queue", () => {
      const { visibilityTimeoutSeconds, messageRetentionSeconds, delaySeconds, receiveWaitTimeSeconds, fifoQueue } =
        small.one(QUEUE, "m-work").inputs;
      expect([visibilityTimeoutSeconds, messageRetentionSeconds, delaySeconds, receiveWaitTimeSeconds]).to.deep.equal([
        30, 345_600, 0, 20,
      ]);
      expect(fifoQueue).to.equal(undefined);
    });

    it("closes the dead-letter queue to every queue but its own", () => {
      const { queueUrl, redriveAllowPolicy } = small.one(REDRIVE_ALLOW).inputs;
      expect(queueUrl).to.equal(small.one(QUEUE, "m-work-dead-letter").outputs.url);
      expect(documentOf(redriveAllowPolicy)).to.deep.equal({
        redrivePermission: "byQueue",
        sourceQueueArns: [arnOf(small, QUEUE, "m-work")],
      });
    });

    it("delivers the envelope, and keeps what it could not deliver", () => {
      const { rawMessageDelivery, redrivePolicy, protocol, endpoint, topic } = small.one(SUBSCRIPTION).inputs;
      expect({ rawMessageDelivery, protocol, endpoint, topic }).to.deep.equal({
        rawMessageDelivery: false,
        protocol: "sqs",
        endpoint: arnOf(small, QUEUE, "m-work"),
        topic: arnOf(small, TOPIC, "m-events"),
      });
      expect(documentOf(redrivePolicy)).to.deep.equal({
        deadLetterTargetArn: arnOf(small, QUEUE, "m-events-to-work-undelivered"),
      });
    });

    it("closes the topic to other accounts and to plain HTTP", () => {
      const { Statement } = documentOf(small.one(TOPIC_POLICY).inputs.policy);
      const actions = [
        "sns:AddPermission",
        "sns:DeleteTopic",
        "sns:GetDataProtectionPolicy",
        "sns:GetTopicAttributes",
        "sns:ListSubscriptionsByTopic",
        "sns:ListTagsForResource",
        "sns:Publish",
        "sns:PutDataProtectionPolicy",
        "sns:RemovePermission",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
      ];
      expect(Statement).to.deep.equal(closed(arnOf(small, TOPIC, "m-events"), actions));
    });

    it("offers what others need, by the names that were given", async () => {
      const { queueUrls, queueArns, queueNames, topicArns, deadLetterQueueArns } = small.result;
      const queue = small.one(QUEUE, "m-work").outputs;
      expect(await outputOf({ queueUrls, queueArns, queueNames, topicArns, deadLetterQueueArns })).to.deep.equal({
        queueUrls: { work: queue.url },
        queueArns: { work: queue.arn },
        queueNames: { work: queue.name },
        topicArns: { events: arnOf(small, TOPIC, "m-events") },
        deadLetterQueueArns: { work: arnOf(small, QUEUE, "m-work-dead-letter") },
      });
    });
  });

  describe("options", () => {
    it("makes FIFO queues and topics whole: dead-letter queues are FIFO too", async () => {
      const { ofType, one } = await build({
        queues: {
          work: {
            visibilityTimeout: "30s",
            maxReceiveCount: 3,
            fifo: { contentBasedDeduplication: true, highThroughput: true },
          },
        },
        topics: { events: { fifo: true } },
      });
      expect(ofType(QUEUE).map(({ name, inputs }) => [name, inputs.fifoQueue])).to.have.deep.members([
        ["m-work", true],
        ["m-work-dead-letter", true],
        ["m-events-to-work-undelivered", true],
      ]);
      const { contentBasedDeduplication, deduplicationScope, fifoThroughputLimit } = one(QUEUE, "m-work").inputs;
      expect({ contentBasedDeduplication, deduplicationScope, fifoThroughputLimit }).to.deep.equal({
        contentBasedDeduplication: true,
        deduplicationScope: "messageGroup",
        fifoThroughputLimit: "perMessageGroupId",
      });
      expect(one(TOPIC).inputs.fifoTopic).to.equal(true);
      expect(one(TOPIC).inputs.contentBasedDeduplication).to.equal(false);
    });

    it("delivers raw, delays and retains as told, and tags what takes tags", async () => {
      const deployment = await build({
        queues: { work: { visibilityTimeout: "0s", maxReceiveCount: 1, retention: "14d", delay: "15m" } },
        subscriptions: [{ topic: "events", queue: "work", raw: true }],
        tags: { Context: "Orders" },
      });
      const { messageRetentionSeconds, delaySeconds } = deployment.one(QUEUE, "m-work").inputs;
      expect([messageRetentionSeconds, delaySeconds]).to.deep.equal([1_209_600, 900]);
      expect(deployment.one(SUBSCRIPTION).inputs.rawMessageDelivery).to.equal(true);
      const tagged = deployment.resources.filter(({ inputs }) => inputs.tags !== undefined).map(({ name }) => name);
      expect(tagged).to.have.members([
        "m-messages-key",
        "m-events",
        "m-work",
        "m-work-dead-letter",
        "m-events-to-work-undelivered",
        "m-work-dead-letter",
        "m-events-to-work-undelivered",
      ]);
    });

    it("lets a user change every child", async () => {
      const seen: string[] = [];
      const note = (_args: unknown, _opts: unknown, name: string) => void seen.push(name);
      await build({
        transform: {
          key: { key: note, alias: note },
          queue: note,
          deadLetterQueue: note,
          subscriptionDeadLetterQueue: note,
          queuePolicy: note,
          redriveAllowPolicy: note,
          topic: note,
          topicPolicy: note,
          subscription: note,
          alarm: note,
        },
      });
      expect(seen).to.have.members([
        "m-messages-key",
        "m-messages-alias",
        "m-work",
        "m-work-dead-letter",
        "m-events-to-work-undelivered",
        "m-work-policy",
        "m-work-dead-letter-policy",
        "m-events-to-work-undelivered-policy",
        "m-work-dead-letter-redrive",
        "m-events",
        "m-events-policy",
        "m-events-to-work",
        "m-work-dead-letter",
        "m-events-to-work-undelivered",
      ]);
    });
  });
});
