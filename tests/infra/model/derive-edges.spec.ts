// What the richer edges yield: calls with policies, operations, versions of contracts, copies of data, sagas.
import { expect } from "chai";
import fc from "fast-check";
import { environments } from "../../../infra/environments";
import { derive } from "../../../infra/model/derive";
import type { Plan } from "../../../infra/model/plan";
import type { CallPolicy, Context, Operation, Service, System } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { readPlan } from "../support/read-plan";
import { settingsFor, validSystem } from "../support/systems";

const OFFERS: Readonly<Record<string, Operation>> = { look: "read", pay: "once", save: "idempotent" };

interface Traits {
  readonly policies: readonly CallPolicy[];
  readonly copies: boolean;
  readonly saga: boolean;
}

const policy: fc.Arbitrary<CallPolicy> = fc.record(
  {
    operations: fc.subarray(Object.keys(OFFERS), { minLength: 1 }),
    timeout: fc.constantFrom("1s", "10s", "none"),
    retries: fc.nat(5),
    backoff: fc.constantFrom("50ms", "1s"),
    breaker: fc.constantFrom({ failures: 3, reset: "10s" } as const, "none" as const),
    bulkhead: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: [] },
);
const traits: fc.Arbitrary<Traits> = fc.record({
  policies: fc.array(policy, { minLength: 1, maxLength: 4 }),
  copies: fc.boolean(),
  saga: fc.boolean(),
});

/** A random system with an API, policies, a keeper of things in a context of its own, and who keeps copies of them. */
function enriched(system: System, { policies, copies, saga }: Traits): System {
  let call = 0;
  const next = (): CallPolicy => policies[call++ % policies.length] ?? {};
  const services = Object.entries(system.services).map(([name, service]): [string, Service] => [
    name,
    {
      ...service,
      offers: OFFERS,
      calls: Object.fromEntries(Object.keys(service.calls ?? {}).map((callee) => [callee, next()])),
      ...(copies && {
        projects: { Thing: { from: { things: { MOVED: { version: "1.0", needs: ["id"] } } }, staleness: "2m" } },
      }),
    },
  ]);
  const keeper: Service = {
    context: "Stock",
    description: "Keeps things",
    publishes: { things: ["MOVED"] },
    ...(!copies && { consumes: { "keeper-queue": { from: { things: "all" } } } }),
    scaling: { min: 1, max: 1 },
  };
  const schema = { type: "object", properties: { id: { type: "string" } }, required: ["id"] } as const;
  const stock: Context = { description: "Keeps", entities: ["Thing"] };
  const step = (name: string, service: string) => ({
    name,
    service,
    command: `do_${name}`,
    compensation: `undo_${name}`,
  });
  const [first = "keeper"] = Object.keys(system.services);
  return {
    ...system,
    contexts: { ...system.contexts, Stock: stock },
    topics: {
      ...system.topics,
      things: { displayName: "Things", events: { MOVED: { version: "1.1", schema, earlier: { "1.0": schema } } } },
    },
    services: { ...Object.fromEntries(services), keeper },
    ...(saga && {
      sagas: { move: { description: "Moves", startedBy: first, steps: [step("take", "keeper"), step("give", first)] } },
    }),
  };
}

type Read = ReturnType<typeof readPlan<Plan>>;
const planOf = (system: System): Read => readPlan(derive(system, environments.dev, settingsFor(system, "dev")));

/** Checks a property of every such system and its plan. */
function always(property: (system: System, plan: Read, traits: Traits) => void): void {
  fc.assert(
    fc.property(validSystem, traits, (plain, chosen) => {
      const system = enriched(plain, chosen);
      property(system, planOf(system), chosen);
    }),
  );
}

describe("derivation of edges", () => {
  it("starts from systems that validation accepts", () => {
    always((system) => {
      expect(validateSystem(system)).to.deep.equal([]);
    });
  });

  it("gives each call its policy, and retries only what may be repeated when nobody says how often", () => {
    always((system, plan) => {
      for (const { name, calls } of plan.services) {
        const described = Object.entries(system.services[name]?.calls ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
        expect(calls).to.deep.equal(
          described.map(([service, given]) => {
            const operations = [...(given.operations ?? Object.keys(OFFERS))].sort();
            return {
              service,
              port: 8080,
              operations,
              timeout: given.timeout ?? "3s",
              retries: given.retries ?? (operations.includes("pay") ? 0 : 2),
              backoff: given.backoff ?? "100ms",
              breaker: given.breaker ?? { failures: 5, reset: "60s" },
              bulkhead: given.bulkhead ?? 20,
            };
          }),
        );
      }
    });
  });

  it("gives each copy one queue, one filtered subscription and a limit to its age, and nobody else", () => {
    always((system, plan, { copies }) => {
      const keepers = copies ? Object.keys(system.services).filter((name) => name !== "keeper") : [];
      const queues = plan.queues.filter(({ projection }) => projection !== undefined);
      expect(queues).to.deep.equal(
        keepers.sort().map((consumer) => ({
          name: `${consumer}-thing-projection`,
          visibilityTimeout: "30s",
          maxReceiveCount: 5,
          consumer,
          maxAge: "2m",
          projection: "Thing",
        })),
      );
      const subscriptions = plan.subscriptions.filter(({ topic }) => topic === "things");
      const listening = copies
        ? keepers.map((name) => ({ topic: "things", queue: `${name}-thing-projection`, eventTypes: ["MOVED"] }))
        : [{ topic: "things", queue: "keeper-queue" }];
      expect(subscriptions).to.deep.equal(listening);
    });
  });

  it("knows of each event who publishes and who reads which version", () => {
    always((system, plan, { copies }) => {
      const moved = plan.topics.find(({ name }) => name === "things")?.events[0];
      expect(moved?.version).to.equal("1.1");
      expect(moved?.publishers).to.deep.equal([{ service: "keeper", version: "1.1" }]);
      const readers = Object.keys(system.services).filter((name) => name !== "keeper");
      expect(moved?.consumers).to.deep.equal(
        copies
          ? readers.sort().map((service) => {
              return { service, queue: `${service}-thing-projection`, version: "1.0", needs: ["id"] };
            })
          : [{ service: "keeper", queue: "keeper-queue", version: "1.1", needs: [] }],
      );
    });
  });

  it("makes of a saga a command queue for each of its services, and edges that start and answer it", () => {
    always((system, plan, { saga }) => {
      const described = system.sagas?.move;
      expect(described !== undefined).to.equal(saga);
      const steps = described?.steps ?? [];
      expect(plan.sagas.map(({ name, steps: planned }) => [name, planned.map(({ command }) => command)])).to.deep.equal(
        saga ? [["move", steps.map(({ command }) => command)]] : [],
      );
      const taking = [
        ...new Set([...steps.map(({ service }) => service), ...(described ? [described.startedBy] : [])]),
      ];
      const queues = plan.queues.filter(({ ofSagas }) => ofSagas).map(({ name, consumer }) => [name, consumer]);
      expect(queues).to.deep.equal(taking.sort().map((service) => [`${service}-commands`, service]));
      const edges = plan.edges.filter(({ verb }) => verb === "starts" || verb === "answers");
      expect(edges.map(({ from, verb }) => `${from} ${verb}`).sort()).to.deep.equal(
        (described
          ? [
              `${described.startedBy} starts`,
              ...[...new Set(steps.map(({ service }) => service))].map((service) => `${service} answers`),
            ]
          : []
        ).sort(),
      );
    });
  });
});
