// Health of a service: its stores by the checks that it gives, the services that it calls over HTTP.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { health, type HealthArgs, record } from "../../runtime";
import { ecommerce } from "../../infra/systems/ecommerce";

const well = () => Promise.resolve("PONG");

describe("health of a service", () => {
  const asked: string[] = [];
  let answers: [code: number, body: string] = [200, "ok"];
  const server = createServer((request, response) => {
    asked.push(`${request.url ?? ""} ${String(request.headers["x-health-of"])}`);
    response.writeHead(answers[0]).end(answers[1]);
  });
  let url = "";
  before((ready) => {
    server.listen(0, "127.0.0.1", () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      ready();
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked.length = 0;
    answers = [200, "ok"];
  });
  const of = (more: Partial<HealthArgs> = {}) =>
    health(ecommerce, "order", {
      checks: { database: well, cache: well },
      variables: { USER_SERVICE_URL: url, PRODUCT_SERVICE_URL: url, PAYMENT_SERVICE_URL: url },
      ...more,
    });
  const statuses = async (one = of()) => {
    const { status, checks } = await one.report();
    return [
      status,
      Object.entries(checks).flatMap(([name, { error }]) => (error === undefined ? [] : [`${name}: ${error}`])),
    ];
  };

  it("names every store that the description has and no check covers", () => {
    expect(() => of({ checks: {} })).to.throw("health of order has no check for: database, cache");
    expect(() => health(ecommerce, "notification", { checks: {} })).not.to.throw();
  });

  it("asks the services that are called, and says which of them fail", async () => {
    expect(await statuses()).to.deep.equal(["healthy", []]);
    expect(asked.sort()).to.deep.equal(["/health order", "/health order", "/health order"]);
    answers = [503, ""];
    const [status, failed] = await statuses();
    expect(status).to.equal("degraded");
    expect(failed).to.have.members([
      "user: answers with 503",
      "product: answers with 503",
      "payment: answers with 503",
    ]);
    answers = [200, '{"status":"unhealthy","service":"user"}'];
    expect((await statuses())[0]).to.equal("degraded");
  });

  it("is unhealthy when a store fails or does not answer in time", async () => {
    // `user` calls nobody.
    const userWith = (database: HealthArgs["checks"][string], cache: HealthArgs["checks"][string]) =>
      statuses(health(ecommerce, "user", { checks: { database, cache }, timeout: 200 }));
    const never = () => new Promise(() => undefined);
    expect(await userWith(never, well)).to.deep.equal(["unhealthy", ["database: no answer within 200 ms"]]);
    const down = () => Promise.reject(new Error("ECONNREFUSED"));
    expect(await userWith(well, down)).to.deep.equal(["unhealthy", ["cache: ECONNREFUSED"]]);
  });

  it("checks once in five seconds, however often it is asked", async () => {
    let checks = 0;
    const one = of({ checks: { database: () => Promise.resolve(checks++), cache: well } });
    await Promise.all([one.report(), one.report(), one.report()]);
    expect([checks, asked.length]).to.deep.equal([1, 3]);
  });

  it("fails a request for the dependencies, and no request of a load balancer; a caller's question goes no further", async () => {
    const one = of({ checks: { database: () => Promise.reject(new Error("down")), cache: well } });
    const service = createServer((request, response) => void one.answer(request, response));
    await new Promise<void>((ready) => service.listen(0, "127.0.0.1", ready));
    const at = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    try {
      const [live, all] = [await fetch(`${at}/health`), await fetch(`${at}/health/dependencies?x=1`)];
      expect([live.status, all.status]).to.deep.equal([200, 503]);
      const before = asked.length;
      const answer = (await (await fetch(at, { headers: { "x-health-of": "gateway" } })).json()) as object;
      expect(answer).to.have.property("status", "unhealthy");
      expect(answer).to.have.property("checks").that.has.all.keys("database", "cache");
      expect(asked).to.have.length(before);
    } finally {
      service.closeAllConnections();
      service.close();
    }
  });
});

describe("business metrics", () => {
  const lines: unknown[] = [];
  const log = console.log;
  const recorded = (work: () => void): unknown => {
    lines.length = 0;
    console.log = (line: string) => void lines.push(JSON.parse(line));
    try {
      work();
    } finally {
      console.log = log;
    }
    return lines[0];
  };

  it("are log lines in the embedded metric format", () => {
    const dimensions = { currency: "EUR" };
    const line = recorded(() => {
      record({ OrderValue: 12.5 }, { unit: "None", dimensions, namespace: "shop", properties: { orderId: "1" } });
    }) as { readonly _aws: { readonly Timestamp: number } };
    expect(line._aws.Timestamp).to.be.closeTo(Date.now(), 5000);
    const directive = {
      Namespace: "shop",
      Dimensions: [["service", "currency"]],
      Metrics: [{ Name: "OrderValue", Unit: "None" }],
    };
    expect(line).to.deep.equal({
      ...{ orderId: "1", service: "unknown", currency: "EUR", OrderValue: 12.5 },
      _aws: { Timestamp: line._aws.Timestamp, CloudWatchMetrics: [directive] },
    });
  });

  it("are refused when CloudWatch would drop them", () => {
    expect(() => {
      record({ OrderValue: NaN });
    }).to.throw("OrderValue is NaN");
    const dimensions = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`d${index}`, "x"]));
    expect(() => {
      record({ OrderValue: 1 }, { dimensions });
    }).to.throw("31 dimensions");
  });
});
