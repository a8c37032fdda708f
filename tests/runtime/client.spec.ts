// Declared calls against a server that fails, is slow, or is down; and what does not compile.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { client, inContextOf } from "../../runtime";

interface Shop {
  readonly services: {
    readonly order: {
      readonly calls: {
        readonly payment: { readonly operations: readonly ["charge", "refund"] };
        readonly user: object;
      };
    };
    readonly payment: object;
  };
}

describe("calls of a service", () => {
  let answers: number[] = [];
  const requests: IncomingMessage[] = [];
  let waiting = 0;
  let most = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    most = Math.max(most, ++waiting);
    const status = answers.shift() ?? 200;
    // 0: no answer at all.
    setTimeout(() => {
      waiting--;
      if (status !== 0) response.writeHead(status).end();
    }, 20);
  });
  let url = "";
  before((done) => {
    server.listen(0, "127.0.0.1", () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    [answers, most] = [[], 0];
    requests.length = 0;
  });

  const payment = (more: Record<string, string> = {}) =>
    client<Shop, "order">("order", {
      PAYMENT_SERVICE_URL: url,
      PAYMENT_SERVICE_TIMEOUT_MS: "1000",
      PAYMENT_SERVICE_RETRIES: "2",
      PAYMENT_SERVICE_BACKOFF_MS: "1",
      PAYMENT_SERVICE_BREAKER_FAILURES: "0",
      PAYMENT_SERVICE_BREAKER_RESET_MS: "0",
      PAYMENT_SERVICE_MAX_CONCURRENT: "2",
      ...more,
    }).payment;
  const failure = async (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => "none",
      (error: unknown) => (error instanceof Error ? error.message : "no error"),
    );

  it("are repeated as often as the edge says, when a repetition does no harm", async () => {
    answers = [503, 500];
    expect((await payment()("charge", { path: "/charges/1" })).status).to.equal(200);
    expect(requests.map(({ method }) => method)).to.deep.equal(["GET", "GET", "GET"]);
    answers = [500, 500, 500];
    expect(await failure(payment()("charge", { path: "/" }))).to.equal("payment answers charge with 500");
  });

  it("send a POST once, unless it carries its own key", async () => {
    answers = [500];
    expect(await failure(payment()("charge", { method: "POST", path: "/" }))).to.equal(
      "payment answers charge with 500",
    );
    expect(requests).to.have.length(1);
    answers = [500];
    await payment()("charge", { method: "POST", path: "/", body: { amount: 1 }, idempotencyKey: "order-1" });
    expect(requests.slice(1).map(({ headers }) => headers["idempotency-key"])).to.deep.equal(["order-1", "order-1"]);
  });

  it("take an error of the client for an answer", async () => {
    answers = [404];
    expect((await payment()("refund", { path: "/" })).status).to.equal(404);
    expect(requests).to.have.length(1);
  });

  it("end after the time limit", async () => {
    answers = [0];
    const call = payment({ PAYMENT_SERVICE_TIMEOUT_MS: "60", PAYMENT_SERVICE_RETRIES: "0" })("charge", { path: "/" });
    expect(await failure(call)).to.match(/timed out/i);
  });

  it("stop for a while after failures in a row, and then try one", async () => {
    const call = payment({
      PAYMENT_SERVICE_BREAKER_FAILURES: "2",
      PAYMENT_SERVICE_BREAKER_RESET_MS: "80",
      PAYMENT_SERVICE_RETRIES: "0",
    });
    answers = [500, 500];
    await failure(call("charge", { path: "/" }));
    await failure(call("charge", { path: "/" }));
    expect(await failure(call("charge", { path: "/" }))).to.match(/circuit/i);
    expect(requests).to.have.length(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await call("charge", { path: "/" })).status).to.equal(200);
  });

  it("are never more at once than the edge says: the others are refused", async () => {
    const call = payment({ PAYMENT_SERVICE_RETRIES: "0" });
    const ends = await Promise.all([1, 2, 3, 4].map(() => failure(call("charge", { path: "/" }))));
    expect(most).to.equal(2);
    expect(ends.filter((end) => end === "none")).to.have.length(2);
  });

  it("carry the correlation and the trace of what caused them", async () => {
    const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
    await inContextOf({ "x-correlation-id": "order-1", traceparent }, () => payment()("charge", { path: "/" }));
    const { headers } = requests[0] ?? {};
    expect(headers?.["x-correlation-id"]).to.equal("order-1");
    expect(headers?.traceparent).to.match(/^00-a{32}-(?!b{16})[0-9a-f]{16}-01$/);
  });

  it("do not compile without an edge, and fail without its variables", () => {
    const order = client<Shop, "order">("order", {});
    expect(() => order.payment).to.throw("PAYMENT_SERVICE_URL is not set");
    const touched: unknown[] = [];
    expect(() => {
      // @ts-expect-error: order does not call shipping
      touched.push(order.shipping);
      // @ts-expect-error: payment has no calls
      touched.push(client<Shop, "payment">("payment", {}).order);
      // @ts-expect-error: order does not use this operation of payment
      void order.payment("getPayment", { path: "/" });
      // @ts-expect-error: there is no such service
      client<Shop, "stock">("stock");
    }).to.throw("SHIPPING_SERVICE_URL is not set");
  });
});
