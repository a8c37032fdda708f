import { expect } from "chai";
import type { Service, System } from "../../../infra/model/system";
import { problemsOnEcs } from "../support/aws";

const till: Service = {
  context: "Sales",
  description: "Sells",
  exposes: { paths: ["/till"], priority: 1 },
  calls: { stock: {} },
  publishes: { sales: ["SOLD"] },
  scaling: { min: 1, max: 2, cpu: 60 },
};
const stock: Service = {
  context: "Sales",
  description: "Counts",
  consumes: { jobs: { from: { sales: ["SOLD"] }, visibilityTimeout: "30s", maxReceiveCount: 3 } },
  scaling: { min: 1, max: 2, cpu: 60 },
};
const shop: System = {
  name: "shop",
  contexts: { Sales: { description: "Sells", entities: ["Order"] } },
  topics: { sales: { displayName: "Sales", events: { SOLD: {} } } },
  services: { till, stock },
};

/** Path and value of each problem of the shop with its till changed. */
function withTill(changes: Partial<Service>): [path: string, value: unknown][] {
  return found({ ...shop, services: { till: { ...till, ...changes }, stock } });
}

/** The same with its stock changed. */
function withStock(changes: Partial<Service>): [path: string, value: unknown][] {
  return found({ ...shop, services: { till, stock: { ...stock, ...changes } } });
}

function found(system: System): [path: string, value: unknown][] {
  return problemsOnEcs(system).map(({ path, value }) => [path, value]);
}

