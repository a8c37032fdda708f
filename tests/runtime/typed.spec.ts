// Types that follow from a description: the compiler is the test, and each expected error is an error when it is none.
import type { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { message } from "../../infra/model/kinds/topic/contract";
import { ecommerce } from "../../infra/systems/ecommerce";
import { enterprise } from "../../infra/systems/enterprise";
import { client, consumer, copies, type FromSchema, publisher } from "../../runtime";

const sns = { send: () => Promise.resolve({}) } as unknown as SNSClient;
const sqs = new SQSClient({ region: "eu-central-1" });
const done = () => Promise.resolve();

describe("what the compiler derives from a description", () => {
  it("is the calls and operations of a service", () => {
    const order = client<typeof ecommerce, "order">("order", {});
    expect(() => order.payment).to.throw("PAYMENT_SERVICE_URL is not set");
    const rejected = [
      // @ts-expect-error: order does not call notification
      (touched: unknown[]) => touched.push(order.notification),
      // @ts-expect-error: order does not use this operation of payment
      () => order.payment("getPayment", { path: "/" }),
      // @ts-expect-error: product calls nobody
      (touched: unknown[]) => touched.push(client<typeof ecommerce, "product">("product", {}).order),
      // @ts-expect-error: there is no such service
      () => client<typeof ecommerce, "stock">("stock", {}),
    ];
    expect(rejected).to.have.length(4);
  });

  it("is the events of a service, with their data", async () => {
    const publish = publisher(ecommerce, "payment", { sns, variables: { PAYMENT_EVENTS_TOPIC_ARN: "arn" } });
    const payment = {
      paymentId: "06bc2944-886c-4e56-907c-fa248c8af023",
      orderId: "06bc2944-886c-4e56-907c-fa248c8af023",
      userId: "06bc2944-886c-4e56-907c-fa248c8af023",
      amount: 3,
      completedAt: "2026-11-29T11:00:00Z",
    };
    expect(await publish("payment-events", "PAYMENT_COMPLETED", payment, { id: "1" })).to.deep.equal({ id: "1" });
    const rejected = [
      // @ts-expect-error: payment does not publish on this topic
      () => publish("order-events", "ORDER_CREATED", {}),
      // @ts-expect-error: there is no such event
      () => publish("payment-events", "PAYMENT_LOST", payment),
      // @ts-expect-error: the amount is a number
      () => publish("payment-events", "PAYMENT_COMPLETED", { ...payment, amount: "3" }),
      // @ts-expect-error: a field is missing
      () => publish("payment-events", "PAYMENT_FAILED", payment),
    ];
    const said = await Promise.all(rejected.map((call) => call().catch((error: unknown) => String(error))));
    expect(said).to.deep.equal([
      "TypeError: payment does not publish ORDER_CREATED on order-events",
      "TypeError: payment does not publish PAYMENT_LOST on payment-events",
      "ContractBroken: PAYMENT_COMPLETED 1.0: /amount must be number",
      "ContractBroken: PAYMENT_FAILED 1.0: / must have required property 'reason'; / must have required property 'failedAt'",
    ]);
  });

  it("is a handler for each event that reaches a queue", () => {
    const variables = { INVENTORY_UPDATE_QUEUE_URL: "url", NOTIFICATION_QUEUE_URL: "url" };
    const reserved: number[] = [];
    consumer(ecommerce, "product", "inventory-update-queue", {
      ...{ sqs, variables },
      on: {
        ORDER_CREATED: async ({ data }) => {
          reserved.push(...data.items.map(({ quantity }) => quantity));
          return done();
        },
        ORDER_CANCELLED: async ({ data }) => {
          // @ts-expect-error: a cancelled order has no such field
          expect(data.createdAt).to.equal(undefined);
          return done();
        },
      },
    });
    const rejected = [
      () =>
        consumer(ecommerce, "product", "inventory-update-queue", {
          ...{ sqs, variables },
          // @ts-expect-error: ORDER_CANCELLED has no handler
          on: { ORDER_CREATED: done },
        }),
      () =>
        consumer(ecommerce, "product", "inventory-update-queue", {
          ...{ sqs, variables },
          // @ts-expect-error: this event does not reach the queue
          on: { ORDER_CREATED: done, ORDER_CANCELLED: done, ORDER_UPDATED: done },
        }),
      // @ts-expect-error: product does not consume this queue
      () => consumer(ecommerce, "product", "notification-queue", { sqs, variables, on: {} }),
    ];
    expect(rejected).to.have.length(3);
    const all = { PAYMENT_COMPLETED: done, PAYMENT_FAILED: done, USER_REGISTERED: done, ORDER_SHIPPED: done };
    const more = { PASSWORD_RESET_REQUESTED: done, ORDER_CONFIRMED: done };
    consumer(ecommerce, "notification", "notification-queue", { sqs, variables, on: { ...all, ...more } });
  });

  it("is what each event makes of the copy of an entity", () => {
    const store = { keep: () => Promise.resolve(true) };
    const variables = { ORDERMANAGEMENT_SERVICE_USER_PROJECTION_URL: "url" };
    const change = ({ data }: { readonly data: { readonly userId: string } }) => ({
      ...{ id: data.userId, version: 1, copy: data.userId },
    });
    const service = "ordermanagement-service";
    copies(enterprise, service, "User", {
      ...{ sqs, store, variables },
      on: { USER_CHANGED: change, USER_DELETED: change },
    });
    const rejected = [
      // @ts-expect-error: USER_DELETED makes nothing of the copy
      () => copies(enterprise, service, "User", { sqs, store, variables, on: { USER_CHANGED: change } }),
      // @ts-expect-error: the service keeps no copy of it
      () => copies(enterprise, service, "Payment", { sqs, store, variables, on: {} }),
    ];
    expect(rejected).to.have.length(2);
  });

  it("is what a JSON Schema allows", () => {
    const schema = message({ id: "uuid", tags: ["string"], lines: [message({ count: "integer", "note?": "string" })] });
    type Data = FromSchema<typeof schema>;
    expect(schema.required).to.deep.equal(["id", "tags", "lines"]);
    const data: Data = { id: "1", tags: ["a"], lines: [{ count: 1 }, { count: 2, note: "n" }] };
    expect(data.lines).to.have.length(2);
    const rejected: (() => Data)[] = [
      // @ts-expect-error: a list of text
      () => ({ ...data, tags: [1] }),
      // @ts-expect-error: a line without its count
      () => ({ ...data, lines: [{ note: "n" }] }),
    ];
    expect(rejected).to.have.length(2);
  });
});
