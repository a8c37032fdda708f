// The topics, queues, subscriptions and dead-letter settings of ecommerce, loaded into an AWS API server; then real messages are sent.
import {
  CreateTopicCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../offline/providers/mocks";
import { planFor, runOf } from "../infra/support/run";
import { type AwsServer, startAws } from "./support/aws-server";

/** Which queues get an event: the shop's own table, apart from its description. */
const DELIVERIES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "order-events": {
    ORDER_CREATED: ["inventory-update-queue", "payment-processing-queue"],
    ORDER_UPDATED: ["payment-processing-queue"],
    ORDER_CANCELLED: ["inventory-update-queue"],
  },
  "payment-events": { PAYMENT_COMPLETED: ["notification-queue"], PAYMENT_FAILED: ["notification-queue"] },
  "notification-events": {
    USER_REGISTERED: ["notification-queue"],
    PASSWORD_RESET_REQUESTED: ["notification-queue"],
    ORDER_CONFIRMED: ["notification-queue"],
    ORDER_SHIPPED: ["notification-queue"],
  },
};
/** How often a queue hands a message out before it gives the message up. */
const TRIES: Readonly<Record<string, number>> = {
  "inventory-update-queue": 3,
  "notification-queue": 5,
  "order-processing-queue": 3,
  "payment-processing-queue": 3,
};
const QUEUES = Object.keys(TRIES);
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
/** Account of the API server. */
const ACCOUNT = "123456789012";

describe("messages of ecommerce, against an AWS API server", function () {
  this.timeout(300_000);
  let aws: AwsServer;
  let sns: SNSClient;
  let sqs: SQSClient;
  /** By name in the description, such as `order-events`. */
  const topics = new Map<string, string>();
  /** By logical name without the component's, such as `notification-queue-dead-letter`. */
  const queues = new Map<string, string>();

  before(async function () {
    const started = await startAws();
    if (typeof started === "string") return this.skip();
    aws = started;
    [sns, sqs] = [new SNSClient(aws.client), new SQSClient(aws.client)];
    const plan = planFor(runOf("local"));
    const { resources } = await deploy(() => buildOnEcs(plan), { region: plan.region });
    await load(resources, plan.accountId);
    return undefined;
  });

  after(() => {
    (aws as AwsServer | undefined)?.stop();
  });

  /** Creates in the server what a program has registered, with the same settings. */
  async function load(resources: readonly Registered[], accountId: string): Promise<void> {
    const here = (value: unknown): string => JSON.stringify(value).replaceAll(accountId, ACCOUNT);
    const text = (value: unknown): string =>
      typeof value === "string" ? value.replaceAll(accountId, ACCOUNT) : here(value);
    const ours = resources.filter(({ name }) => name.startsWith("messaging-"));
    const role = ({ name }: Registered): string => name.replace(/^messaging-/, "");
    // Dead-letter queues first: the others name them.
    const made = ours.filter(({ type }) => type === QUEUE);
    for (const queue of [...made].sort(
      (a, b) => Number("redrivePolicy" in a.inputs) - Number("redrivePolicy" in b.inputs),
    )) {
      const { visibilityTimeoutSeconds, messageRetentionSeconds, redrivePolicy } = queue.inputs;
      const { QueueUrl = "" } = await sqs.send(
        new CreateQueueCommand({
          QueueName: String(queue.outputs.name),
          Attributes: {
            ...(visibilityTimeoutSeconds !== undefined && { VisibilityTimeout: text(visibilityTimeoutSeconds) }),
            ...(messageRetentionSeconds !== undefined && { MessageRetentionPeriod: text(messageRetentionSeconds) }),
            ...(redrivePolicy !== undefined && { RedrivePolicy: text(redrivePolicy) }),
          },
        }),
      );
      queues.set(role(queue), QueueUrl);
    }
    for (const topic of ours.filter(({ type }) => type === TOPIC)) {
      const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: String(topic.outputs.name) }));
      expect(TopicArn).to.equal(text(topic.outputs.arn));
      topics.set(role(topic), TopicArn);
    }
    for (const { inputs } of ours.filter(({ type }) => type === SUBSCRIPTION)) {
      const { SubscriptionArn } = await sns.send(
        new SubscribeCommand({
          TopicArn: text(inputs.topic),
          Protocol: String(inputs.protocol),
          Endpoint: text(inputs.endpoint),
        }),
      );
      for (const [AttributeName, value] of Object.entries({
        FilterPolicy: inputs.filterPolicy,
        RedrivePolicy: inputs.redrivePolicy,
        RawMessageDelivery: inputs.rawMessageDelivery,
      }))
        if (value !== undefined)
          await sns.send(
            new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue: text(value) }),
          );
    }
  }

  async function received(queue: string, visibility?: number): Promise<string[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queues.get(queue),
        MaxNumberOfMessages: 10,
        ...(visibility !== undefined && { VisibilityTimeout: visibility }),
      }),
    );
    return Messages.map(({ Body = "" }) => Body);
  }

  const publish = (topic: string, type: string): Promise<unknown> =>
    sns.send(
      new PublishCommand({
        TopicArn: topics.get(topic),
        Message: JSON.stringify({ type }),
        MessageAttributes: { event_type: { DataType: "String", StringValue: type } },
      }),
    );

  it("has the topics and queues of the table, and no more", () => {
    expect([...topics.keys()].sort()).to.deep.equal(Object.keys(DELIVERIES).sort());
    expect(
      [...queues.keys()].filter((name) => !/dead-letter$|undelivered$|-commands$/.test(name)).sort(),
    ).to.deep.equal(QUEUES);
  });

  it("brings each event to the queues that want it, once, and to no other", async () => {
    for (const [topic, events] of Object.entries(DELIVERIES)) {
      for (const [type, wanted] of Object.entries(events)) {
        await publish(topic, type);
        const found: string[] = [];
        for (const queue of QUEUES) found.push(...(await received(queue)).map(() => queue));
        expect([type, ...found]).to.deep.equal([type, ...wanted]);
      }
    }
  });

  it("brings an event that nobody has declared only to the queue that takes everything of its topic", async () => {
    for (const topic of Object.keys(DELIVERIES)) await publish(topic, "SOMETHING_ELSE");
    const found: string[] = [];
    for (const queue of QUEUES) found.push(...(await received(queue)).map(() => queue));
    expect(found).to.deep.equal(["notification-queue"]);
  });

  it("puts a message that is received too often into its queue's dead-letter queue", async () => {
    for (const queue of QUEUES) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queues.get(queue), MessageBody: `poison of ${queue}` }));
      let tries = 0;
      while ((await received(queue, 0)).length > 0) tries += 1;
      expect([queue, tries]).to.deep.equal([queue, TRIES[queue]]);
      expect(await received(`${queue}-dead-letter`)).to.deep.equal([`poison of ${queue}`]);
    }
  });
});
