// The health check of the monitor, against an entrance that answers, answers wrongly, and is gone.
import { expect } from "chai";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { checkHealth, configFrom } from "../../../infra/functions/health-monitor/monitor";

describe("the health check of an entrance", () => {
  let server: Server;
  let status = 200;
  let url = "";
  before(async () => {
    server = createServer((_, response) => response.writeHead(status, { location: "/elsewhere" }).end());
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
  });
  after(() => server.close());

  const variables = {
    ...{ ENTRANCE: "web", API_NAME: "web-1", API_STAGE: "v1", ALERT_TOPIC_ARN: "arn", ERROR_THRESHOLD: "10" },
    ...{ HEALTH_STATUS: "200", METRIC_NAMESPACE: "shop/prod/Health" },
  };
  const checked = async (more: Record<string, string> = {}) => {
    const lines: string[] = [];
    const healthy = await checkHealth(configFrom({ ...variables, HEALTH_URL: url, ...more }), (line) =>
      lines.push(line),
    );
    expect(lines).to.have.lengthOf(1);
    return { healthy, line: JSON.parse(lines[0] ?? "") as Record<string, unknown> };
  };

  it("is one line of metrics for each answer: a failure for every other status, and for none", async () => {
    status = 200;
    const good = await checked();
    expect(good.healthy).to.equal(true);
    expect(good.line).to.deep.include({ Entrance: "web", Failures: 0, found: 200 });
    expect(good.line._aws).to.have.nested.property("CloudWatchMetrics[0].Namespace", "shop/prod/Health");
    expect(good.line.ResponseTime).to.be.a("number");
    for (const other of [302, 403, 404, 500]) {
      status = other;
      const { healthy, line } = await checked();
      expect([healthy, line.Failures, line.found], `${other}`).to.deep.equal([false, 1, other]);
    }
    expect((await checked({ HEALTH_STATUS: "500" })).healthy).to.equal(true);
    const gone = await checked({ HEALTH_URL: "http://127.0.0.1:1/health" });
    expect([gone.healthy, gone.line.Failures]).to.deep.equal([false, 1]);
    expect(gone.line.found).to.match(/ECONNREFUSED|bad port/);
  });

  it("needs every variable, and one API", () => {
    expect(() => configFrom({})).to.throw(
      "ENTRANCE, API_STAGE, ALERT_TOPIC_ARN, HEALTH_URL, METRIC_NAMESPACE, API_NAME or API_ID, ERROR_THRESHOLD, HEALTH_STATUS",
    );
    expect(() => configFrom({ ...variables, HEALTH_URL: url, API_ID: "a1b2" })).to.throw(": API_NAME or API_ID");
    const { API_NAME: _, ...http } = variables;
    expect(configFrom({ ...http, HEALTH_URL: url, API_ID: "a1b2" }).api).to.deep.equal({ id: "a1b2" });
  });
});
