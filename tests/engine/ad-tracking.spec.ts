// The handlers of ad-tracking against a real Redis and an AWS API server, with records as Lambda hands them over: poison, repeated, late.
import { DynamoDBClient, CreateTableCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { expect } from "chai";
import { Redis } from "ioredis";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { bundled } from "../../components/aws/function";
import { cacheAccess, cacheKeyPrefix } from "../../components/kit";
import { tokenOf } from "../../infra/functions/ad-tracking/connection";
import { storeEvents } from "../../infra/functions/ad-tracking/events";
import { updatePrograms } from "../../infra/functions/ad-tracking/programs";
import type { StreamAnswer, StreamEvent } from "../../infra/functions/ad-tracking/records";
import { type AwsServer, startAws } from "./support/aws-server";
import { root } from "./support/stacks";
import { type CachePrograms, cachePrograms } from "./support/stores";

type Records = StreamEvent["Records"];

const event = (programId: string, last: string) => ({
  ...{ messageId: `06bc2944-886c-4e56-907c-fa248c8af0${last}`, programId, programName: "program2", checksum: "124" },
  ...{ customerId: 9124, customerName: "Customer2", userAgent: "curl/7.54.0", valid: true },
});
const change = (programId: string, version: number) => ({
  ...{ programId, programName: `program v${version}`, checksum: "124", customerId: 9124, customerName: "C", version },
});
const recordsOf = (values: readonly unknown[]): Records =>
  values.map((value, index) => ({
    kinesis: {
      sequenceNumber: String(index + 1),
      data: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64"),
    },
  }));

/** Hands a batch over as Lambda does: from the first record that failed on again, and past it when its retries are used up. */
async function deliver(handle: (batch: StreamEvent) => Promise<StreamAnswer>, all: Records, retries = 2) {
  const dead: string[] = [];
  for (let from = 0, tries = 0; from < all.length;) {
    const { batchItemFailures } = await handle({ Records: all.slice(from) });
    const [failed] = batchItemFailures;
    if (failed === undefined) break;
    const at = all.findIndex(({ kinesis }) => kinesis.sequenceNumber === failed.itemIdentifier);
    tries = at === from ? tries + 1 : 1;
    from = at;
    if (tries <= retries) continue;
    dead.push(failed.itemIdentifier);
    [from, tries] = [at + 1, 0];
  }
  return dead;
}

/** Modules that every Node has. */
const NODE: readonly string[] = builtinModules;

describe("handlers of ad-tracking", function () {
  this.timeout(300_000);
  const silent = console.error;
  before(() => {
    console.error = () => undefined;
  });
  after(() => {
    console.error = silent;
  });

  describe("store-events, against an AWS API server", () => {
    let aws: AwsServer;
    let dynamodb: DynamoDBClient;
    let tables = 0;
    before(async function () {
      const started = await startAws();
      if (typeof started === "string") return this.skip();
      aws = started;
      dynamodb = new DynamoDBClient(aws.client);
      return undefined;
    });
    after(() => {
      (aws as AwsServer | undefined)?.stop();
    });

    async function emptyTable(): Promise<string> {
      const table = `events-${(tables += 1)}`;
      const keys = ["programId", "messageId"] as const;
      await dynamodb.send(
        new CreateTableCommand({
          TableName: table,
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? "HASH" : "RANGE" })),
          AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        }),
      );
      return table;
    }
    const stored = async (table: string) => (await dynamodb.send(new ScanCommand({ TableName: table }))).Items ?? [];

    it("stores each event of a stream once, however often it is given", async () => {
      // The client speaks HTTP/2, and moto HTTP/1.
      const kinesis = new KinesisClient({ ...aws.client, requestHandler: new NodeHttpHandler() });
      const table = await emptyTable();
      const StreamName = "tracking-events";
      await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
      const all = [event("1", "01"), event("1", "02"), event("2", "03"), event("1", "01")];
      const Records = all.map((one) => ({ Data: Buffer.from(JSON.stringify(one)), PartitionKey: one.programId }));
      await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
      const ShardId = (await kinesis.send(new ListShardsCommand({ StreamName }))).Shards?.[0]?.ShardId ?? "";
      const position = { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
      const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(position));
      const read = (await kinesis.send(new GetRecordsCommand({ ShardIterator }))).Records ?? [];
      const batch = read.map(({ SequenceNumber = "", Data = new Uint8Array() }) => ({
        kinesis: { sequenceNumber: SequenceNumber, data: Buffer.from(Data).toString("base64") },
      }));
      expect(batch).to.have.length(4);
      for (let time = 0; time < 2; time += 1)
        expect(await deliver((given) => storeEvents(given, { dynamodb, table }), batch)).to.deep.equal([]);
      const items = await stored(table);
      expect(items).to.have.length(3);
      expect(items.find(({ messageId }) => messageId?.S?.endsWith("03"))).to.deep.include({
        customerId: { N: "9124" },
        valid: { BOOL: true },
        userAgent: { S: "curl/7.54.0" },
      });
    });

    it("names the bad record, keeps what came before it, and stores what comes behind it", async () => {
      const table = await emptyTable();
      const poison = ["no JSON", { ...event("1", "02"), customerId: "9124" }, { programId: "1" }];
      const batch = recordsOf([event("1", "01"), poison[0], event("1", "03"), poison[1], poison[2], event("1", "06")]);
      const handle = (given: StreamEvent) => storeEvents(given, { dynamodb, table });
      expect(await handle({ Records: batch })).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "2" }] });
      expect(await stored(table)).to.have.length(1);
      expect(await deliver(handle, batch)).to.deep.equal(["2", "4", "5"]);
      expect(await stored(table)).to.have.length(3);
    });

    it("gives the record again that DynamoDB did not take, and all behind it", async () => {
      const handle = (table: string) => (given: StreamEvent) => storeEvents(given, { dynamodb, table });
      const batch = recordsOf([event("1", "01"), event("1", "02")]);
      const answer = await handle("no-such-table")({ Records: batch });
      expect(answer).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "1" }] });
      const table = await emptyTable();
      expect(await deliver(handle(table), batch)).to.deep.equal([]);
      expect(await stored(table)).to.have.length(2);
    });
  });

  describe("update-programs, against a Redis with the access of the function's user", () => {
    const prefix = cacheKeyPrefix("tracking");
    const key = `${prefix}program:212313`;
    let programs: CachePrograms;
    let admin: Redis;
    let redis: Redis;
    before(async function () {
      const found = await cachePrograms();
      if (typeof found === "string") return this.skip();
      programs = found;
      const port = await programs.ports();
      programs.run("valkey-server", [
        "--port",
        String(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        programs.folder,
      ]);
      admin = new Redis({ host: "127.0.0.1", port, retryStrategy: () => 100, maxRetriesPerRequest: null });
      await admin.acl("SETUSER", "function", ">word", ...cacheAccess("tracking").split(" "));
      redis = new Redis({ host: "127.0.0.1", port, username: "function", password: "word", enableReadyCheck: false });
      return undefined;
    });
    beforeEach(async () => {
      await admin.flushall();
    });
    after(() => {
      (redis as Redis | undefined)?.disconnect();
      (admin as Redis | undefined)?.disconnect();
      (programs as CachePrograms | undefined)?.stop();
    });

    /** What the channel says while some work is done. */
    async function messagesOf(work: () => Promise<unknown>): Promise<string[]> {
      const heard: string[] = [];
      const listener = redis.duplicate();
      listener.on("message", (_channel, message) => heard.push(message));
      await listener.subscribe(`${prefix}programs`);
      await work();
      await admin.publish(`${prefix}programs`, "end");
      while (heard.at(-1) !== "end") await new Promise((resolve) => setTimeout(resolve, 20));
      listener.disconnect();
      return heard.slice(0, -1);
    }
    const handle = (given: StreamEvent) => updatePrograms(given, { redis, prefix });

    it("writes a program and tells the tasks", async () => {
      const heard = await messagesOf(() => deliver(handle, recordsOf([change("212313", 1), change("7", 1)])));
      expect(heard).to.deep.equal([key, `${prefix}program:7`]);
      expect(await admin.hgetall(key)).to.deep.equal({
        ...{ programId: "212313", programName: "program v1", checksum: "124", customerId: "9124" },
        ...{ customerName: "C", version: "1" },
      });
    });

    it("neither goes back to an earlier version nor tells of a change twice", async () => {
      const given = recordsOf([change("212313", 1), change("212313", 3), change("212313", 2), change("212313", 3)]);
      const heard = await messagesOf(async () => {
        await deliver(handle, given);
        await deliver(handle, given);
      });
      expect(heard).to.deep.equal([key, key]);
      expect(await admin.hget(key, "programName")).to.equal("program v3");
    });

    it("passes over a bad record only after its retries", async () => {
      const given = recordsOf([change("1", 1), { ...change("2", 1), version: 0 }, change("3", 1)]);
      expect(await handle({ Records: given })).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "2" }] });
      expect(await deliver(handle, given)).to.deep.equal(["2"]);
      expect((await admin.keys("*")).sort()).to.deep.equal([`${prefix}program:1`, `${prefix}program:3`]);
    });

    it("reaches no keys and channels but its service's", async () => {
      const elsewhere = (given: StreamEvent) => updatePrograms(given, { redis, prefix: "order:" });
      const given = recordsOf([change("1", 1)]);
      expect(await elsewhere({ Records: given })).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "1" }] });
      expect(await admin.keys("*")).to.deep.equal([]);
    });
  });

  it("sign in to the cache with a request for its replication group, good for fifteen minutes", async () => {
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "session" };
    const user = { username: "tracking-update-programs-1", replicationGroup: "cache-group" };
    const token = new URL(
      `http://${await tokenOf(user, "eu-central-1", credentials, new Date("2030-01-01T00:00:00Z"))}`,
    );
    expect(token.host).to.equal("cache-group");
    expect(Object.fromEntries(token.searchParams)).to.deep.include({
      ...{ Action: "connect", User: "tracking-update-programs-1", "X-Amz-Expires": "900" },
      "X-Amz-Credential": "AKIDEXAMPLE/20300101/eu-central-1/elasticache/aws4_request",
      "X-Amz-Security-Token": "session",
    });
    expect(token.searchParams.get("X-Amz-Signature")).to.match(/^[0-9a-f]{64}$/);
  });

  it("are bundled whole, except for what Lambda brings", () => {
    for (const name of ["store-events", "update-programs"]) {
      const text = bundled(join(root, `infra/functions/ad-tracking/${name}.ts`));
      const outside = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, module = ""]) =>
        module.replace(/^node:/, ""),
      );
      const known = outside.filter(
        (module) => module.startsWith("@aws-sdk/") || NODE.includes(module.split("/")[0] ?? ""),
      );
      expect(
        outside.filter((module) => !known.includes(module)),
        name,
      ).to.deep.equal([]);
      expect(text).to.contain("handler");
    }
  });
});
