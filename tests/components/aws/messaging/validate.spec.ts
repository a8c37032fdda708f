import { expect } from "chai";
import { InvalidInput } from "../../../../components/kit";
import { Messaging, type MessagingArgs } from "../../../../components/aws/messaging";
import { undeliveredQueue, validateMessaging } from "../../../../components/aws/messaging/validate";
import { deploy } from "../../../../offline/providers/mocks";
import { placement, seed } from "./fixtures";

const queue = { visibilityTimeout: "30s", maxReceiveCount: 3 } as const;
const pathsOf = (args: Partial<MessagingArgs>, name = "m") =>
  validateMessaging(name, { placement, queues: {}, topics: {}, subscriptions: [], ...args }).map(({ path }) => path);

describe("components/aws/messaging validation", () => {
  it("finds nothing wrong with the seed", () => {
    expect(validateMessaging("messaging", seed)).to.deep.equal([]);
  });

  it("takes the bounds themselves", () => {
    const queues = {
      least: { visibilityTimeout: "0s", maxReceiveCount: 1, retention: "1m", delay: "0s" },
      most: { visibilityTimeout: "12h", maxReceiveCount: 1000, retention: "14d", delay: "15m" },
    } as const;
    expect(pathsOf({ queues })).to.deep.equal([]);
  });

  it("refuses what is beyond the bounds", () => {
    const queues = {
      a: { visibilityTimeout: "13h", maxReceiveCount: 0, retention: "59s", delay: "16m" },
      b: { visibilityTimeout: "1.5m", maxReceiveCount: 1001, retention: "15d" },
      c: { visibilityTimeout: "30s", maxReceiveCount: 1.5 },
    } as const;
    expect(pathsOf({ queues })).to.deep.equal([
      "queues.a.visibilityTimeout",
      "queues.a.retention",
      "queues.a.delay",
      "queues.a.maxReceiveCount",
      "queues.b.visibilityTimeout",
      "queues.b.retention",
      "queues.b.maxReceiveCount",
      "queues.c.maxReceiveCount",
    ]);
  });

  it("refuses names that AWS, variables or its own children could not bear", () => {
    const queues = { Orders: queue, "a--b": queue, "a-": queue, "a-dead-letter": queue, "a-undelivered": queue };
    expect(pathsOf({ queues, topics: { "1events": {} } })).to.deep.equal([
      "queues.Orders",
      "queues.a--b",
      "queues.a-",
      "queues.a-dead-letter",
      "queues.a-undelivered",
      "topics.1events",
    ]);
  });

  it("refuses names whose longest child does not fit in 80 characters with .fifo", () => {
    const fits = "q".repeat(75 - 8 - "m-".length - "-dead-letter".length);
    expect(pathsOf({ queues: { [fits]: queue } })).to.deep.equal([]);
    expect(pathsOf({ queues: { [`${fits}q`]: queue } })).to.deep.equal([`queues.${fits}q`]);
  });

  it("shortens the name of what a subscription could not deliver, and keeps two long ones apart", () => {
    expect(undeliveredQueue("m-a-to-b")).to.equal("m-a-to-b-undelivered");
    const long = `m-${"t".repeat(30)}-to-${"q".repeat(30)}`;
    const names = [undeliveredQueue(`${long}1`), undeliveredQueue(`${long}2`)];
    expect(names.map((name) => name.length)).to.deep.equal([67, 67]);
    expect(new Set(names).size).to.equal(2);
    const half = "t".repeat(30);
    const args = { queues: { [half]: queue }, topics: { [half]: {} }, subscriptions: [{ topic: half, queue: half }] };
    expect(pathsOf(args)).to.deep.equal([]);
  });

  it("refuses an age that no message reaches, or that is no duration in range", () => {
    const aged = (maxAge: `${number}s` | `${number}d`, retention: `${number}d` = "4d") =>
      pathsOf({ queues: { q: { ...queue, maxAge, retention } } });
    expect(aged("60s")).to.deep.equal([]);
    expect(aged("4d")).to.deep.equal(["queues.q.maxAge"]);
    expect(aged("4d", "5d")).to.deep.equal([]);
    expect(aged("59s")).to.deep.equal(["queues.q.maxAge"]);
  });

  it("refuses a display name over 100 characters", () => {
    expect(
      pathsOf({ topics: { a: { displayName: "x".repeat(100) }, b: { displayName: "x".repeat(101) } } }),
    ).to.deep.equal(["topics.b.displayName"]);
  });

  it("refuses subscriptions between what does not exist, twice, or with an empty filter", () => {
    const subscriptions = [
      { topic: "nothing", queue: "nowhere" },
      { topic: "a", queue: "q", eventTypes: [] },
      { topic: "a", queue: "q", eventTypes: ["X", "X"] },
    ];
    expect(pathsOf({ queues: { q: queue }, topics: { a: {} }, subscriptions })).to.deep.equal([
      "subscriptions[0].topic",
      "subscriptions[0].queue",
      "subscriptions[1].eventTypes",
      "subscriptions[2]",
      "subscriptions[2].eventTypes",
    ]);
  });

  it("refuses a FIFO queue on a standard topic, and takes a standard queue on a FIFO topic", () => {
    const queues = { fifo: { ...queue, fifo: true }, standard: queue } as const;
    const topics = { fifo: { fifo: true }, standard: {} } as const;
    const subscriptions = [
      { topic: "standard", queue: "fifo" },
      { topic: "fifo", queue: "fifo" },
      { topic: "fifo", queue: "standard" },
    ];
    expect(pathsOf({ queues, topics, subscriptions })).to.deep.equal(["subscriptions[0]"]);
  });

  it("reports everything in one error, before anything is created", async () => {
    const broken = { ...seed, queues: { Bad: queue }, subscriptions: [{ topic: "x", queue: "y" }] };
    const error = await deploy(() => new Messaging("m", broken)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(({ path }) => path)).to.deep.equal([
      "queues.Bad",
      "subscriptions[0].topic",
      "subscriptions[0].queue",
    ]);
  });
});
