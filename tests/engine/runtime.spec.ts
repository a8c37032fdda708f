// The runtime's event store and its commands of sagas, against an AWS API server.
import { CreateTableCommand, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import {
  CommandConsumer,
  ConcurrentWrite,
  type Consumer,
  consumer as consumerOf,
  copies,
  currentContext,
  EventStore,
  inContextOf,
  publisher,
  type ReceivedEvent,
  Rejected,
  TableCopies,
  TableMemory,
} from "../../runtime";
import { defineSystem } from "../../infra/model/define-system";
import { message } from "../../infra/model/kinds/topic/contract";
import { type AwsServer, startAws } from "./support/aws-server";

describe("the runtime, against an AWS API server", function () {
  this.timeout(200_000);
  let aws: AwsServer;
  let dynamodb: DynamoDBClient;
  let store: EventStore;

  before(async function () {
    const started = await startAws();
    if (typeof started === "string") return this.skip();
    aws = started;
    dynamodb = new DynamoDBClient(aws.client);
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "events",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "aggregateId", AttributeType: "S" },
          { AttributeName: "version", AttributeType: "N" },
        ],
        KeySchema: [
          { AttributeName: "aggregateId", KeyType: "HASH" },
          { AttributeName: "version", KeyType: "RANGE" },
        ],
      }),
    );
    store = new EventStore(dynamodb, "events");
    return undefined;
  });

  after(() => {
    (aws as AwsServer | undefined)?.stop();
  });

  /** Memory in a table of its own. */
  async function memoryIn(tableName: string): Promise<TableMemory> {
    await dynamodb.send(
      new CreateTableCommand({
        ...{ TableName: tableName, BillingMode: "PAY_PER_REQUEST" },
        AttributeDefinitions: [{ AttributeName: "key", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
      }),
    );
    return new TableMemory({ dynamodb, tableName });
  }

  it("keeps every event of 50 writers at once, each once and without a gap", async () => {
    const write = async (writer: number): Promise<void> => {
      for (;;) {
        const { version } = await store.replay("order-1", 0, (count) => count + 1);
        try {
          await store.append("order-1", version, [{ type: "LINE_ADDED", data: { writer } }]);
          return;
        } catch (error) {
          if (!(error instanceof ConcurrentWrite)) throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
        }
      }
    };
    const writers = Array.from({ length: 50 }, (_, index) => index);
    await Promise.all(writers.map(write));
    const events = await store.load("order-1");
    expect(events.map(({ version }) => version)).to.deep.equal(writers.map((index) => index + 1));
    const seen = events.map(({ data }) => (data as { readonly writer: number }).writer);
    expect(seen.sort((a, b) => a - b)).to.deep.equal(writers);
  });

  it("adds all events of a write or none, and leaves no gap", async () => {
    const event = { type: "CHANGED", data: {} };
    expect(await store.append("order-2", 0, [event, event])).to.equal(2);
    const refused = async (expected: number) =>
      store.append("order-2", expected, [event, event]).then(
        () => "added",
        (error: unknown) => error instanceof ConcurrentWrite,
      );
    expect(await refused(1)).to.equal(true);
    expect(await refused(5)).to.equal(true);
    expect((await store.load("order-2")).map(({ version }) => version)).to.deep.equal([1, 2]);
  });

  it("replays behind the last snapshot, which an older one does not replace", async () => {
    const sum = (total: number, { data }: { readonly data: unknown }) => total + (data as number);
    await store.append(
      "sum",
      0,
      [1, 2, 3].map((data) => ({ type: "ADDED", data })),
    );
    await store.keepSnapshot("sum", { version: 2, state: 3 });
    await store.keepSnapshot("sum", { version: 1, state: 1 });
    expect(await store.snapshot("sum")).to.deep.equal({ version: 2, state: 3 });
    expect(await store.replay("sum", 0, sum)).to.deep.equal({ version: 3, state: 6 });
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: "events" }));
    expect(Items.filter(({ aggregateId }) => aggregateId?.S === "sum")).to.have.length(4);
  });

  describe("commands of sagas", () => {
    let memory: TableMemory;
    let done: string[] = [];
    let queueUrl = "";
    let sqs: SQSClient;
    let consumer: CommandConsumer;
    const answers: string[] = [];

    beforeEach(async () => {
      memory = await memoryIn(`steps-${Math.random()}`);
      [done, answers.length] = [[], 0];
      sqs = new SQSClient(aws.client);
      const { QueueUrl = "" } = await sqs.send(
        new CreateQueueCommand({ QueueName: `commands-${Math.random()}`.replace(".", "") }),
      );
      queueUrl = QueueUrl;
      const sfn = new SFNClient(aws.client);
      // Which answers the workflow gets; saga.spec.ts runs real ones.
      sfn.middlewareStack.add(
        () => (args) => {
          const { output, error } = args.input as { readonly output?: string; readonly error?: string };
          answers.push(output ?? error ?? "alive");
          return Promise.resolve({ output: { $metadata: {} }, response: {} });
        },
        { step: "initialize" },
      );
      const work = (name: string) => () => {
        done.push(name);
        return Promise.resolve({ name });
      };
      const handlers = {
        pay: work("pay"),
        refund: work("refund"),
        decline: () => Promise.reject(new Rejected("no money")),
        break: () => Promise.reject(new TypeError("x is undefined")),
      };
      consumer = new CommandConsumer({ sqs, sfn, queueUrl, memory, handlers });
    });

    const send = async (kind: "do" | "undo", command: string, more: object = {}): Promise<void> => {
      const body = {
        saga: "s",
        kind,
        step: "pay",
        command,
        execution: "e",
        token: "t",
        timeoutSeconds: 60,
        input: {},
        results: {},
      };
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ ...body, ...more }) }));
      await consumer.receive(1);
    };
    const left = async (): Promise<unknown> => {
      const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
      );
      return names.map((name) => Attributes?.[name]);
    };

    it("are done once, however often they arrive, and get the same answer", async () => {
      await send("do", "pay");
      await send("do", "pay");
      expect(done).to.deep.equal(["pay"]);
      expect(answers).to.deep.equal(['{"name":"pay"}', '{"name":"pay"}']);
      expect(await left()).to.deep.equal(["0", "0"]);
    });

    it("are refused once they are undone, also when the compensation came first", async () => {
      await send("undo", "refund");
      await send("do", "pay");
      expect(done).to.deep.equal(["refund"]);
      expect(answers).to.deep.equal(['{"name":"refund"}', "Saga.Rejected"]);
    });

    it("that are rejected stay so, and have nothing to undo", async () => {
      await send("do", "decline");
      await send("do", "pay");
      await send("undo", "refund");
      expect(done).to.deep.equal([]);
      expect(answers).to.deep.equal(["Saga.Rejected", "Saga.Rejected", "null"]);
    });

    it("that fail, have no handler, or a result that is too large are answered with an error that leaves open whether they are done", async () => {
      await send("do", "break");
      await send("do", "unknown");
      await send("do", "pay", { mostResultBytes: 4 });
      expect(answers).to.deep.equal(["TypeError", "Error", "RangeError"]);
    });

    it("are dropped when their time is over", async () => {
      await send("do", "pay", { timeoutSeconds: -1 });
      expect([done, answers, await left()]).to.deep.equal([[], [], ["0", "0"]]);
    });
  });

  describe("events with contracts", () => {
    const scaling = { min: 1, max: 1 } as const;
    const base = { context: "Sales", description: "A service", scaling } as const;
    const sold = message({ saleId: "uuid", total: "number" });
    const shop = defineSystem({
      name: "shop",
      contexts: {
        Sales: { description: "Sells", entities: ["Sale"] },
        People: { description: "Who buys", entities: ["User"] },
      },
      topics: {
        sales: { displayName: "Sales", events: { SOLD: { schema: sold, metric: "Sales" }, NOTED: {} } },
        people: {
          displayName: "People",
          events: {
            USER_CHANGED: { schema: message({ userId: "uuid", name: "string", changedAt: "date-time" }) },
            USER_DELETED: { schema: message({ userId: "uuid", deletedAt: "date-time" }) },
          },
        },
        history: { displayName: "History", fifo: true, events: { MOVED: { schema: message({ step: "integer" }) } } },
      },
      services: {
        till: { ...base, publishes: { sales: ["SOLD"], history: ["MOVED"] } },
        user: { ...base, context: "People", publishes: { people: ["USER_CHANGED", "USER_DELETED"] } },
        stock: {
          ...base,
          owns: { tables: { buyers: { partitionKey: "id" } } },
          projects: { User: { from: { people: "all" }, table: "buyers" } },
          consumes: {
            "sale-queue": { from: { sales: ["SOLD"] }, maxReceiveCount: 2 },
            "move-queue": { from: { history: "all" }, fifo: true },
          },
        },
      },
    });
    const sale = { saleId: "06bc2944-886c-4e56-907c-fa248c8af023", total: 3 };
    const log = console.log;
    const silent = console.error;
    let sns: SNSClient;
    let sqs: SQSClient;
    let variables: Record<string, string>;
    let deadLetters = "";
    let handled: ReceivedEvent<{ readonly saleId: string; readonly total: number }>[] = [];

    before(() => {
      [console.log, console.error] = [() => undefined, () => undefined];
    });
    after(() => {
      [console.log, console.error] = [log, silent];
    });

    beforeEach(async () => {
      [sns, sqs, handled] = [new SNSClient(aws.client), new SQSClient(aws.client), []];
      const run = String(Math.random()).slice(2);
      const queue = async (name: string, Attributes: Record<string, string> = {}): Promise<[string, string]> => {
        const QueueName = `${name}-${run}${Attributes.FifoQueue === "true" ? ".fifo" : ""}`;
        const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
        const asked = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
        return [QueueUrl, asked.Attributes?.QueueArn ?? ""];
      };
      const [deadUrl, deadLetterTargetArn] = await queue("dead");
      deadLetters = deadUrl;
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
      const [saleUrl, saleArn] = await queue("sale", { RedrivePolicy });
      const [moveUrl, moveArn] = await queue("move", { FifoQueue: "true" });
      const [copyUrl, copyArn] = await queue("copy");
      const topic = async (
        name: string,
        endpoint: string,
        Attributes: Record<string, string> = {},
      ): Promise<string> => {
        const Name = `${name}-${run}${Attributes.FifoTopic === "true" ? ".fifo" : ""}`;
        const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name, Attributes }));
        await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: endpoint }));
        return TopicArn;
      };
      variables = {
        SALES_TOPIC_ARN: await topic("sales", saleArn),
        PEOPLE_TOPIC_ARN: await topic("people", copyArn),
        STOCK_USER_PROJECTION_URL: copyUrl,
        HISTORY_TOPIC_ARN: await topic("history", moveArn, { FifoTopic: "true" }),
        SALE_QUEUE_URL: saleUrl,
        MOVE_QUEUE_URL: moveUrl,
      };
    });

    const counted = async (QueueUrl: string): Promise<unknown> => {
      const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
      return names.map((name) => Attributes?.[name]);
    };
    const publish = () => publisher(shop, "till", { sns, variables });
    const sales = (more: object = {}) =>
      consumerOf(shop, "stock", "sale-queue", {
        ...{ sqs, variables, ...more },
        on: {
          SOLD: (event) => {
            handled.push(event);
            return Promise.resolve();
          },
        },
      });

    it("arrive with their data, version, correlation and trace, and are deleted", async () => {
      const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
      const { id } = await inContextOf({ "x-correlation-id": "order-1", traceparent }, () =>
        publish()("sales", "SOLD", sale),
      );
      const contexts: unknown[] = [];
      const consumed = consumerOf(shop, "stock", "sale-queue", {
        ...{ sqs, variables },
        on: {
          SOLD: (event) => {
            handled.push(event);
            contexts.push(currentContext());
            return Promise.resolve();
          },
        },
      });
      expect(await consumed.receive(1)).to.equal(1);
      expect(handled.map((event) => [event.id, event.type, event.version, event.data])).to.deep.equal([
        [id, "SOLD", "1.0", sale],
      ]);
      expect(contexts).to.have.length(1);
      expect(contexts[0]).to.have.property("correlationId", "order-1");
      expect(contexts[0])
        .to.have.property("traceparent")
        .that.matches(/^00-a{32}-[0-9a-f]{16}-01$/);
      expect(await counted(variables.SALE_QUEUE_URL ?? "")).to.deep.equal(["0", "0"]);
    });

    it("are not sent when they break their contract", async () => {
      const broken = publish()("sales", "SOLD", { ...sale, saleId: "one" }).catch((error: unknown) => String(error));
      expect(await broken).to.equal('ContractBroken: SOLD 1.0: /saleId must match format "uuid"');
      expect(await counted(variables.SALE_QUEUE_URL ?? "")).to.deep.equal(["0", "0"]);
    });

    it("that others send against the contract go to the dead letters at once, and the good ones are handled", async () => {
      const text = (StringValue: string) => ({ event_type: { DataType: "String", StringValue } });
      const send = (Message: string, type: string) =>
        sns.send(new PublishCommand({ TopicArn: variables.SALES_TOPIC_ARN, Message, MessageAttributes: text(type) }));
      await send('{"saleId":1}', "SOLD");
      await send("{", "SOLD");
      await send("{}", "UNHEARD");
      await publish()("sales", "SOLD", sale);
      for (let tries = 0; tries < 4; tries++) await sales().receive(0);
      expect(handled).to.have.length(1);
      expect(await counted(variables.SALE_QUEUE_URL ?? "")).to.deep.equal(["0", "0"]);
      expect(await counted(deadLetters)).to.deep.equal(["3", "0"]);
    });

    it("of a later minor version are handled, those of another major version are not", async () => {
      const send = (version: string) =>
        sns.send(
          new PublishCommand({
            ...{ TopicArn: variables.SALES_TOPIC_ARN, Message: JSON.stringify({ ...sale, more: 1 }) },
            MessageAttributes: {
              event_type: { DataType: "String", StringValue: "SOLD" },
              event_version: { DataType: "String", StringValue: version },
            },
          }),
        );
      await send("1.7");
      await send("2.0");
      await sales().receive(0);
      expect(handled.map(({ version }) => version)).to.deep.equal(["1.7"]);
    });

    it("are handled once, however often they are delivered, with an inbox", async () => {
      const inbox = await memoryIn(`inbox-${String(Math.random()).slice(2)}`);
      for (let copies = 0; copies < 3; copies++) await publish()("sales", "SOLD", sale, { id: "sale-1" });
      expect(await sales({ inbox }).receive(0)).to.equal(3);
      expect(handled).to.have.length(1);
    });

    it("that fail stay hidden for a while, and are tried again", async () => {
      await publish()("sales", "SOLD", sale);
      const failing = consumerOf(shop, "stock", "sale-queue", {
        ...{ sqs, variables },
        on: { SOLD: () => Promise.reject(new Error("the database is down")) },
      });
      expect(await failing.receive(0)).to.equal(0);
      expect(await counted(variables.SALE_QUEUE_URL ?? "")).to.deep.equal(["0", "1"]);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      expect(await sales().receive(1)).to.equal(1);
      expect(handled.map(({ deliveries }) => deliveries)).to.deep.equal([2]);
    });

    it("of one group keep their order when one of them fails", async () => {
      for (const step of [1, 2, 3]) await publish()("history", "MOVED", { step }, { group: "a" });
      await publish()("history", "MOVED", { step: 9 }, { group: "b" });
      const steps: number[] = [];
      let fails = true;
      const moves = consumerOf(shop, "stock", "move-queue", {
        ...{ sqs, variables },
        on: {
          MOVED: ({ data: { step } }) => {
            if (step === 2 && fails) return Promise.reject(new Error("not now"));
            steps.push(step);
            return Promise.resolve();
          },
        },
      });
      await moves.receive(0);
      expect([...steps].sort()).to.deep.equal([1, 9]);
      fails = false;
      await new Promise((resolve) => setTimeout(resolve, 2500));
      for (let tries = 0; tries < 3; tries++) await moves.receive(0);
      expect(steps.filter((step) => step !== 9)).to.deep.equal([1, 2, 3]);
      const refused = publish()("history", "MOVED", { step: 1 }).catch((error: unknown) => String(error));
      expect(await refused).to.contain("history keeps order: name the group of MOVED");
    });

    describe("that keep a copy of an entity up to date", () => {
      const id = "06bc2944-886c-4e56-907c-fa248c8af023";
      const at = (second: number) => `2026-11-29T11:00:0${second}Z`;
      let people: TableCopies<{ readonly name: string }>;
      let copied: Consumer;

      const newTable = async (): Promise<void> => {
        const BUYERS_TABLE = `buyers-${String(Math.random()).slice(2)}`;
        await dynamodb.send(
          new CreateTableCommand({
            ...{ TableName: BUYERS_TABLE, BillingMode: "PAY_PER_REQUEST" },
            AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
            KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          }),
        );
        people = new TableCopies(dynamodb, "buyers", { BUYERS_TABLE });
        copied = copies(shop, "stock", "User", {
          ...{ sqs, variables, store: people },
          on: {
            USER_CHANGED: ({ data: { userId, name, changedAt } }) => ({
              id: userId,
              version: changedAt,
              copy: { name },
            }),
            USER_DELETED: ({ data: { userId, deletedAt } }) => ({ id: userId, version: deletedAt, deleted: true }),
          },
        });
      };
      beforeEach(newTable);

      const changed = (name: string, second: number, replay?: string) =>
        publisher(shop, "user", { sns, variables })(
          "people",
          "USER_CHANGED",
          { userId: id, name, changedAt: at(second) },
          replay === undefined ? {} : { replay },
        );
      const deleted = (second: number) =>
        publisher(shop, "user", { sns, variables })("people", "USER_DELETED", { userId: id, deletedAt: at(second) });
      const kept = async () => {
        while ((await copied.receive(0)) > 0);
        return people.read(id);
      };

      it("keep the last state, whatever arrives twice, late or in another order", async () => {
        const all = [1, 2, 3, 4].flatMap((second) => [second, second]);
        for (const second of all.sort(() => Math.random() - 0.5)) await changed(`v${second}`, second);
        expect(await kept()).to.deep.equal({ name: "v4" });
        await changed("v2", 2);
        expect(await kept()).to.deep.equal({ name: "v4" });
      });

      it("do not bring back what is deleted", async () => {
        await changed("v1", 1);
        await deleted(3);
        await changed("v2", 2);
        expect(await kept()).to.equal(undefined);
        await changed("again", 4);
        expect(await kept()).to.deep.equal({ name: "again" });
      });

      it("fill a new table when the owner sends everything again, which no other handler sees", async () => {
        await changed("v1", 1);
        await kept();
        await newTable();
        expect(await kept()).to.equal(undefined);
        await changed("v1", 1, "r1");
        expect(await kept()).to.deep.equal({ name: "v1" });
        await publish()("sales", "SOLD", sale, { replay: "r1" });
        expect(await sales().receive(0)).to.equal(1);
        expect(handled).to.deep.equal([]);
        await publish()("sales", "SOLD", sale, { replay: "r2" });
        expect(await sales({ replays: true }).receive(0)).to.equal(1);
        expect(handled).to.have.length(1);
      });
    });
  });
});
