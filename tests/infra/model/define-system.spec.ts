// The compiler is the test: each expected error is an error of `tsc` when it is not one.
import { expect } from "chai";
import { defineSystem } from "../../../infra/model/define-system";
import type { System } from "../../../infra/model/system";

const scaling = { min: 1, max: 1 } as const;
const frame = {
  name: "shop",
  contexts: { Sales: { description: "Sells", entities: ["Order"] } },
  topics: { sales: { displayName: "Sales", events: { SOLD: {}, RETURNED: {} } } },
} as const;
const base = { context: "Sales", description: "A service", scaling } as const;
const queue = { visibilityTimeout: "30s", maxReceiveCount: 3 } as const;

describe("defineSystem", () => {
  it("accepts what is declared and returns a frozen copy", () => {
    const description = {
      ...frame,
      services: {
        till: { ...base, calls: { stock: {} }, publishes: { sales: ["SOLD"] }, sendsTo: ["jobs"] },
        stock: { ...base, consumes: { jobs: { ...queue, from: { sales: ["SOLD"] } } } },
      },
    } as const;
    const system: System = defineSystem(description);
    expect(system).to.deep.equal(description);
    expect(Object.isFrozen(system.services.till?.sendsTo)).to.equal(true);
  });

  it("does not compile with names that nobody declares", () => {
    const rejected = [
      // @ts-expect-error: no such context
      () => defineSystem({ ...frame, services: { till: { ...base, context: "Sale" } } }),
      // @ts-expect-error: no such service
      () => defineSystem({ ...frame, services: { till: { ...base, calls: { stok: {} } }, stock: base } }),
      // @ts-expect-error: no such topic
      () => defineSystem({ ...frame, services: { till: { ...base, publishes: { sale: ["SOLD"] } } } }),
      // @ts-expect-error: no such event
      () => defineSystem({ ...frame, services: { till: { ...base, publishes: { sales: ["SOLDE"] } } } }),
      // @ts-expect-error: no such queue
      () => defineSystem({ ...frame, services: { till: { ...base, consumes: { jobs: queue }, sendsTo: ["job"] } } }),
      // @ts-expect-error: nobody declares a queue at all
      () => defineSystem({ ...frame, services: { till: { ...base, sendsTo: ["jobs"] } } }),
      () =>
        defineSystem({
          ...frame,
          // @ts-expect-error: no such topic to consume from
          services: { till: { ...base, consumes: { jobs: { ...queue, from: { sale: "all" } } } } },
        }),
      () =>
        defineSystem({
          ...frame,
          // @ts-expect-error: no such event to consume
          services: { till: { ...base, consumes: { jobs: { ...queue, from: { sales: ["SOLDE"] } } } } },
        }),
      () =>
        defineSystem({
          ...frame,
          services: {
            till: {
              ...base,
              consumes: { jobs: queue },
              // @ts-expect-error: no such queue to scale on
              scaling: { min: 1, max: 2, queue: { queue: "job", steps: [{ from: 1, change: 1 }] } },
            },
          },
        }),
      // @ts-expect-error: no such property
      () => defineSystem({ ...frame, services: { till: { ...base, replicas: 3 } } }),
      // @ts-expect-error: no such event in a mapping
      () => defineSystem({ ...frame, services: { till: { ...base, publishes: { sales: { SOLD: {}, SOLDE: {} } } } } }),
      () =>
        defineSystem({
          ...frame,
          // @ts-expect-error: no such event in a mapping to consume
          services: { till: { ...base, consumes: { jobs: { ...queue, from: { sales: { SOLD: {}, SOLDE: {} } } } } } },
        }),
      () =>
        defineSystem({
          ...frame,
          // @ts-expect-error: no such property of a queue
          services: { till: { ...base, consumes: { jobs: { ...queue, from: { sales: "all" }, hidden: "1s" } } } },
        }),
      // @ts-expect-error: no such property of a call
      () => defineSystem({ ...frame, services: { till: { ...base, calls: { stock: { tries: 1 } } }, stock: base } }),
      // @ts-expect-error: no such topic for a copy
      () => defineSystem({ ...frame, services: { till: { ...base, projects: { A: { from: { sale: "all" } } } } } }),
    ];
    expect(rejected).to.have.length(15);
  });
});
