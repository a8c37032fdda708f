import { expect } from "chai";
import fc from "fast-check";
import { environments } from "../../../infra/environments";
import { derivedOnAws } from "../support/aws";
import type { AwsPlan } from "../../../infra/targets/aws/plan";
import { typesOf } from "../../../infra/model/kinds/queue/selection";
import type { System } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { ecommerce } from "../../../infra/systems/ecommerce";
import { readPlan } from "../support/read-plan";
import { reordered, settingsFor, validSystem } from "../support/systems";

type Read = ReturnType<typeof readPlan<AwsPlan>>;

function planOf(system: System): Read {
  return readPlan(derivedOnAws(system, environments.dev, settingsFor(system, "dev")));
}

/** Checks a property of every valid system and its plan. */
function always(property: (system: System, plan: Read) => void): void {
  fc.assert(
    fc.property(validSystem, (system) => {
      property(system, planOf(system));
    }),
  );
}

describe("derivation", () => {
  it("starts from systems that validation accepts", () => {
    always((system) => {
      expect(validateSystem(system)).to.deep.equal([]);
    });
  });

  it("gives the same bytes, again and whatever the order of keys", () => {
    always((system, plan) => {
      expect(JSON.stringify(planOf(system))).to.equal(JSON.stringify(plan));
      expect(JSON.stringify(planOf(reordered(system)))).to.equal(JSON.stringify(plan));
    });
  });

  it("changes nothing that it is given", () => {
    always((system) => {
      const before = JSON.stringify(system);
      planOf(system);
      expect(JSON.stringify(system)).to.equal(before);
    });
  });

  it("puts every service there once, and its callees before it", () => {
    always((system, { services }) => {
      const names = services.map(({ name }) => name);
      expect([...names].sort()).to.deep.equal(Object.keys(system.services).sort());
      services.forEach(({ name, calls }, index) => {
        expect(Object.keys(system.services[name]?.calls ?? {}).sort()).to.deep.equal(calls.map((call) => call.service));
        for (const call of calls) expect(names.indexOf(call.service)).to.be.below(index);
      });
    });
  });

  it("makes one queue a consumption, and no other", () => {
    always((system, plan) => {
      const consumed = Object.entries(system.services).flatMap(([consumer, { consumes = {} }]) =>
        Object.keys(consumes).map((queue) => `${queue} of ${consumer}`),
      );
      expect(plan.queues.map(({ name, consumer }) => `${name} of ${consumer}`)).to.deep.equal(consumed.sort());
      const byService = plan.services.flatMap(({ name, consumes }) => consumes.map((queue) => `${queue} of ${name}`));
      expect(byService.sort()).to.deep.equal(consumed);
    });
  });

  it("makes one subscription an edge from a topic to a queue, with its filter, and no other", () => {
    always((system, plan) => {
      const edges = Object.values(system.services).flatMap(({ consumes = {} }) =>
        Object.entries(consumes).flatMap(([queue, { from = {} }]) =>
          Object.entries(from).map(([topic, events]) => `${topic} ${queue} ${typesOf(events)?.join() ?? "all"}`),
        ),
      );
      const made = plan.subscriptions.map(
        ({ topic, queue, eventTypes }) => `${topic} ${queue} ${eventTypes?.join() ?? "all"}`,
      );
      expect(made.sort()).to.deep.equal(edges.sort());
    });
  });

  it("gives a service what its edges say and nothing else", () => {
    always((system, plan) => {
      for (const service of plan.services) {
        const described = system.services[service.name];
        expect(service.publishes.map(({ topic }) => topic)).to.deep.equal(
          Object.keys(described?.publishes ?? {}).sort(),
        );
        expect(service.sendsTo).to.deep.equal([...(described?.sendsTo ?? [])]);
        expect(service.usesCache).to.equal(described?.usesCache);
        expect(service.internetEgress).to.equal(described?.internetEgress !== undefined);
        expect(service.exposes?.paths).to.deep.equal(described?.exposes?.paths);
        const { migration } = described?.owns?.database ?? {};
        expect(service.database === undefined).to.equal(described?.owns?.database === undefined);
        expect(service.migration?.name).to.equal(migration && `${service.name}-migration`);
        const owner = migration?.image === "own" ? `${service.name}-migration` : service.name;
        expect(service.migration?.image).to.equal(migration && `registry/${owner}:1`);
        expect(service.secrets.map(({ variable }) => variable)).to.deep.equal(Object.keys(described?.secrets ?? {}));
      }
    });
  });

  it("tells every service how requests are followed, and lets it say otherwise", () => {
    const user = ecommerce.services.user;
    const own = { ...user, environment: { OTEL_TRACES_EXPORTER: "otlp" } };
    const traced = planOf({ ...ecommerce, services: { ...ecommerce.services, user: own } });
    expect(traced.services.find(({ name }) => name === "user")?.environment).to.deep.equal({
      OTEL_LOGS_EXPORTER: "none",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_PROPAGATORS: "tracecontext,baggage,b3multi",
      OTEL_RESOURCE_ATTRIBUTES:
        "service.namespace=ecommerce,deployment.environment.name=dev,archipelago.context=UserManagement",
      OTEL_SERVICE_NAME: "user",
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.1",
    });
    const { tracing, ...untraced } = ecommerce;
    expect(tracing).to.deep.equal({ sampling: 0.1 });
    const silent = planOf(untraced).services.filter(({ environment }) => !("OTEL_SERVICE_NAME" in environment));
    expect(silent.map(({ name }) => name).sort()).to.deep.equal(Object.keys(ecommerce.services).sort());
  });

  it("opens the endpoints that services use and no other", () => {
    always((system, { endpoints, cache }) => {
      const services = Object.values(system.services);
      const some = (uses: (service: (typeof services)[number]) => boolean): boolean => services.some(uses);
      expect(endpoints).to.deep.equal([
        "ecr.api",
        "ecr.dkr",
        "logs",
        ...(some(({ owns, secrets }) => Boolean(owns?.database ?? secrets)) ? ["secretsmanager"] : []),
        ...(some(({ publishes = {} }) => Object.keys(publishes).length > 0) ? ["sns"] : []),
        ...(some(({ consumes, sendsTo }) => Boolean(consumes ?? sendsTo)) ? ["sqs"] : []),
      ]);
      expect(cache === undefined).to.equal(!some(({ usesCache }) => usesCache === true));
    });
  });

  it("removes with a service exactly what only it needed", () => {
    always((system, plan) => {
      // The last service is called by nobody.
      const [last = ""] = Object.keys(system.services).slice(-1);
      const services = Object.fromEntries(Object.entries(system.services).filter(([name]) => name !== last));
      const without = planOf({ ...system, services, entrances: {} });
      expect(without.services).to.deep.equal(plan.services.filter(({ name }) => name !== last));
      expect(without.queues).to.deep.equal(plan.queues.filter(({ consumer }) => consumer !== last));
      expect(without.subscriptions).to.deep.equal(plan.subscriptions.filter(({ queue }) => queue !== `${last}-queue`));
      const others = plan.topics.map((topic) => ({
        ...topic,
        events: topic.events.map((event) => ({
          ...event,
          publishers: event.publishers.filter(({ service }) => service !== last),
          consumers: event.consumers.filter(({ service }) => service !== last),
        })),
        subscriptions: topic.subscriptions.filter(({ queue }) => queue !== `${last}-queue`),
      }));
      expect(without.topics).to.deep.equal(others);
    });
  });

  it("derives 200 services in well under a second", () => {
    const services = Object.entries(ecommerce.services)
      .slice(0, 5)
      .flatMap(([name, { context, description, scaling, owns = {} }]) =>
        Array.from({ length: 40 }, (_, copy) => [`${name}${copy}`, { context, description, scaling, owns }] as const),
      );
    const system: System = { ...ecommerce, entrances: {}, services: Object.fromEntries(services) };
    const started = performance.now();
    expect(planOf(system).services).to.have.length(200);
    expect(performance.now() - started).to.be.below(500);
  });

  it("refuses to order a circle or to invent an image", () => {
    const circle: System = {
      ...ecommerce,
      services: {
        a: { context: "Sales", description: "a", scaling: { min: 1, max: 1 }, calls: { b: {} } },
        b: { context: "Sales", description: "b", scaling: { min: 1, max: 1 }, calls: { a: {} } },
      },
    };
    expect(() => planOf(circle)).to.throw("services of ecommerce call each other in a circle");
    const settings = { ...settingsFor(ecommerce, "dev"), images: {} };
    expect(() => derivedOnAws(ecommerce, environments.dev, settings)).to.throw("has no image");
  });
});
