// The mesh must not cut short what a caller still waits for.
import { expect } from "chai";
import fc from "fast-check";
import type { Duration } from "../../../components/kit/units";
import { environments } from "../../../infra/environments";
import { derive } from "../../../infra/model/derive";
import type { CallPolicy, Exposure, Service, System } from "../../../infra/model/system";
import { settingsFor } from "../support/systems";

/** What the plan says of `callee` when callers wait as long as this. */
function timeoutFor(
  waits: readonly CallPolicy["timeout"][],
  responseTime?: Exposure["responseTime"],
): string | undefined {
  const service: Service = { context: "Sales", description: "Sells", scaling: { min: 1, max: 1 } };
  const callers = waits.map((timeout, at): [string, Service] => [
    `caller-${at}`,
    { ...service, calls: { callee: timeout === undefined ? {} : { timeout } } },
  ]);
  const system: System = {
    name: "shop",
    contexts: { Sales: { description: "Sells", entities: ["Order"] } },
    topics: {},
    services: {
      callee: { ...service, ...(responseTime && { exposes: { paths: ["/api"], responseTime } }) },
      ...Object.fromEntries(callers),
    },
  };
  const plan = derive(system, environments.dev, settingsFor(system, "dev"));
  return plan.services.find(({ name }) => name === "callee")?.requestTimeout;
}

describe("how long the mesh waits", () => {
  it("is the mesh's own time while that is longer than every caller's", () => {
    expect(timeoutFor([])).to.equal(undefined);
    expect(timeoutFor([undefined, "14s"])).to.equal(undefined);
  });

  it("is a second longer than the slowest caller waits", () => {
    expect(timeoutFor(["15s"])).to.equal("16s");
    expect(timeoutFor(["2s", "1m", "30s", undefined])).to.equal("61s");
  });

  it("has no end when a caller waits for ever", () => {
    expect(timeoutFor(["2s", "none", "1m"])).to.equal("none");
  });

  it("is as long as its routes say, since the load balancer's requests go through the proxy too", () => {
    expect(timeoutFor([], "2m")).to.equal("120s");
    expect(timeoutFor([], "5s")).to.equal("5s");
    expect(timeoutFor(["20s"], "5s")).to.equal("21s");
    expect(timeoutFor(["20s"], "1m")).to.equal("60s");
    expect(timeoutFor(["20s"], "none")).to.equal("none");
  });

  it("is never shorter than what any caller waits", () => {
    const wait = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(fc.array(wait, { minLength: 1, maxLength: 5 }), (waits) => {
        const given = timeoutFor(waits.map((seconds): Duration => `${seconds}s`));
        const mesh = given === undefined ? 15 : Number(given.replace("s", ""));
        for (const seconds of waits) expect(mesh).to.be.greaterThan(seconds);
      }),
    );
  });
});
