import { expect } from "chai";
import fc from "fast-check";
import { InvalidInput } from "../../../../components/kit/problems";
import { planOf } from "../../../../infra/config";
import { environments } from "../../../../infra/environments";
import type { Service, System } from "../../../../infra/model/system";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { runOf } from "../../support/run";
import { reordered, validSystem } from "../../support/systems";
import { judged, TODAY } from "./shop";

describe("the judge of anti-patterns", () => {
  it("says the same whatever the order of keys", () => {
    fc.assert(
      fc.property(validSystem, (system) => {
        expect(judged(reordered(system))).to.deep.equal(judged(system));
      }),
    );
  });

  it("says the same of the others when a service comes that has to do with none", () => {
    const zoe: Service = { context: "Sales", description: "Alone", scaling: { min: 2, max: 2 } };
    // What is needed of all is a share, which the newcomer makes smaller.
    const others = (system: System) => {
      const { errors, warnings } = judged(system);
      return [...errors, ...warnings].filter(
        ({ path, allowed }) => !path.startsWith("services.zoe") && !allowed.endsWith("(distributed-monolith)"),
      );
    };
    fc.assert(
      fc.property(validSystem, (system) => {
        expect(others({ ...system, services: { ...system.services, zoe } })).to.deep.equal(others(system));
      }),
    );
  });
});

describe("a plan", () => {
  const stale = { "god-service": { reason: "Large", until: "2026-12-01" } } as const;
  const { user, order } = ecommerce.services;
  const accepting = { ...ecommerce.services, user: { ...user, accepts: stale }, order: { ...order, accepts: stale } };
  const plan = (system: System, warned: string[], changes = {}) =>
    planOf(
      runOf("prod", changes),
      { systems: { ecommerce: system }, environments },
      {
        today: TODAY,
        warn: (text) => warned.push(text),
      },
    );

  it("is made although there are warnings, which are told together, once", () => {
    const warned: string[] = [];
    expect(plan({ ...ecommerce, services: accepting }, warned).system).to.equal("ecommerce");
    expect(warned.map((text) => text.split("\n").filter((line) => /^\S|^ {2}\d/.test(line)))).to.deep.equal([
      [
        'stack "prod": 2 warnings',
        '  1. ecommerce.services.order.accepts.god-service: "Large"',
        '  2. ecommerce.services.user.accepts.god-service: "Large"',
      ],
    ]);
    expect(plan(ecommerce, warned).system).to.equal("ecommerce");
    expect(warned).to.have.length(1);
  });

  it("is refused with every mistake and anti-pattern at once, and the warnings besides", () => {
    const warned: string[] = [];
    const calls = { user: { timeout: "none", bulkhead: 0 } } as const;
    const system: System = { ...ecommerce, services: { ...accepting, order: { ...order, accepts: stale, calls } } };
    let paths: string[] = [];
    try {
      plan(system, warned, { account: "1" });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      paths = error.problems.map(({ path }) => path);
    }
    expect(paths).to.deep.equal([
      "archipelago:account",
      "ecommerce.services.order.calls.user.bulkhead",
      "ecommerce.services.order.calls.user",
    ]);
    expect(warned).to.have.length(1);
  });
});
