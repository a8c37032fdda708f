import { expect } from "chai";
import type { CallPolicy, Service } from "../../../../infra/model/system";
import { judged, seen, shop, shopWith, till } from "./shop";

/** The shop's till with another way to call the stock. */
function calling(policy: CallPolicy) {
  return shopWith({ till: { calls: { stock: policy } } });
}

/** A chain of services, the first of which is exposed; each owns something. */
function chain(...names: readonly string[]): Record<string, Partial<Service>> {
  return Object.fromEntries(
    names.map((name, index): [string, Partial<Service>] => {
      const next = names[index + 1];
      return [
        name,
        {
          calls: next === undefined ? {} : { [next]: {} },
          internetEgress: { reason: "it has something of its own" },
          ...(index === 0 && { exposes: { paths: [`/${name}`], authentication: "jwt" } }),
        },
      ];
    }),
  );
}

describe("anti-patterns of calls", () => {
  it("are not seen in a system without any", () => {
    expect(judged(shop)).to.deep.equal({ errors: [], warnings: [], accepted: [] });
  });

  it("unprotected-call: no timeout, no breaker", () => {
    expect(seen("unprotected-call", calling({ timeout: "30s", breaker: { failures: 3, reset: "10s" } }))).to.deep.equal(
      [],
    );
    expect(judged(calling({ timeout: "none", breaker: "none" })).errors).to.deep.equal([
      {
        path: "services.till.calls.stock",
        value: "till → stock: no timeout and no breaker",
        allowed:
          "calls with a timeout and a breaker: a callee that is slow or down takes the caller's threads, and with them everything that it serves (unprotected-call)",
        remedy:
          'remove "none" to get the default timeout (3s) and breaker (5 failures, 60s), or write your own; or accept it, with a reason and a day, in services.till.calls.stock',
      },
    ]);
    expect(seen("unprotected-call", calling({ breaker: "none" }))).to.deep.equal([
      [
        "services.till.calls.stock",
        "till → stock: no breaker",
        'remove "none" to get the default breaker (5 failures, 60s), or write your own; or accept it, with a reason and a day, in services.till.calls.stock',
      ],
    ]);
  });

  it("unsafe-retry: an operation that must happen once is tried again", () => {
    for (const policy of [{}, { retries: 0 }, { retries: 2, operations: ["count"] }]) {
      expect(seen("unsafe-retry", calling(policy)), JSON.stringify(policy)).to.deep.equal([]);
    }
    expect(judged(calling({ retries: 1 })).errors).to.deep.equal([
      {
        path: "services.till.calls.stock.retries",
        value: "till → stock: 1 retry of take, offered as once",
        allowed:
          "retries of operations that may be repeated: when only the answer got lost, the retry does it a second time (unsafe-retry)",
        remedy:
          'set retries to 0, name other operations, or give take a key by which stock knows a repetition and offer it as "idempotent"; or accept it, with a reason and a day, in services.till.calls.stock',
      },
    ]);
    expect(seen("unsafe-retry", calling({ retries: 2, operations: ["take"] }))).to.deep.equal([
      [
        "services.till.calls.stock.retries",
        "till → stock: 2 retries of take, offered as once",
        'set retries to 0, name other operations, or give take a key by which stock knows a repetition and offer it as "idempotent"; or accept it, with a reason and a day, in services.till.calls.stock',
      ],
    ]);
  });

  it("chatty-pair: many calls for one request, in one direction or both", () => {
    expect(seen("chatty-pair", calling({ perRequest: 3 }))).to.deep.equal([]);
    expect(judged(calling({ perRequest: 4 })).warnings).to.deep.equal([
      {
        path: "services.till.calls.stock.perRequest",
        value: "till → stock: 4 calls for one request",
        allowed:
          "at most 3 calls between two services for one request: every call pays for the way there and back and can fail, where one that asks for all would do (chatty-pair)",
        remedy:
          "let stock offer an operation that answers for all at once, or let till keep a copy (projects); or accept it, with a reason and a day, in services.till.calls.stock",
      },
    ]);
    const both = (there: number, back: number) =>
      shopWith({
        till: { calls: { stock: { perRequest: there } } },
        stock: { calls: { till: { perRequest: back } } },
      });
    expect(seen("chatty-pair", both(1, 2), ["synchronous-cycle"])).to.deep.equal([]);
    for (const [there, back, found] of [
      [1, 3, "3 calls and 1 back"],
      [2, 2, "2 calls and 2 back"],
    ] as const) {
      expect(seen("chatty-pair", both(there, back), ["synchronous-cycle"])).to.deep.equal([
        [
          "services.stock.calls.till.perRequest",
          `stock → till: ${found} for one request`,
          "let till offer an operation that answers for all at once, or let stock keep a copy (projects); or accept it, with a reason and a day, in services.stock.calls.till",
        ],
      ]);
    }
  });

  it("long-synchronous-chain: where a fourth call follows", () => {
    expect(seen("long-synchronous-chain", shopWith(chain("a", "b", "c", "d")))).to.deep.equal([]);
    expect(judged(shopWith(chain("a", "b", "c", "d", "e", "f"))).warnings.slice(1)).to.deep.equal([
      {
        path: "services.d.calls.e",
        value: "a → b → c → d → e → f: 5 calls",
        allowed:
          "at most 3 calls one after the other: each call adds its waiting time and its failures to those of the ones before (long-synchronous-chain)",
        remedy:
          "let e hear of it by an event that d publishes, or let d keep a copy of what it asks for (projects); or accept it, with a reason and a day, in services.d.calls.e",
      },
    ]);
  });

  it("long-synchronous-chain: once for each call that makes a chain too long, however many chains lead there", () => {
    const services = {
      ...chain("a", "b", "c", "d", "e"),
      ...chain("x", "b"),
      b: { calls: { c: {}, d: {} }, internetEgress: { reason: "…" } },
    };
    expect(seen("long-synchronous-chain", shopWith(services), ["distributed-monolith"])).to.deep.equal([
      [
        "services.d.calls.e",
        "a → b → c → d → e: 4 calls",
        "let e hear of it by an event that d publishes, or let d keep a copy of what it asks for (projects); or accept it, with a reason and a day, in services.d.calls.e",
      ],
    ]);
  });

  it("synchronous-cycle: every circle, the shortest first, and no exception", () => {
    const services = shopWith({
      ...chain("a", "b", "c", "d"),
      b: { calls: { a: {}, c: {} }, internetEgress: { reason: "…" } },
      c: { calls: { c: {}, d: {} }, internetEgress: { reason: "…" } },
      d: { calls: { a: {} }, internetEgress: { reason: "…" } },
    });
    expect(seen("synchronous-cycle", services)).to.deep.equal([
      [
        "services.c.calls.c",
        "c → c: a circle of 1 call",
        "let c do itself what it asks of itself, and remove the call",
      ],
      [
        "services.b.calls.a",
        "a → b → a: a circle of 2 calls",
        "replace a call of the circle by an event: let a publish what b asks for, and b consume it or keep a copy (projects)",
      ],
      [
        "services.d.calls.a",
        "a → b → c → d → a: a circle of 4 calls",
        "replace a call of the circle by an event: let a publish what d asks for, and d consume it or keep a copy (projects)",
      ],
    ]);
    expect(judged(shopWith({ stock: { calls: { till: {} } } })).errors).to.deep.equal([
      {
        path: "services.till.calls.stock",
        value: "stock → till → stock: a circle of 2 calls",
        allowed:
          "calls without a circle: when one service of it is down or slow all of them are, and none can be deployed first (synchronous-cycle)",
        remedy:
          "replace a call of the circle by an event: let stock publish what till asks for, and till consume it or keep a copy (projects)",
      },
    ]);
    const accepts = { "synchronous-cycle": { reason: "They are old friends", until: "2026-12-01" } } as const;
    const excused = shopWith({ till: { calls: { stock: { accepts } } }, stock: { calls: { till: {} } } });
    expect(judged(excused).errors[0]).to.deep.equal({
      path: "services.till.calls.stock.accepts.synchronous-cycle",
      value: "They are old friends",
      allowed:
        "no exception from synchronous-cycle: a service is made with the addresses of those it calls, so of a circle none could be made first",
      remedy: "remove the exception and change the description",
    });
    expect(till.calls).to.deep.equal({ stock: {} });
  });
});
