// The seed's order aggregate through an event store as it is built: its table, the handlers of relay and projector, the FIFO topic and a consumer's queue,
// against an AWS API server.
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { handleOrder, type Order, OrderRefused } from "../../infra/functions/orders/order";
import { summaries } from "../../infra/functions/orders/summaries";
import { Relay } from "../../infra/functions/event-store/publish";
import { EventStore, Projection } from "../../runtime";
import { type BatchAnswer, eachAggregate, sweep, type TableChanges } from "../../runtime/changes";
import { type AwsServer, startAws } from "./support/aws-server";

/** A record of the table's stream. */
const change = (aggregate: string, version: number): TableChanges["Records"][number] => ({
  dynamodb: {
    SequenceNumber: `${aggregate}-${version}`,
    Keys: { aggregateId: { S: aggregate }, version: { N: String(version) } },
  },
});
const failed = ({ batchItemFailures }: BatchAnswer): string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const create = (total: number) => ({ type: "CreateOrder", userId: "user-1", total }) as const;
const paid = { type: "UpdateOrderStatus", status: "Paid" } as const;

describe("an event store with the order aggregate, against an AWS API server", function () {
  this.timeout(200_000);
  const silent = console.error;
  let aws: AwsServer;
  let dynamodb: DynamoDBClient;
  let sqs: SQSClient;
  let store: EventStore;
  let relay: Relay;
  let projection: Projection<Order>;
  let queueUrl = "";
  let unpublishable: string | undefined;

  before(async function () {
    const started = await startAws();
    if (typeof started === "string") return this.skip();
    aws = started;
    console.error = () => undefined;
    return undefined;
  });
  after(() => {
    console.error = silent;
    (aws as AwsServer | undefined)?.stop();
  });

  let run = 0;
  beforeEach(async () => {
    run++;
    unpublishable = undefined;
    dynamodb = new DynamoDBClient(aws.client);
    sqs = new SQSClient(aws.client);
    const sns = new SNSClient(aws.client);
    const table = async (name: string, sorted: boolean): Promise<string> => {
      await dynamodb.send(
        new CreateTableCommand({
          TableName: `${name}-${run}`,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [
            { AttributeName: "aggregateId", AttributeType: "S" },
            ...(sorted ? [{ AttributeName: "version", AttributeType: "N" } as const] : []),
          ],
          KeySchema: [
            { AttributeName: "aggregateId", KeyType: "HASH" },
            ...(sorted ? [{ AttributeName: "version", KeyType: "RANGE" } as const] : []),
          ],
        }),
      );
      return `${name}-${run}`;
    };
    const eventsTable = await table("orders", true);
    const positionsTable = await table("orders-positions", false);
    const viewTable = await table("summaries", false);
    const { TopicArn: topicArn = "" } = await sns.send(
      new CreateTopicCommand({ Name: `order-history-${run}.fifo`, Attributes: { FifoTopic: "true" } }),
    );
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: `history-${run}.fifo`, Attributes: { FifoQueue: "true" } }),
    );
    queueUrl = QueueUrl;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    await sns.send(
      new SubscribeCommand({
        ...{ TopicArn: topicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn },
        Attributes: { RawMessageDelivery: "true" },
      }),
    );
    sns.middlewareStack.add(
      (next) => (args) => {
        const { MessageAttributes = {} } = args.input as {
          MessageAttributes?: Record<string, { StringValue?: string }>;
        };
        const { aggregate_id: aggregate, version } = MessageAttributes;
        if (`${aggregate?.StringValue ?? ""} ${version?.StringValue ?? ""}` === unpublishable)
          return Promise.reject(new Error("InternalError"));
        return next(args);
      },
      { step: "initialize" },
    );
    store = new EventStore(dynamodb, eventsTable);
    relay = new Relay({ dynamodb, sns, eventsTable, positionsTable, topicArn });
    projection = new Projection(summaries, { dynamodb, eventsTable, viewTable });
  });

  const relayed = (records: TableChanges["Records"]): Promise<BatchAnswer> =>
    eachAggregate({ Records: records }, (aggregate) => relay.publishNew(aggregate));
  const projected = (records: TableChanges["Records"]): Promise<BatchAnswer> =>
    eachAggregate({ Records: records }, (aggregate) => projection.update(aggregate));

  /** All messages that have arrived, as `order-1 2 ORDER_STATUS_UPDATED`. */
  async function arrived(): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
      );
      if (Messages.length === 0) return all;
      for (const { MessageAttributes = {}, ReceiptHandle } of Messages) {
        const names = ["aggregate_id", "version", "event_type", "replay"];
        const values = names.map((name) => MessageAttributes[name]?.StringValue ?? "");
        all.push(values.join(" ").trim());
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
    }
  }
  const view = async (aggregate: string): Promise<unknown> => {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: `summaries-${run}`, Key: { aggregateId: { S: aggregate } } }),
    );
    return Item && [Item.status?.S, Item.version?.N];
  };

  it("publishes and shows every event of 50 writers once and in order, with repeated, late and shuffled records", async () => {
    const orders = Array.from({ length: 10 }, (_, index) => `order-${index}`);
    // Five writers an order; each order is created once, paid once and cancelled once, whoever comes first.
    const commands = [create(5), create(6), paid, { type: "CancelOrder", reason: "r" }, paid] as const;
    const outcomes = await Promise.all(
      orders.flatMap((order) =>
        commands.map(async (command) => {
          for (let tries = 0; ; tries++) {
            try {
              return `${order} ${await handleOrder(store, order, command)}`;
            } catch (error) {
              if (!(error instanceof OrderRefused) || tries === 5) return "refused";
              await new Promise((resolve) => setTimeout(resolve, 50));
            }
          }
        }),
      ),
    );
    const done = outcomes.filter((outcome) => outcome !== "refused").sort();
    const stored = (await Promise.all(orders.map((order) => store.load(order)))).flat();
    // What a writer was told is stored, and nothing else.
    expect(stored.map(({ aggregate, version }) => `${aggregate} ${version}`).sort()).to.deep.equal(done);
    const records = stored.map(({ aggregate, version }) => change(aggregate, version));
    const shuffled = [...records, ...records].sort(() => Math.random() - 0.5);
    for (let from = 0; from < shuffled.length; from += 7) {
      const batch = shuffled.slice(from, from + 7);
      expect([failed(await relayed(batch)), failed(await projected(batch))]).to.deep.equal([[], []]);
    }
    const messages = await arrived();
    const expected = stored.map(({ aggregate, version, type }) => `${aggregate} ${version} ${type}`);
    expect([...messages].sort()).to.deep.equal([...expected].sort());
    for (const order of orders) {
      const of = (all: readonly string[]): string[] => all.filter((line) => line.startsWith(`${order} `));
      expect(of(messages)).to.deep.equal(of(expected));
      const { status } = (await store.replay(order, {} as Order, summaries.apply)).state;
      expect(await view(order)).to.deep.equal([status, String(of(expected).length)]);
    }
  });

  it("hands over again what fails, publishes the other aggregates, and goes on in order afterwards", async () => {
    for (const order of ["good", "bad"])
      for (const command of [create(1), paid]) await handleOrder(store, order, command);
    const records = [change("bad", 1), change("good", 1), change("bad", 2), change("good", 2)];
    unpublishable = "bad 2";
    expect(failed(await relayed(records))).to.deep.equal(["bad-1", "bad-2"]);
    expect(await arrived()).to.have.members([
      "good 1 ORDER_CREATED",
      "good 2 ORDER_STATUS_UPDATED",
      "bad 1 ORDER_CREATED",
    ]);
    unpublishable = undefined;
    expect(failed(await relayed(records))).to.deep.equal([]);
    expect(await arrived()).to.deep.equal(["bad 2 ORDER_STATUS_UPDATED"]);
  });

  it("publishes with `catchUp` what the stream has lost", async () => {
    await handleOrder(store, "lost", create(1));
    expect(await relay.catchUp({})).to.deep.equal({ aggregates: 1 });
    expect(await relay.catchUp({})).to.deep.equal({ aggregates: 1 });
    expect(await arrived()).to.deep.equal(["lost 1 ORDER_CREATED"]);
  });

  it("replays what is published, marked as a replay, and nothing that is not published yet", async () => {
    await handleOrder(store, "a", create(1));
    await relay.publishNew("a");
    await arrived();
    await handleOrder(store, "a", paid);
    expect(await relay.replay({ id: "r1" })).to.deep.equal({ aggregates: 1 });
    expect(await relay.replay({ id: "r1" })).to.deep.equal({ aggregates: 1 });
    expect(await arrived()).to.deep.equal(["a 1 ORDER_CREATED r1"]);
    await relay.replay({ id: "r2", aggregate: "a" });
    expect(await arrived()).to.deep.equal(["a 1 ORDER_CREATED r2"]);
  });

  it("computes a read model anew when its code has a new revision, and keeps an older one from taking it back", async () => {
    await handleOrder(store, "a", create(1));
    await projection.update("a");
    const place = { dynamodb, eventsTable: `orders-${run}`, viewTable: `summaries-${run}` };
    const shouting = new Projection(
      {
        initial: summaries.initial,
        apply: (order: Order, event) => ({ ...summaries.apply(order, event), status: "Shipped" as const }),
        revision: 2,
      },
      place,
    );
    expect(await shouting.rebuildAll()).to.deep.equal({ aggregates: 1 });
    expect(await view("a")).to.deep.equal(["Shipped", "1"]);
    await handleOrder(store, "a", paid);
    await projection.update("a");
    expect(await view("a")).to.deep.equal(["Shipped", "1"]);
    await shouting.update("a");
    expect(await view("a")).to.deep.equal(["Shipped", "2"]);
  });

  it("stops a sweep before its time is over, and goes on where it stopped", async () => {
    for (const order of ["a", "b", "c"]) await handleOrder(store, order, create(1));
    const { aggregates: all } = await store.aggregates();
    expect([...all].sort()).to.deep.equal(["a", "b", "c"]);
    // DynamoDB ends a page at 1 MB; here each has one aggregate.
    const paged = Object.assign(Object.create(store) as EventStore, {
      aggregates: (from = "0") => {
        const next = Number(from) + 1;
        return Promise.resolve({
          aggregates: all.slice(next - 1, next),
          ...(next < all.length && { next: String(next) }),
        });
      },
    });
    const handled: string[] = [];
    const handle = (aggregate: string) => Promise.resolve(void handled.push(aggregate));
    const left = [60_000, 1000, 60_000];
    const context = { getRemainingTimeInMillis: () => left.shift() ?? 0 };
    expect(await sweep(paged, {}, handle, context)).to.deep.equal({ aggregates: 2, next: "2" });
    expect(await sweep(paged, { from: "2" }, handle, context)).to.deep.equal({ aggregates: 1 });
    expect(handled).to.deep.equal(all);
  });

  it("refuses an event that no topic carries", async () => {
    const data = "x".repeat(200 * 1024);
    const answer = await store.append("large", 0, [{ type: "NOTED", data }]).catch((error: unknown) => error);
    expect(answer).to.be.instanceOf(RangeError);
    expect(await store.load("large")).to.deep.equal([]);
  });
});
