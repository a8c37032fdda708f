import { expect } from "chai";
import type { EventContract, JsonSchema, Reading, System, Version } from "../../../../infra/model/system";
import { message } from "../../../../infra/model/kinds/topic/contract";
import { judged, seen, shop, shopWith, SOLD, stock } from "./shop";

/** The shop with another contract of its event, another reading of it, and a version that the till publishes. */
function selling(contract: EventContract, reading: Reading = {}, version?: Version): System {
  const publishes = { sales: version === undefined ? ["SOLD"] : { SOLD: { version } } };
  return shopWith(
    { till: { publishes }, stock: { consumes: { jobs: { from: { sales: { SOLD: reading } } } } } },
    { topics: { sales: { displayName: "Sales", events: { SOLD: contract } } } },
  );
}

/** A sighting of a field that is not there. */
const missing = (field: string, why: string, at = "consumes.jobs") => [
  `services.stock.${at}.from.sales.SOLD.needs`,
  `till → sales/SOLD → stock: needs ${field}, and ${why} in 1.0`,
  `let stock do without ${field}, or publish a version that requires it; or accept it, with a reason and a day, in services.stock.${at}`,
];

describe("anti-patterns of events and queues", () => {
  it("event-without-consumer", () => {
    const system = shopWith({ stock: { consumes: {}, exposes: { paths: ["/stock"], authentication: "jwt" } } });
    expect(judged(system).warnings).to.deep.equal([
      {
        path: "topics.sales.events.SOLD",
        value: "till → sales/SOLD: nobody consumes it",
        allowed:
          "events that a service consumes: it costs work and has to be kept compatible, for nobody (event-without-consumer)",
        remedy:
          "let the service that needs it consume it (consumes), or remove it from publishes and from the topic; or accept it, with a reason and a day, in topics.sales",
      },
    ]);
    for (const from of ["all", ["SOLD"], { SOLD: {} }] as const) {
      expect(seen("event-without-consumer", shopWith({ stock: { consumes: { jobs: { from: { sales: from } } } } }))).to
        .be.empty;
    }
    const copy = shopWith({ stock: { consumes: {}, projects: { Sale: { from: { sales: "all" } } } } });
    expect(seen("event-without-consumer", copy)).to.deep.equal([]);
  });

  it("event-without-publisher, with those who wait for it", () => {
    expect(judged(shopWith({ till: { publishes: {} } })).errors).to.deep.equal([
      {
        path: "topics.sales.events.SOLD",
        value: "sales/SOLD → stock: nobody publishes it",
        allowed:
          "events that a service publishes: who consumes it waits for something that never comes (event-without-publisher)",
        remedy:
          "add it to a service's publishes, or remove it from the topic and from what consumes it; or accept it, with a reason and a day, in topics.sales",
      },
    ]);
    expect(
      seen("event-without-publisher", shopWith({ till: { publishes: {} }, stock: { consumes: {} } })),
    ).to.deep.equal([
      [
        "topics.sales.events.SOLD",
        "sales/SOLD: nobody publishes it",
        "add it to a service's publishes, or remove it from the topic and from what consumes it; or accept it, with a reason and a day, in topics.sales",
      ],
    ]);
  });

  it("event-without-contract", () => {
    expect(judged(selling({})).warnings).to.deep.equal([
      {
        path: "topics.sales.events.SOLD.schema",
        value: "till → sales/SOLD → stock: no schema",
        allowed:
          "events with a schema: nobody can tell which change of it breaks which consumer (event-without-contract)",
        remedy:
          'write what it carries: schema: message({ orderId: "uuid" }); or accept it, with a reason and a day, in topics.sales',
      },
    ]);
    expect(seen("event-without-contract", selling({ schema: SOLD }))).to.deep.equal([]);
  });

  it("incompatible-contract-version: a consumer of another major version", () => {
    const both = { version: "2.0", schema: SOLD, earlier: { "1.0": SOLD } } as const;
    expect(seen("incompatible-contract-version", selling(both, { version: "2.0" }))).to.deep.equal([]);
    expect(seen("incompatible-contract-version", selling(both, { version: "1.0" }, "1.0"))).to.deep.equal([]);
    expect(judged(selling(both, { version: "1.0" })).errors).to.deep.equal([
      {
        path: "services.stock.consumes.jobs.from.sales.SOLD.version",
        value: "till → sales/SOLD → stock: published as 2.0, written for 1.0",
        allowed:
          "versions that the contract has, one major version for publishers and consumers, and minor versions that only add optional fields: a consumer gets messages that it can't read, and they end up in its dead-letter queue (incompatible-contract-version)",
        remedy:
          "let stock read 2.x first; until then let till publish 1.0 (publishes: version); or accept it, with a reason and a day, in services.stock.consumes.jobs",
      },
    ]);
  });

  it("incompatible-contract-version: versions that the contract does not have", () => {
    const contract = { version: "1.1", schema: SOLD, earlier: { "1.0": SOLD } } as const;
    expect(seen("incompatible-contract-version", selling(contract, { version: "1.0" }))).to.deep.equal([]);
    expect(seen("incompatible-contract-version", selling(contract, { version: "1.1" }, "1.0"))).to.deep.equal([]);
    expect(seen("incompatible-contract-version", selling(contract, { version: "3.0" }, "1.2"))).to.deep.equal([
      [
        "services.till.publishes.sales.SOLD.version",
        "till → sales/SOLD: published as 1.2; the contract has 1.0 and 1.1",
        "publish a version that the contract has, or add the version to the contract (earlier); or accept it, with a reason and a day, in services.till",
      ],
      [
        "services.stock.consumes.jobs.from.sales.SOLD.version",
        "sales/SOLD → stock: written for 3.0; the contract has 1.0 and 1.1",
        "name a version that the contract has, or add it there (earlier); or accept it, with a reason and a day, in services.stock.consumes.jobs",
      ],
    ]);
  });

  it("incompatible-contract-version: a minor version that is none", () => {
    const before = message({ saleId: "uuid", total: "number" });
    const after = message({ saleId: "string", "total?": "number" });
    const changed = (version: Version, current: JsonSchema = after) =>
      selling({ version, schema: current, earlier: { "1.9": before } });
    expect(seen("incompatible-contract-version", changed("1.10"))).to.deep.equal([
      [
        "topics.sales.events.SOLD.schema",
        "sales/SOLD, 1.9 → 1.10: format of saleId is not limited, was uuid; total is no longer required",
        "publish it as 2.0 and keep 1.9 (earlier) while somebody reads it, or only add optional fields; or accept it, with a reason and a day, in topics.sales",
      ],
    ]);
    expect(seen("incompatible-contract-version", changed("2.0"))).to.deep.equal([]);
    const added = message({ saleId: "uuid", total: "number", "coupon?": "string" });
    expect(seen("incompatible-contract-version", changed("1.10", added))).to.deep.equal([]);
    const middle = selling({ version: "2.0", schema: after, earlier: { "1.0": before, "1.1": after } });
    expect(seen("incompatible-contract-version", middle)).to.deep.equal([
      [
        "topics.sales.events.SOLD.earlier.1.1",
        "sales/SOLD, 1.0 → 1.1: format of saleId is not limited, was uuid; total is no longer required",
        "publish it as 2.0 and keep 1.0 (earlier) while somebody reads it, or only add optional fields; or accept it, with a reason and a day, in topics.sales",
      ],
    ]);
  });

  it("missing-field: what a consumer can't do without is not there, or not always", () => {
    const schema = message({ saleId: "uuid", "coupon?": "string", "items?": [message({ productId: "uuid" })] });
    const needing = (...needs: readonly string[]) => seen("missing-field", selling({ schema }, { needs }));
    expect(needing("saleId")).to.deep.equal([]);
    expect(needing("saleId", "total", "coupon", "items.productId", "saleId.part", "constructor")).to.deep.equal([
      missing("total", "there is no total"),
      missing("coupon", "coupon is optional"),
      missing("items.productId", "items is optional"),
      missing("saleId.part", "there is no saleId.part"),
      missing("constructor", "there is no constructor"),
    ]);
    expect(seen("missing-field", selling({ schema: SOLD }, { needs: ["items.productId"] }))).to.deep.equal([]);
    expect(judged(selling({ schema }, { needs: ["total"] })).errors).to.deep.equal([
      {
        path: "services.stock.consumes.jobs.from.sales.SOLD.needs",
        value: "till → sales/SOLD → stock: needs total, and there is no total in 1.0",
        allowed:
          "needs that the published version's schema requires: the consumer fails on a message that keeps the contract (missing-field)",
        remedy:
          "let stock do without total, or publish a version that requires it; or accept it, with a reason and a day, in services.stock.consumes.jobs",
      },
    ]);
  });

  it("missing-field: judged by the version that is published, in a copy too", () => {
    const earlier = { "1.0": message({ saleId: "uuid" }) };
    const contract = { version: "2.0", schema: message({ saleId: "uuid", total: "number" }), earlier } as const;
    expect(seen("missing-field", selling(contract, { needs: ["total"] }))).to.deep.equal([]);
    const old = selling(contract, { version: "1.0", needs: ["total"] }, "1.0");
    expect(seen("missing-field", old)).to.deep.equal([missing("total", "there is no total")]);
    const copy = shopWith({ stock: { projects: { Sale: { from: { sales: { SOLD: { needs: ["total"] } } } } } } });
    expect(seen("missing-field", copy)).to.deep.equal([missing("total", "there is no total", "projects.Sale")]);
  });

  it("queue-without-dead-letter, which nobody can accept", () => {
    const jobs = { ...stock.consumes?.jobs, deadLetter: false };
    expect(judged(shopWith({ stock: { consumes: { jobs } } })).errors).to.deep.equal([
      {
        path: "services.stock.consumes.jobs.deadLetter",
        value: "jobs → stock: no dead-letter queue",
        allowed:
          "a dead-letter queue for every queue: a message that can't be handled is tried until it is lost, and holds up those behind it (queue-without-dead-letter)",
        remedy: "remove deadLetter: false; maxReceiveCount says after how many attempts a message goes there",
      },
    ]);
    const kept = shopWith({ stock: { consumes: { jobs: { ...jobs, deadLetter: true } } } });
    expect(seen("queue-without-dead-letter", kept)).to.deep.equal([]);
  });

  it("visibility-below-handling-time", () => {
    const handled = (handlingTime: "10s" | "60s", visibilityTimeout?: "60s" | "61s") =>
      shopWith({
        stock: {
          consumes: {
            jobs: { ...stock.consumes?.jobs, handlingTime, ...(visibilityTimeout && { visibilityTimeout }) },
          },
        },
      });
    for (const fine of [handled("60s"), handled("60s", "61s"), handled("10s", "60s"), shop]) {
      expect(seen("visibility-below-handling-time", fine)).to.deep.equal([]);
    }
    expect(judged(handled("60s", "60s")).errors).to.deep.equal([
      {
        path: "services.stock.consumes.jobs.visibilityTimeout",
        value: "jobs → stock: hidden for 60s, handled in up to 60s",
        allowed:
          "a visibility timeout above the handling time: the message comes back while it is still being handled, and is handled twice at once (visibility-below-handling-time)",
        remedy:
          "remove visibilityTimeout to get six times the handling time, or raise it; or accept it, with a reason and a day, in services.stock.consumes.jobs",
      },
    ]);
  });
});
