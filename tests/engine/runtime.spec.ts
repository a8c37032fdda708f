// The runtime's event store and its commands of sagas, against an AWS API server.
import { CreateTableCommand, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { CommandConsumer, ConcurrentWrite, EventStore, Rejected, type StepMemory, type StepState } from "../../runtime";
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
    const known = new Map<string, StepState>();
    const memory: StepMemory = {
      read: (key) => Promise.resolve(known.get(key)),
      write: (key, before, now) => {
        if (known.get(key) !== before) return Promise.resolve(false);
        known.set(key, now);
        return Promise.resolve(true);
      },
    };
    let done: string[] = [];
    let queueUrl = "";
    let sqs: SQSClient;
    let consumer: CommandConsumer;
    const answers: string[] = [];

    beforeEach(async () => {
      known.clear();
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
});
