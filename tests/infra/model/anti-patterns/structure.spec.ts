import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { deployedIn, judge } from "../../../../infra/model/anti-patterns";
import type { SagaStep, Service, ServiceLevel } from "../../../../infra/model/system";
import { judged, seen, shop, shopWith, till, TODAY } from "./shop";

const own = { internetEgress: { reason: "it has something of its own" } } as const;

describe("anti-patterns of services and contexts", () => {
  it("shared-store, which nobody can accept: no store lets a second service in", () => {
    const system = shopWith({ audit: { ...own, context: "Storage", reachesInto: { stock: {} } } });
    expect(judged(system).errors).to.deep.equal([
      {
        path: "services.audit.reachesInto.stock",
        value: "audit → database of stock: both of Storage",
        allowed:
          "one owner for each store: a change of the schema breaks the other service, and neither can be deployed alone (shared-store)",
        remedy: "let audit call stock (calls), or keep a copy from its events (projects)",
      },
    ]);
    // The same name in two servers is two databases.
    const database = shop.services.stock?.owns?.database;
    const twice = shopWith({ audit: { ...own, ...(database && { owns: { database } }) } });
    expect(seen("shared-store", twice)).to.deep.equal([]);
  });

  it("context-reaches-into-store", () => {
    expect(judged(shopWith({ till: { reachesInto: { stock: {} } } })).errors).to.deep.equal([
      {
        path: "services.till.reachesInto.stock",
        value: "till → database of stock: Sales into Storage",
        allowed:
          "stores that only their own context opens: the owner's rules are passed by, and its tables become a contract that nobody agreed on (context-reaches-into-store)",
        remedy: "let till call stock (calls), or keep a copy from its events (projects)",
      },
    ]);
    expect(seen("context-reaches-into-store", shopWith({ till: { calls: { stock: {} } } }))).to.deep.equal([]);
  });

  it("entity-with-two-owners", () => {
    const contexts = {
      Sales: { description: "Sells", entities: ["Sale", "Product"] },
      Storage: { description: "Counts", entities: ["Shelf", "Product"] },
    };
    expect(judged({ ...shop, contexts }).errors).to.deep.equal([
      {
        path: "contexts.Storage.entities",
        value: "Product: owned by Sales and Storage",
        allowed:
          "one owning context for each entity: two places decide what is true of it, and sooner or later they disagree (entity-with-two-owners)",
        remedy:
          "keep it in one context; let the other's service keep a copy (projects), or call what it means by a word of its own; or accept it, with a reason and a day, in contexts.Storage",
      },
    ]);
    expect(seen("entity-with-two-owners", shop)).to.deep.equal([]);
  });

  it("public-route-without-authentication", () => {
    const exposed = (exposes: Partial<NonNullable<Service["exposes"]>>) =>
      shopWith({ till: { exposes: { paths: ["/till", "/till/*"], ...exposes } } });
    const found = {
      path: "services.till.exposes.authentication",
      value: "load balancer → till: nobody checks who asks for /till, /till/*",
      allowed:
        'authentication "jwt" or "by-service": whoever reaches the load balancer may do everything that the service offers (public-route-without-authentication)',
      remedy:
        'write "jwt" and the load balancer checks tokens of the stack\'s identity provider, or "by-service" when the service does; or accept it, with a reason and a day, in services.till.exposes',
    };
    expect(judged(exposed({})).errors).to.deep.equal([found]);
    expect(judged(exposed({ authentication: "none" })).errors).to.deep.equal([found]);
    for (const authentication of ["jwt", "by-service"] as const) {
      expect(seen("public-route-without-authentication", exposed({ authentication }))).to.deep.equal([]);
    }
  });

  it("nanoservice: nothing of its own, and one caller", () => {
    const tax = (changes: Partial<Service>, callers: Partial<Service> = {}) =>
      seen("nanoservice", shopWith({ till: { calls: { stock: {}, tax: {} } }, tax: changes, stock: callers }));
    const database = shop.services.stock?.owns?.database;
    for (const fine of [
      own,
      { usesCache: true },
      { exposes: { paths: ["/tax"], authentication: "jwt" } },
      { consumes: { "tax-jobs": { from: { sales: "all" } } } },
      { projects: { Sale: { from: { sales: "all" } } } },
      { jobs: { yearly: { description: "Counts", command: ["count"], schedule: "rate(365 days)" } } },
      ...(database ? [{ owns: { database } }] : []),
    ] satisfies Partial<Service>[]) {
      expect(tax(fine), JSON.stringify(fine)).to.deep.equal([]);
    }
    expect(tax({}, { calls: { tax: {} } })).to.deep.equal([]);
    expect(judged(shopWith({ till: { calls: { stock: {}, tax: {} } }, tax: {} })).warnings).to.deep.equal([
      {
        path: "services.tax",
        value: "till → tax: only till calls it, and it has nothing of its own",
        allowed:
          "services with something of their own: a store, a route, an event, a queue, a job, a way to the internet, or a second caller: deploying and calling it costs more than it does (nanoservice)",
        remedy: "make it a part of till; or accept it, with a reason and a day, in services.tax",
      },
    ]);
  });

  it("god-service: more than thirty duties", () => {
    const offering = (count: number) =>
      shopWith({
        till: {
          ...till,
          offers: Object.fromEntries(Array.from({ length: count }, (_, index) => [`do${index}`, "read"] as const)),
        },
      });
    expect(seen("god-service", offering(28))).to.deep.equal([]);
    expect(judged(offering(29)).warnings).to.deep.equal([
      {
        path: "services.till",
        value: "till: 29 operations, 1 event and 1 callee, 31 together",
        allowed:
          "at most 30 operations, events, queues, copies, jobs and callees of one service: several teams change it at once, and what happens in it stops everything else (god-service)",
        remedy:
          "split it where its entities or its reasons to change part, one service for each; or accept it, with a reason and a day, in services.till",
      },
    ]);
  });

  it("distributed-monolith: more than half of the services, and at least five, for one request", () => {
    const calls = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, {}]));
    const others = { a: own, b: own, c: own, d: own };
    const wide = (changes: Parameters<typeof shopWith>[0] = {}) =>
      shopWith({ ...others, till: { calls: calls("stock", "a", "b", "c") }, ...changes });
    expect(judged(wide()).warnings).to.deep.equal([
      {
        path: "services.till.calls",
        value: "load balancer → till: 5 of 6 services must answer (83 %): till, a, b, c and stock",
        allowed:
          "requests that need fewer than 5 services, or at most half of all: the services fail and have to be changed together, as one program would, at the price of many (distributed-monolith)",
        remedy:
          'let till keep copies of what it asks for (projects), publish an event where it needs no answer, or mark calls whose last answer would do as consistency: "eventual"; or accept it, with a reason and a day, in services.till.exposes',
      },
    ]);
    const eventual = { till: { calls: { ...calls("stock", "a", "b"), c: { consistency: "eventual" } } } } as const;
    expect(seen("distributed-monolith", wide(eventual))).to.deep.equal([]);
    expect(seen("distributed-monolith", wide({ e: own, f: own, g: own, h: own }))).to.deep.equal([]);
    const behind = {
      till: { calls: calls("a") },
      a: { ...own, calls: calls("b") },
      b: { ...own, calls: calls("c", "d") },
    };
    expect(seen("distributed-monolith", wide(behind))).to.deep.equal([
      [
        "services.till.calls",
        "load balancer → till: 5 of 6 services must answer (83 %): till, a, b, c and d",
        'let till keep copies of what it asks for (projects), publish an event where it needs no answer, or mark calls whose last answer would do as consistency: "eventual"; or accept it, with a reason and a day, in services.till.exposes',
      ],
    ]);
  });

  it("single-replica: where the environment does not allow it, with the way of the request", () => {
    const alone = { scaling: { min: 1, max: 2, cpu: 60 } } as const;
    const system = shopWith({
      till: alone,
      stock: alone,
      worker: { ...alone, consumes: { w: { from: { sales: "all" } } } },
    });
    expect(judged(system, "dev")).to.deep.equal({ errors: [], warnings: [], accepted: [] });
    expect(seen("single-replica", system)).to.deep.equal([
      [
        "services.stock.scaling.min",
        "load balancer → till → stock: 1 task in prod",
        "set scaling.min to 2, in the system or wherever the environment or the stack lowers it; or accept it, with a reason and a day, in services.stock",
      ],
      [
        "services.till.scaling.min",
        "load balancer → till: 1 task in prod",
        "set scaling.min to 2, in the system or wherever the environment or the stack lowers it; or accept it, with a reason and a day, in services.till",
      ],
    ]);
    expect(judged(shopWith({ till: alone }), "staging").errors).to.deep.equal([
      {
        path: "services.till.scaling.min",
        value: "load balancer → till: 1 task in staging",
        allowed:
          "at least 2 tasks of a service that somebody waits for, where the environment asks for it: whenever its only task fails or is replaced, everything that waits for it fails (single-replica)",
        remedy:
          "set scaling.min to 2, in the system or wherever the environment or the stack lowers it; or accept it, with a reason and a day, in services.till",
      },
    ]);
  });

  it("single-replica: as resolved, and not at all where nothing is known of an environment", () => {
    const lowered = deployedIn(environments.prod, { services: { till: { min: 1 } } }, shop);
    expect(judge(shop, TODAY, lowered).errors.map(({ path }) => path)).to.deep.equal(["services.till.scaling.min"]);
    const capped = { ...environments.prod, tasks: { min: 1, max: 4 } };
    const { errors } = judge(shop, TODAY, deployedIn(capped, {}, shop));
    expect(errors.map(({ path }) => path)).to.deep.equal(["services.stock.scaling.min", "services.till.scaling.min"]);
    const alone = shopWith({ till: { scaling: { min: 1, max: 1 } } });
    expect(judge(alone, TODAY).errors).to.deep.equal([]);
  });

  it("saga-step-without-compensation: every step but the last", () => {
    const saga = (...steps: readonly SagaStep[]) => ({
      ...shop,
      sagas: { order: { description: "An order", startedBy: "till", steps } },
    });
    const reserve = { name: "reserve", service: "stock", command: "take" };
    const pay = { name: "pay", service: "till", command: "charge" };
    expect(judged(saga(reserve, pay)).errors).to.deep.equal([
      {
        path: "sagas.order.steps[0].compensation",
        value: "reserve → pay: when pay fails, nothing undoes reserve",
        allowed:
          "a compensation for every step but the last: when a later step fails, what this one has done stays (saga-step-without-compensation)",
        remedy:
          'name the command of stock that undoes it, or say why there is nothing to undo: { unneeded: "it only reads" }; or accept it, with a reason and a day, in sagas.order.steps[0]',
      },
    ]);
    const fine = [{ ...reserve, compensation: "putBack" }, { ...reserve, compensation: { unneeded: "it looks" } }, pay];
    expect(seen("saga-step-without-compensation", saga(...fine))).to.deep.equal([]);
  });

  it("missing-tracing: once, where requests or events cross services", () => {
    const { tracing, ...untraced } = shop;
    expect(tracing).to.deep.equal({});
    expect(judged(untraced).warnings).to.deep.equal([
      {
        path: "tracing",
        value: "till → stock: not traced",
        allowed:
          "tracing in a system in which requests cross services: when a request is slow or fails, nobody sees in which service (missing-tracing)",
        remedy:
          "write tracing: {}; one request in ten is followed then; or accept it, with a reason and a day, in the system",
      },
    ]);
    const byEvent = { ...untraced, services: { ...shop.services, till: { ...till, calls: {} } } };
    expect(seen("missing-tracing", byEvent)).to.deep.equal([
      [
        "tracing",
        "till → SOLD → stock: not traced",
        "write tracing: {}; one request in ten is followed then; or accept it, with a reason and a day, in the system",
      ],
    ]);
    const one = { ...untraced, topics: {}, services: { till: { ...till, calls: {}, publishes: {} } } };
    expect(seen("missing-tracing", one)).to.deep.equal([]);
  });

  it("promise-beyond-callees: availability", () => {
    const promising = (own: number, ...theirs: readonly number[]) =>
      shopWith({
        till: { calls: { stock: {}, tax: {} }, serviceLevel: { availability: own } },
        ...(theirs[0] !== undefined && { stock: { serviceLevel: { availability: theirs[0] } } }),
        tax: {
          internetEgress: { reason: "…" },
          ...(theirs[1] !== undefined && { serviceLevel: { availability: theirs[1] } }),
        },
      });
    expect(seen("promise-beyond-callees", promising(99.9, 99.95, 99.95))).to.deep.equal([]);
    expect(seen("promise-beyond-callees", promising(99.9, 99.9))).to.deep.equal([]);
    expect(seen("promise-beyond-callees", promising(99.99))).to.deep.equal([]);
    expect(judged(promising(99.9, 99.9, 99.9)).warnings).to.deep.equal([
      {
        path: "services.till.serviceLevel.availability",
        value: "till → stock 99.9 % and tax 99.9 %: promises 99.9 %, together they promise 99.8 %",
        allowed:
          "service levels that those of the callees allow: it can't be kept even when every callee keeps its own, so its alarms tell nothing (promise-beyond-callees)",
        remedy:
          'promise at most 99.8 %, or do without an answer of theirs: keep a copy (projects), or mark the call as consistency: "eventual"; or accept it, with a reason and a day, in services.till',
      },
    ]);
    const eventual = { calls: { stock: { consistency: "eventual" } }, serviceLevel: { availability: 99.9 } } as const;
    const low = { serviceLevel: { availability: 99 } };
    expect(seen("promise-beyond-callees", shopWith({ till: eventual, stock: low }))).to.deep.equal([]);
  });

  it("promise-beyond-callees: latency", () => {
    const level = (percentile: number, within: "300ms" | "1s"): ServiceLevel => ({
      availability: 99,
      latency: { percentile, within },
    });
    const pair = (own: ServiceLevel, theirs: ServiceLevel) =>
      seen("promise-beyond-callees", shopWith({ till: { serviceLevel: own }, stock: { serviceLevel: theirs } }));
    expect(pair(level(99, "1s"), level(99, "300ms"))).to.deep.equal([]);
    expect(pair(level(95, "300ms"), level(99, "1s"))).to.deep.equal([]);
    expect(pair(level(99, "300ms"), level(95, "1s"))).to.deep.equal([
      [
        "services.till.serviceLevel.latency",
        "till → stock: promises 99 % within 300ms, stock 95 % within 1s",
        "promise at least 1s, let stock promise less time, or keep a copy of what it answers (projects); or accept it, with a reason and a day, in services.till",
      ],
    ]);
  });
});
