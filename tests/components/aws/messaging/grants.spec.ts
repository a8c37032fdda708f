import { expect } from "chai";
import type { Grant } from "../../../../components/kit";
import { InvalidInput } from "../../../../components/kit";
import { Messaging } from "../../../../components/aws/messaging";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { seed } from "./fixtures";

const through = (service: string) => ({
  StringEquals: { "kms:ViaService": `${service}.eu-central-1.amazonaws.com` },
});

describe("components/aws/messaging grants", () => {
  let messaging: Messaging;
  let known: Record<"queueArns" | "queueUrls" | "topicArns", Record<string, string>> & { readonly keyArn: string };
  before(async () => {
    messaging = (await deploy(() => new Messaging("shop", seed))).result;
    const { keyArn, queueArns, queueUrls, topicArns } = messaging;
    known = (await outputOf<object>({ keyArn, queueArns, queueUrls, topicArns })) as typeof known;
  });
  const plain = ({ startsAfter, ...grant }: Grant) => outputOf<object>(startsAfter === undefined ? {} : grant);

  it("lets nobody begin before queues and topics are closed to others and open to each other", () => {
    const { queues, topics, subscriptions } = messaging.nodes;
    const [queue, topic] = [queues["order-processing-queue"], topics["order-events"]];
    const delivered = seed.subscriptions.filter((subscription) => subscription.topic === "order-events");
    const published = messaging.grantPublish("order-events").startsAfter ?? [];
    expect(delivered.length).to.be.greaterThan(0);
    expect(published).to.have.members([
      topic?.policy,
      ...delivered.map((one) => subscriptions[`order-events-to-${one.queue}`]?.subscription),
    ]);
    const ready = [...(queue?.policies ?? []), queue?.redriveAllowPolicy];
    expect(messaging.grantSend("order-processing-queue").startsAfter).to.have.members(ready);
    expect(messaging.grantConsume("order-processing-queue").startsAfter).to.have.members(ready);
  });

  it("lets a publisher publish on its topic", async () => {
    const grant = await plain(messaging.grantPublish("order-events", ["ORDER_CREATED"]));
    expect(grant).to.deep.equal({
      statements: [
        { Action: "sns:Publish", Resource: known.topicArns["order-events"] },
        { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: known.keyArn, Condition: through("sns") },
      ],
      environment: {
        ORDER_EVENTS_TOPIC_ARN: known.topicArns["order-events"],
        ORDER_EVENTS_TOPIC_EVENT_TYPES: "ORDER_CREATED",
      },
    });
  });

  it("says nothing of event types when they aren't given", async () => {
    const grant = await plain(messaging.grantPublish("order-events"));
    expect(Object.keys((grant as Grant).environment ?? {})).to.deep.equal(["ORDER_EVENTS_TOPIC_ARN"]);
  });

  it("lets a sender send to its queue", async () => {
    const grant = await plain(messaging.grantSend("order-processing-queue"));
    expect(grant).to.deep.equal({
      statements: [
        {
          Action: ["sqs:GetQueueUrl", "sqs:SendMessage"],
          Resource: known.queueArns["order-processing-queue"],
        },
        { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: known.keyArn, Condition: through("sqs") },
      ],
      environment: { ORDER_PROCESSING_QUEUE_URL: known.queueUrls["order-processing-queue"] },
    });
  });

  it("lets a consumer receive and settle, and not send", async () => {
    const grant = await plain(messaging.grantConsume("order-processing-queue"));
    expect(grant).to.deep.equal({
      statements: [
        {
          Action: [
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
          ],
          Resource: known.queueArns["order-processing-queue"],
        },
        { Action: "kms:Decrypt", Resource: known.keyArn, Condition: through("sqs") },
      ],
      environment: { ORDER_PROCESSING_QUEUE_URL: known.queueUrls["order-processing-queue"] },
    });
  });

  it("refuses a name that was never declared", () => {
    expect(() => messaging.grantConsume("orders")).to.throw(InvalidInput, 'queue: "orders"');
    expect(() => messaging.grantPublish("orders")).to.throw(InvalidInput, 'topic: "orders"');
  });
});
