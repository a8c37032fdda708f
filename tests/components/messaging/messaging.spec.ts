import { expect } from "chai";
import { Messaging, type MessagingArgs } from "../../../components/messaging";
import { deploy, type Deployment, outputOf } from "../../../offline/providers/mocks";
import { documentOf, placement, seed } from "./fixtures";
import { standing } from "../../support/standing";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const REDRIVE_ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";
const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

const sourceOf = (args: Partial<MessagingArgs>): MessagingArgs => ({
  placement,
  queues: { work: { visibilityTimeout: "30s", maxReceiveCount: 3 } },
  topics: { events: {} },
  subscriptions: [{ topic: "events", queue: "work" }],
  ...args,
});
const build = (args: Partial<MessagingArgs> = {}) =>
  deploy(() => new Messaging("m", sourceOf(args)), { existing: standing });
const arnOf = (deployment: Deployment<unknown>, type: string, name: string) => deployment.one(type, name).outputs.arn;
const closed = (resource: unknown, actions: unknown) => [
  {
    Sid: "DenyOtherAccounts",
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resource,
    Condition: {
      StringNotEquals: { "aws:PrincipalAccount": placement.accountId },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  },
  {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
];

describe("components/messaging", () => {
  describe("the seed's topology", () => {
    let seeded: Deployment<Messaging>;
    before(async () => {
      seeded = await deploy(() => new Messaging("shop", seed));
    });

    it("has four queues with their dead-letter queues and one queue for what each subscription couldn't deliver", () => {
      const queues = seeded
        .ofType(QUEUE)
        .map(({ name, inputs }) => [
          name,
          inputs.visibilityTimeoutSeconds,
          inputs.messageRetentionSeconds,
          typeof inputs.redrivePolicy === "string" ? documentOf(inputs.redrivePolicy).maxReceiveCount : undefined,
        ]);
      expect(queues).to.have.deep.members([
        ["shop-order-processing-queue", 300, 345_600, 3],
        ["shop-payment-processing-queue", 300, 345_600, 3],
        ["shop-notification-queue", 60, 345_600, 5],
        ["shop-inventory-update-queue", 180, 345_600, 3],
        ["shop-order-processing-queue-dead-letter", undefined, 1_209_600, undefined],
        ["shop-payment-processing-queue-dead-letter", undefined, 1_209_600, undefined],
        ["shop-notification-queue-dead-letter", undefined, 1_209_600, undefined],
        ["shop-inventory-update-queue-dead-letter", undefined, 1_209_600, undefined],
        ["shop-order-events-to-payment-processing-queue-undelivered", undefined, 1_209_600, undefined],
        ["shop-order-events-to-inventory-update-queue-undelivered", undefined, 1_209_600, undefined],
        ["shop-payment-events-to-notification-queue-undelivered", undefined, 1_209_600, undefined],
        ["shop-notification-events-to-notification-queue-undelivered", undefined, 1_209_600, undefined],
      ]);
    });

    it("has three topics", () => {
      expect(seeded.ofType(TOPIC).map(({ name, inputs }) => [name, inputs.displayName])).to.have.deep.members([
        ["shop-order-events", "Order Events"],
        ["shop-payment-events", "Payment Events"],
        ["shop-notification-events", "Notification Events"],
      ]);
    });

    it("filters on the attribute event_type", () => {
      const filters = seeded
        .ofType(SUBSCRIPTION)
        .map(({ name, inputs }) => [name, inputs.filterPolicy, inputs.filterPolicyScope]);
      expect(filters).to.have.deep.members([
        [
          "shop-order-events-to-payment-processing-queue",
          '{"event_type":["ORDER_CREATED","ORDER_UPDATED"]}',
          "MessageAttributes",
        ],
        [
          "shop-order-events-to-inventory-update-queue",
          '{"event_type":["ORDER_CREATED","ORDER_CANCELLED"]}',
          "MessageAttributes",
        ],
        [
          "shop-payment-events-to-notification-queue",
          '{"event_type":["PAYMENT_COMPLETED","PAYMENT_FAILED"]}',
          "MessageAttributes",
        ],
        ["shop-notification-events-to-notification-queue", undefined, undefined],
      ]);
    });

    it("encrypts every queue and topic with its one key", async () => {
      const key = await outputOf(seeded.result.keyArn);
      const used = [...seeded.ofType(QUEUE), ...seeded.ofType(TOPIC)].map(({ inputs }) => inputs.kmsMasterKeyId);
      expect(used).to.deep.equal(Array.from({ length: 15 }, () => key));
      expect(seeded.ofType("aws:kms/key:Key")).to.have.length(1);
    });

    it("lets SNS use the key for this account only", () => {
      const { Statement } = documentOf(seeded.one("aws:kms/key:Key").inputs.policy);
      expect(Statement[1]).to.deep.equal({
        Effect: "Allow",
        Sid: "Usesnsamazonawscom",
        Principal: { Service: "sns.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-central-1:123456789012:*" } },
      });
    });

    it("takes messages only from the topics that are subscribed", () => {
      const queue = arnOf(seeded, QUEUE, "shop-notification-queue");
      const { Statement } = documentOf(seeded.one(QUEUE_POLICY, "shop-notification-queue-policy").inputs.policy);
      expect(Statement).to.deep.equal([
        ...closed(queue, "sqs:*"),
        {
          Effect: "Allow",
          Sid: "DeliverFromTopics",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue,
          Condition: {
            ArnEquals: {
              "aws:SourceArn": [
                arnOf(seeded, TOPIC, "shop-payment-events"),
                arnOf(seeded, TOPIC, "shop-notification-events"),
              ],
            },
          },
        },
      ]);
    });

    it("takes nothing from SNS into a queue that no topic feeds", () => {
      const queue = arnOf(seeded, QUEUE, "shop-order-processing-queue");
      const { Statement } = documentOf(seeded.one(QUEUE_POLICY, "shop-order-processing-queue-policy").inputs.policy);
      expect(Statement).to.deep.equal(closed(queue, "sqs:*"));
    });
  });

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
        "sns:GetTopicAttributes",
        "sns:ListSubscriptionsByTopic",
        "sns:Publish",
        "sns:Receive",
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

    it("rings for the first message given up, and tells the topic it was given", async () => {
      const quiet = await build();
      expect(quiet.one(ALARM, "m-work-dead-letter").inputs).to.deep.equal({
        alarmDescription: "Messages lie in m-work-dead-letter: find out why they were given up, then redrive them.",
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: quiet.one(QUEUE, "m-work-dead-letter").outputs.name },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
      });
      const loud = await build({ alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms" });
      expect(loud.ofType(ALARM).map(({ name, inputs }) => [name, inputs.alarmActions, inputs.okActions])).to.deep.equal(
        ["m-work-dead-letter", "m-events-to-work-undelivered"].map((name) => [
          name,
          ["arn:aws:sns:eu-central-1:123456789012:alarms"],
          ["arn:aws:sns:eu-central-1:123456789012:alarms"],
        ]),
      );
    });

    it("rings when messages wait longer than the queue's own limit, where it has one", async () => {
      const slow = { visibilityTimeout: "30s", maxReceiveCount: 3, maxAge: "5m" } as const;
      const deployment = await build({ queues: { work: slow } });
      expect(deployment.ofType(ALARM).map(({ name }) => name)).to.have.members([
        "m-work-dead-letter",
        "m-work-age",
        "m-events-to-work-undelivered",
      ]);
      expect(deployment.one(ALARM, "m-work-age").inputs).to.deep.equal({
        alarmDescription: "Messages wait in m-work for more than 5m: see whether its consumer runs and keeps up.",
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: deployment.one(QUEUE, "m-work").outputs.name },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: 3,
        threshold: 300,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      });
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