describe("validation of a system", () => {
  it("accepts a system without a problem", () => {
    expect(found(shop)).to.deep.equal([]);
  });

  it("holds what an image needs to what Fargate offers", () => {
    const runtime = {
      user: "root",
      writablePaths: [{ path: "cache" }, { path: "/data", size: "600 MiB" }],
      stopTimeout: "3m",
      startTime: "2h",
      ephemeralStorage: "20 GiB",
      containerHealthCheck: { command: [], interval: "1s" },
    } as const;
    const paths = withTill({ runtime }).map(([path]) => path.replace("services.till.runtime.", ""));
    expect(paths).to.deep.equal([
      "stopTimeout",
      "ephemeralStorage",
      "containerHealthCheck.interval",
      "startTime",
      "user",
      "containerHealthCheck.command",
      "writablePaths[0]",
      "writablePaths",
    ]);
    expect(withTill({ runtime: { writablePaths: ["/cache"], ephemeralStorage: "21 GiB" } })).to.deep.equal([]);
  });

  it("reports all problems at once", () => {
    const { description, exposes, scaling } = till;
    const system: System = {
      ...shop,
      name: "Shop",
      services: {
        till: { description, ...(exposes && { exposes }), scaling, context: "Sale", cpu: 300 },
        stock: { ...stock, scaling: { min: 2, max: 1 } },
      },
    };
    expect(found(system)).to.deep.equal([
      ["name", "Shop"],
      ["services.till.context", "Sale"],
      ["services.stock.scaling.max", 1],
      ["services.stock.scaling", { min: 2, max: 1 }],
      ["services.till.cpu", 300],
    ]);
  });

  it("refuses names that no resource could carry", () => {
    const name = "a".repeat(32);
    expect(found({ ...shop, services: { ...shop.services, [name]: { ...stock, consumes: {} } } })).to.deep.equal([
      [`services.${name}`, name],
    ]);
    expect(found({ ...shop, services: { ...shop.services, default: { ...stock, consumes: {} } } })).to.deep.equal([
      ["services.default", "default"],
    ]);
    expect(found({ ...shop, cache: { engineVersion: "6.2" } })).to.deep.equal([["cache.engineVersion", "6.2"]]);
    expect(found({ ...shop, name: "a-shop-with-a-long-name" })).to.deep.equal([["name", "a-shop-with-a-long-name"]]);
    const queue = "Jobs";
    expect(
      withTill({ consumes: { [queue]: { visibilityTimeout: "1m", maxReceiveCount: 1 } }, sendsTo: [queue] }),
    ).to.deep.equal([["services.till.consumes.Jobs", "Jobs"]]);
  });

  it("refuses a former name that a service has, that two had, and the service's own", () => {
    const named = (services: Readonly<Record<string, Service>>) =>
      found({ ...shop, services: { ...shop.services, ...services } }).filter(([path]) => path.endsWith("renamedFrom"));
    expect(named({ counter: { ...stock, consumes: {}, renamedFrom: "desk" } })).to.deep.equal([]);
    expect(named({ counter: { ...stock, consumes: {}, renamedFrom: "stock" } })).to.deep.equal([
      ["services.counter.renamedFrom", "stock"],
    ]);
    expect(named({ counter: { ...stock, consumes: {}, renamedFrom: "counter" } })).to.deep.equal([
      ["services.counter.renamedFrom", "counter"],
    ]);
    const both = { ...stock, consumes: {}, renamedFrom: "desk" };
    expect(named({ counter: both, checkout: both })).to.deep.equal([
      ["services.counter.renamedFrom", "desk"],
      ["services.checkout.renamedFrom", "desk"],
    ]);
  });

  it("refuses versions of engines that AWS does not offer, and a way back", () => {
    const database = { kind: "aurora-serverless", databaseName: "till", minCapacity: 1, maxCapacity: 2 } as const;
    const versions = (engineVersion: string, upgradeFrom?: string) =>
      withTill({
        owns: {
          database: {
            ...database,
            backupRetention: "7d",
            engineVersion,
            ...(upgradeFrom !== undefined && { upgradeFrom }),
          },
        },
      }).map(([path]) => path);
    const path = "services.till.owns.database";
    for (const wrong of ["13", "99", "16.99", "16.x", "9.6"])
      expect(versions(wrong), wrong).to.deep.equal([`${path}.engineVersion`]);
    expect([versions("14"), versions("18.3"), versions("17", "14")]).to.deep.equal([[], [], []]);
    for (const wrong of ["17", "18", "16.1"])
      expect(versions("17", wrong), wrong).to.deep.equal([`${path}.upgradeFrom`]);
    const cache = (engine: "redis" | "valkey", engineVersion?: string) =>
      found({ ...shop, cache: { engine, ...(engineVersion !== undefined && { engineVersion }) } }).map(([at]) => at);
    expect([cache("redis"), cache("valkey"), cache("redis", "7.1"), cache("valkey", "7.2")]).to.deep.equal([
      [],
      [],
      [],
      [],
    ]);
    expect([cache("redis", "7.2"), cache("valkey", "7.1")]).to.deep.equal([
      ["cache.engineVersion"],
      ["cache.engineVersion"],
    ]);
  });

  it("refuses a snapshot that RDS could not have named", () => {
    const database = { kind: "postgres", databaseName: "till", instanceClass: "db.t3.micro" } as const;
    const sizes = { allocatedStorage: "20 GiB", maxAllocatedStorage: "20 GiB", backupRetention: "7d" } as const;
    const restored = (snapshotIdentifier: string) =>
      withTill({ owns: { database: { ...database, ...sizes, snapshotIdentifier } } });
    for (const right of [
      "till-final-1",
      "rds:till-2026-11-28-03-00",
      "arn:aws:rds:eu-central-1:111122223333:snapshot:till",
    ])
      expect(restored(right), right).to.deep.equal([]);
    for (const wrong of ["", "till final", "-till", "arn:aws:s3:::till"])
      expect(restored(wrong), wrong).to.deep.equal([["services.till.owns.database.snapshotIdentifier", wrong]]);
  });

  it("refuses references to what is not there", () => {
    expect(withTill({ calls: { stok: {} } })).to.deep.equal([["services.till.calls.stok", "stok"]]);
    expect(withTill({ publishes: { sale: ["SOLD"], sales: ["SOLD"] } })).to.deep.equal([
      ["services.till.publishes.sale", "sale"],
    ]);
    expect(withTill({ sendsTo: ["job"] })).to.deep.equal([["services.till.sendsTo[0]", "job"]]);
    expect(withTill({ usesCache: true })).to.deep.equal([["services.till.usesCache", true]]);
    expect(problemsOnEcs({ ...shop, services: { till: { ...till, calls: { stok: {} } }, stock } })[0]?.remedy).to.equal(
      'did you mean "stock"?',
    );
  });

  it("refuses events that the topic does not carry", () => {
    expect(withTill({ publishes: { sales: ["SOLD", "RETURNED"] } })).to.deep.equal([
      ["services.till.publishes.sales", "RETURNED"],
    ]);
    const consumes = (events: readonly string[] | "all"): Service["consumes"] => ({
      jobs: { from: { sales: events }, visibilityTimeout: "30s", maxReceiveCount: 3 },
    });
    expect(withStock({ consumes: consumes(["RETURNED"]) ?? {} })).to.deep.equal([
      ["services.stock.consumes.jobs.from.sales", "RETURNED"],
    ]);
    expect(withStock({ consumes: consumes([]) ?? {} })).to.deep.equal([
      ["services.stock.consumes.jobs.from.sales", []],
    ]);
  });

  it("refuses a queue that two services consume, and one that nothing is sent to", () => {
    const { consumes = {} } = stock;
    expect(withTill({ consumes })).to.deep.equal([["services.stock.consumes", "jobs"]]);
    const idle = { idle: { visibilityTimeout: "30s", maxReceiveCount: 3 } } as const;
    expect(withTill({ consumes: idle })).to.deep.equal([["services.till.consumes.idle", "idle"]]);
    expect(withTill({ consumes: idle, sendsTo: ["idle"] })).to.deep.equal([]);
  });

  it("refuses routes that a listener could not hold", () => {
    const exposes = (paths: readonly string[], priority = 2) => ({ exposes: { paths, priority } });
    expect(withStock(exposes(["/stock"], 1))).to.deep.equal([["services.stock.exposes.priority", 1]]);
    expect(withStock(exposes(["/till"]))).to.deep.equal([["services.stock.exposes.paths", "/till"]]);
    expect(withStock(exposes([]))).to.deep.equal([["services.stock.exposes.paths", []]]);
    const six = ["/a", "/b", "/c", "/d", "/e", "/f"];
    expect(withStock(exposes(six))).to.deep.equal([["services.stock.exposes.paths", six]]);
    expect(withStock(exposes(["stock"]))).to.deep.equal([["services.stock.exposes.paths[0]", "stock"]]);
    expect(withStock(exposes(["/stock"], 50_001))).to.deep.equal([["services.stock.exposes.priority", 50_001]]);
  });

  it("refuses more wildcards than a rule may have", () => {
    const paths = ["/stock/*/*", "/stock/?/?", "/shelf/*/?"];
    expect(withStock({ exposes: { paths, priority: 2 } })).to.deep.equal([["services.stock.exposes.paths", paths]]);
  });

  it("refuses more limits than a firewall can count", () => {
    const limited = (name: string, priority: number): [string, Service] => [
      name,
      { ...stock, consumes: {}, exposes: { paths: [`/${name}`], priority, rateLimit: { perMinute: 10 } } },
    ];
    const named = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => limited(`s${at}`, at + 100)));
    expect(found({ ...shop, services: { ...shop.services, ...named(9) } })).to.deep.equal([]);
    expect(found({ ...shop, services: { ...shop.services, ...named(10) } })).to.deep.equal([
      ["services.s9.exposes.rateLimit", { perMinute: 10 }],
    ]);
  });

  it("refuses a health check that outlasts its interval", () => {
    const healthCheck = { interval: "5s", timeout: "5s" } as const;
    expect(withTill({ exposes: { paths: ["/till"], priority: 1, healthCheck } })).to.deep.equal([
      ["services.till.exposes.healthCheck.timeout", "5s"],
    ]);
  });

  it("refuses calls that wait or retry without end", () => {
    expect(withTill({ calls: { stock: { timeout: "301s", retries: 11 } } })).to.deep.equal([
      ["services.till.calls.stock.timeout", "301s"],
      ["services.till.calls.stock.retries", 11],
    ]);
  });

  it("refuses waits before a retry that are none, or longer than any caller has", () => {
    const found = (backoff: "0ms" | "1ms" | "60s" | "61s") => withTill({ calls: { stock: { backoff } } });
    expect(found("0ms")).to.deep.equal([["services.till.calls.stock.backoff", "0ms"]]);
    expect(found("61s")).to.deep.equal([["services.till.calls.stock.backoff", "61s"]]);
    expect([...found("1ms"), ...found("60s")]).to.deep.equal([]);
  });

  it("refuses promises that nobody can keep or measure", () => {
    const found = (availability: number, percentile: number, within: `${number}ms` | `${number}m`) =>
      withTill({ serviceLevel: { availability, latency: { percentile, within } } });
    const path = "services.till.serviceLevel";
    expect(found(100, 100, "0ms")).to.deep.equal([
      [`${path}.availability`, 100],
      [`${path}.latency.percentile`, 100],
      [`${path}.latency.within`, "0ms"],
    ]);
    expect(found(49.9, 0.5, "6m")).to.deep.equal([
      [`${path}.availability`, 49.9],
      [`${path}.latency.percentile`, 0.5],
      [`${path}.latency.within`, "6m"],
    ]);
    expect([...found(50, 1, "1ms"), ...found(99.999, 99.99, "5m")]).to.deep.equal([]);
    expect(withTill({ serviceLevel: { availability: Number.NaN } })).to.have.length(1);
  });

  it("refuses operations that no code could be named after", () => {
    expect(withTill({ offers: { sell: "once", Sell: "once", "sell-it": "once", sell_it: "once" } })).to.deep.equal([
      ["services.till.offers.Sell", "Sell"],
      ["services.till.offers.sell-it", "sell-it"],
      ["services.till.offers.sell_it", "sell_it"],
    ]);
  });

  it("refuses to follow fewer requests than none or more than all", () => {
    for (const sampling of [-0.1, 1.1]) {
      expect(problemsOnEcs({ ...shop, tracing: { sampling } })).to.deep.equal([
        {
          path: "tracing.sampling",
          value: sampling,
          allowed: "a number from 0 to 1",
          remedy: "choose a number in this range",
        },
      ]);
    }
    for (const sampling of [0, 1]) expect(found({ ...shop, tracing: { sampling } })).to.deep.equal([]);
  });

  it("refuses sizes that Fargate does not offer", () => {
    expect(withTill({ cpu: 512, memory: "512 MiB" })).to.deep.equal([["services.till.memory", "512 MiB"]]);
    expect(withTill({ cpu: 2048, memory: "16 GiB" })).to.deep.equal([]);
    expect(withTill({ cpu: 8192, memory: "18 GiB" })).to.deep.equal([["services.till.memory", "18 GiB"]]);
    expect(withTill({ port: 0 })).to.deep.equal([["services.till.port", 0]]);
  });

  it("refuses scaling that can't work", () => {
    const rising = [
      { from: 0, change: 0 },
      { from: 1, change: 1 },
    ];
    const queue = (queue: string, steps: readonly { from: number; change: number }[]) => ({
      scaling: { min: 1, max: 5, queue: { queue, steps } },
    });
    expect(withTill({ scaling: { min: 0, max: 1, cpu: 60 } })).to.deep.equal([["services.till.scaling.min", 0]]);
    expect(withTill({ scaling: { min: 1, max: 2 } })).to.deep.equal([["services.till.scaling", { min: 1, max: 2 }]]);
    expect(withTill({ scaling: { min: 1, max: 2, cpu: 101 } })).to.deep.equal([["services.till.scaling.cpu", 101]]);
    expect(withTill(queue("jobs", rising))).to.deep.equal([["services.till.scaling.queue.queue", "jobs"]]);
    expect(
      withStock(
        queue("jobs", [
          { from: 0, change: 0 },
          { from: 10, change: 1 },
          { from: 5, change: 2 },
        ]),
      ),
    ).to.deep.equal([["services.stock.scaling.queue.steps", [0, 10, 5]]]);
    expect(withStock(queue("jobs", []))).to.deep.equal([["services.stock.scaling.queue.steps", []]]);
    const falling = { from: 1, change: -1 };
    expect(withStock(queue("jobs", [{ from: 0, change: 0 }, falling]))[0]).to.deep.equal([
      "services.stock.scaling.queue.steps[1].change",
      -1,
    ]);
    for (const changes of [
      [0, 0],
      [1, 2],
      [0, 2, 1],
    ]) {
      const steps = changes.map((change, from) => ({ from, change }));
      expect(withStock(queue("jobs", steps))).to.deep.equal([["services.stock.scaling.queue.steps", changes]]);
    }
  });

  it("refuses queues that lose or repeat messages", () => {
    const jobs = { from: { sales: ["SOLD"] }, visibilityTimeout: "13h", maxReceiveCount: 0 } as const;
    expect(withStock({ consumes: { jobs } })).to.deep.equal([
      ["services.stock.consumes.jobs.visibilityTimeout", "13h"],
      ["services.stock.consumes.jobs.maxReceiveCount", 0],
    ]);
  });

  it("refuses stores that RDS, Aurora or S3 would not make", () => {
    expect(
      withTill({
        owns: {
          database: {
            kind: "postgres",
            databaseName: "Till",
            instanceClass: "db.t3.micro",
            allocatedStorage: "30 GiB",
            maxAllocatedStorage: "20 GiB",
            backupRetention: "36h",
          },
          buckets: { images: { corsOrigins: ["*"], noncurrentVersionExpiration: "1h" } },
        },
      }).map(([path]) => path),
    ).to.deep.equal([
      "services.till.owns.database.databaseName",
      "services.till.owns.database.backupRetention",
      "services.till.owns.buckets.images.corsOrigins[0]",
      "services.till.owns.buckets.images.noncurrentVersionExpiration",
      "services.till.owns.database.maxAllocatedStorage",
    ]);
    const aurora = { kind: "aurora-serverless", databaseName: "till", backupRetention: "7d" } as const;
    expect(withTill({ owns: { database: { ...aurora, minCapacity: 0.3, maxCapacity: 0.1 } } })).to.deep.equal([
      ["services.till.owns.database.minCapacity", 0.3],
      ["services.till.owns.database.maxCapacity", 0.1],
    ]);
  });

  it("refuses secrets that are weak or in the open, and egress without a reason", () => {
    expect(withTill({ secrets: { KEY: { length: 8 } }, environment: { KEY: "x", "a-b": "y" } })).to.deep.equal([
      ["services.till.secrets.KEY.length", 8],
      ["services.till.environment.a-b", "a-b"],
      ["services.till.secrets.KEY", "KEY"],
    ]);
    expect(withTill({ internetEgress: { reason: " " } })).to.deep.equal([["services.till.internetEgress.reason", " "]]);
  });
});
