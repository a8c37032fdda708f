// What the components Messaging and Database render, on real servers: RabbitMQ and PostgreSQL.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { collect } from "../../../cli/process";
import type { MessagingArgs } from "../../../components/kubernetes/messaging";
import type { Definitions } from "../../../components/kubernetes/messaging/definitions";
import { deployed as deployMessaging, shop } from "../../components/kubernetes/messaging/shop";
import { rolesSql } from "../../../components/kubernetes/database/roles";
import { type PostgresServer, type Server, startPostgres, startRabbitmq } from "../support/stores";
import { root } from "../support/stacks";

const SECRET = "kubernetes:core/v1:Secret";

/** Definitions as the component renders them, and the passwords of their users. */
async function rendered(args: Partial<MessagingArgs> = {}) {
  const { one, ofType } = await deployMessaging(args);
  const { stringData } = one(SECRET, "messaging-import").inputs as { stringData: Record<string, string> };
  const definitions = JSON.parse(stringData["definitions.json"] ?? "") as Definitions;
  const passwords = ofType(SECRET).flatMap(({ inputs }) => {
    const { username, password } = (inputs as { stringData: Record<string, string> }).stringData;
    return username === undefined ? [] : [[username, password ?? ""] as const];
  });
  return { definitions, passwords: Object.fromEntries(passwords) };
}

