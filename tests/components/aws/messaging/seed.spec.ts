import { expect } from "chai";
import { Messaging } from "../../../../components/aws/messaging";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { arnOf, closed, documentOf, seed } from "./fixtures";

const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

describe("components/aws/messaging: the seed's topology", () => {
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