describe("kubernetes: the topology on a real RabbitMQ", function () {
  this.timeout(180_000);
  let server: Server | undefined;
  let passwords: Record<string, string>;
  const folder = mkdtempSync(join(tmpdir(), "archipelago-topology-"));

  before(async function () {
    const started = await startRabbitmq();
    if (typeof started === "string") {
      console.log(`    not run, for want of ${started}`);
      this.skip();
    }
    server = started;
    const shopAsRendered = await rendered();
    ({ passwords } = shopAsRendered);
    await load(shopAsRendered.definitions);
  });

  after(() => {
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the Job's program as the Job does. */
  async function load(definitions: Definitions): Promise<string> {
    const file = join(folder, "definitions.json");
    for (const name of ["username", "password"]) writeFileSync(join(folder, name), "guest");
    // The API takes messages from users with this tag only; it gives no right to queues. The policy of RabbitMQ 3.11 is unknown to Debian's 3.10.
    const users = definitions.users.map((user) => ({ ...user, tags: [...user.tags, "management"] }));
    const policies = definitions.policies.map(
      ({ definition: { "consumer-timeout": _, ...definition }, ...policy }) => ({
        ...policy,
        definition,
      }),
    );
    writeFileSync(file, JSON.stringify({ ...definitions, users, policies }));
    const env = {
      API_URL: `http://127.0.0.1:${server?.port ?? 0}`,
      CREDENTIALS_FOLDER: folder,
      DEFINITIONS_FILE: file,
      NODES: "1",
      USER_TAG: "service",
    };
    const program = join(root, "components/kubernetes/messaging/import.cjs");
    const { code, stdout, stderr } = await collect({ file: process.execPath, args: [program], env, timeout: 60_000 });
    expect(code, `${stdout}${stderr}`).to.equal(0);
    return stdout;
  }

  async function call(user: string, method: string, path: string, body?: object) {
    const password = user === "guest" ? "guest" : (passwords[user] ?? "");
    const response = await fetch(`http://127.0.0.1:${server?.port ?? 0}/api/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
        "content-type": "application/json",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }

  const publish = (user: string, exchange: string, routing_key: string, payload: string) =>
    call(user, "POST", `exchanges/messaging/${exchange}/publish`, {
      properties: { delivery_mode: 2 },
      routing_key,
      payload,
      payload_encoding: "string",
    });
  const receive = (user: string, queue: string, ackmode: string) =>
    call(user, "POST", `queues/messaging/${queue}/get`, { count: 10, ackmode, encoding: "auto" });

  /** Takes all messages out of a queue. */
  async function taken(user: string, queue: string): Promise<string[]> {
    const { text } = await receive(user, queue, "ack_requeue_false");
    return (JSON.parse(text) as { payload: string }[]).map(({ payload }) => payload);
  }

  const allQueues = (definitions: Definitions) => definitions.queues.map(({ name }) => name);

  /** The queues that have got a message, and no longer have it. */
  async function reached(definitions: Definitions): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const found = await Promise.all(
      allQueues(definitions).map(async (queue) => ((await taken("guest", queue)).length > 0 ? [queue] : [])),
    );
    return found.flat().sort();
  }

  it("delivers each event to the queues that subscribe to it, and to no other", async () => {
    const { definitions } = await rendered();
    const delivered: Record<string, readonly string[]> = {};
    for (const [user, { publishes = {}, sends = [] }] of Object.entries(shop.users)) {
      for (const [topic, types] of Object.entries(publishes)) {
        for (const type of types) {
          expect((await publish(user, topic, type, type)).status, `${user} publishes ${type}`).to.equal(200);
          delivered[type] = await reached(definitions);
        }
      }
      for (const queue of sends) {
        expect((await publish(user, queue, "", "work")).status).to.equal(200);
        delivered[`work for ${queue}`] = await reached(definitions);
      }
    }
    expect(delivered).to.deep.equal({
      ORDER_CREATED: ["inventory-update-queue", "payment-processing-queue"],
      ORDER_UPDATED: ["payment-processing-queue"],
      ORDER_CANCELLED: ["inventory-update-queue"],
      ORDER_CONFIRMED: ["notification-queue"],
      ORDER_SHIPPED: ["notification-queue"],
      "work for order-processing-queue": ["order-processing-queue"],
      PAYMENT_COMPLETED: ["notification-queue"],
      PAYMENT_FAILED: ["notification-queue"],
    });
  });

  it("delivers a message as often as `maxReceiveCount` says, then puts it among the dead letters", async () => {
    await publish("order", "order-events", "ORDER_UPDATED", "poison");
    const attempts: string[] = [];
    for (let attempt = 1; attempt <= 5; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { text } = await receive("payment", "payment-processing-queue", "reject_requeue_true");
      if (text.includes("poison")) attempts.push(`delivery ${attempt}`);
    }
    expect(attempts).to.deep.equal(["delivery 1", "delivery 2", "delivery 3"]);
    expect(await taken("guest", "payment-processing-queue.dead-letter")).to.deep.equal(["poison"]);
  });

  it("refuses each user what no edge gives it", async () => {
    const { definitions } = await rendered();
    const exchanges = definitions.exchanges.map(({ name }) => name).concat("amq.default", "amq.topic");
    const allowed: string[] = [];
    for (const user of Object.keys(shop.users)) {
      for (const exchange of exchanges) {
        for (const type of ["ORDER_CREATED", "PAYMENT_FAILED", "FORGED"]) {
          if ((await publish(user, exchange, type, "probe")).status === 200)
            allowed.push(`${user} writes ${exchange} ${type}`);
        }
        const bound = await call(user, "POST", `bindings/messaging/e/${exchange}/q/notification-queue`, {
          routing_key: "#",
        });
        if (bound.status < 300) allowed.push(`${user} binds ${exchange}`);
      }
      for (const queue of allQueues(definitions)) {
        if ((await receive(user, queue, "ack_requeue_false")).status === 200) allowed.push(`${user} reads ${queue}`);
        if ((await call(user, "DELETE", `queues/messaging/${queue}`)).status < 300)
          allowed.push(`${user} deletes ${queue}`);
      }
      for (const path of ["queues/messaging/own", "exchanges/messaging/own"]) {
        const made = await call(user, "PUT", path, { type: "topic", durable: true, auto_delete: false, arguments: {} });
        if (made.status < 300) allowed.push(`${user} makes ${path}`);
      }
    }
    expect(allowed).to.deep.equal([
      "order writes order-events ORDER_CREATED",
      // A queue's exchange has no event types.
      "order writes order-processing-queue ORDER_CREATED",
      "order writes order-processing-queue PAYMENT_FAILED",
      "order writes order-processing-queue FORGED",
      "order reads order-processing-queue",
      "product reads inventory-update-queue",
      "payment writes payment-events PAYMENT_FAILED",
      "payment reads payment-processing-queue",
      "notification reads notification-queue",
    ]);
    await reached(definitions);
  });

  it("takes a changed topology without losing a message, and drops what is no longer declared", async () => {
    await publish("order", "order-events", "ORDER_CREATED", "kept");
    const { "notification-queue": _, ...queues } = shop.queues;
    const { notification: __, ...users } = shop.users;
    const changed = await rendered({
      queues: { ...queues, "inventory-update-queue": { visibilityTimeout: "180s", maxReceiveCount: 1, delay: "1s" } },
      subscriptions: [{ topic: "order-events", queue: "inventory-update-queue", eventTypes: ["ORDER_CREATED"] }],
      users,
    });
    const { passwords: formerly } = { passwords };
    ({ passwords } = changed);
    const said = await load(changed.definitions);
    expect(said).to.contain("deleted binding order-events payment-processing-queue ORDER_CREATED");
    expect(said).to.contain("deleted binding order-events inventory-update-queue ORDER_CANCELLED");
    expect(said).to.contain("deleted user notification");
    expect(said).to.contain("kept queue notification-queue:");
    expect(said).not.to.contain("deleted policy notification-queue");
    // What lay there lies there still, under the new limit: one delivery.
    expect(await taken("payment", "payment-processing-queue")).to.deep.equal(["kept"]);
    expect((await receive("product", "inventory-update-queue", "reject_requeue_true")).text).to.contain("kept");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await taken("guest", "inventory-update-queue.dead-letter")).to.deep.equal(["kept"]);
    // A delayed message is not there at once, and comes.
    await publish("order", "order-events", "ORDER_CREATED", "later");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await taken("product", "inventory-update-queue")).to.deep.equal([]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await taken("product", "inventory-update-queue")).to.deep.equal(["later"]);
    passwords = { ...changed.passwords, notification: formerly.notification ?? "" };
    expect((await receive("notification", "notification-queue", "ack_requeue_false")).status).to.equal(401);
    expect(await load(changed.definitions)).not.to.contain("deleted");
  });
});

describe("kubernetes: the roles of a database on a real PostgreSQL", function () {
  this.timeout(120_000);
  let server: PostgresServer | undefined;
  const sql = (...args: Parameters<PostgresServer["sql"]>) => server?.sql(...args) ?? Promise.resolve("no server");
  const owner = (statement: string) => sql("orderservice", "owner", "orderservice", statement);
  const app = (statement: string, database = "orderservice") => sql("app", "service", database, statement);

  before(async function () {
    const started = await startPostgres();
    if (typeof started === "string") {
      console.log(`    not run, for want of ${started}`);
      this.skip();
    }
    server = started;
    // What the operator does: the owner and its database, our statements in it, then the service's password.
    const admin = (statement: string, database = "postgres") => sql("postgres", "spec", database, statement);
    expect(await admin("CREATE ROLE orderservice LOGIN PASSWORD 'owner'")).to.equal("");
    expect(await admin("CREATE DATABASE orderservice OWNER orderservice")).to.equal("");
    for (const statement of rolesSql("orderservice", "orderservice"))
      expect(await admin(statement, "orderservice"), statement).to.equal("");
    expect(await admin("ALTER ROLE app PASSWORD 'service'")).to.equal("");
    await admin("CREATE ROLE other LOGIN PASSWORD 'other'");
  });

  after(() => {
    server?.stop();
  });

  it("let migrations change the schema, and the service read and write rows", async () => {
    const migration = "CREATE TABLE orders (id serial PRIMARY KEY, total int); ALTER TABLE orders ADD COLUMN note text";
    expect(await owner(migration)).to.equal("");
    expect(await app("INSERT INTO orders (total) VALUES (7) RETURNING id")).to.equal("1");
    expect(await app("UPDATE orders SET total = 8; SELECT total FROM orders")).to.equal("8");
    expect(await app("DELETE FROM orders")).to.equal("");
  });

  it("refuse the service what changes the schema or another's rights, and everybody else the database", async () => {
    const refused = [
      "CREATE TABLE mine (id int)",
      "ALTER TABLE orders ADD COLUMN mine text",
      "DROP TABLE orders",
      "TRUNCATE orders",
      "CREATE SCHEMA mine",
      "CREATE TEMPORARY TABLE mine (id int)",
      "CREATE ROLE mine",
      "ALTER ROLE orderservice PASSWORD 'mine'",
      "SET ROLE orderservice",
      "SELECT pg_read_file('PG_VERSION')",
    ];
    for (const statement of refused)
      expect(await app(statement), statement).to.match(/denied|must be (owner|superuser)/);
    expect(await sql("other", "other", "orderservice", "SELECT 1")).to.match(/permission denied for database/);
    expect(await sql("app", "wrong", "orderservice", "SELECT 1")).to.match(/password authentication failed/);
  });
});
