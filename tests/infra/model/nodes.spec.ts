// Nodes and edges of a plan: what stands beside services, and what each service does with it.
import { expect } from "chai";
import fc from "fast-check";
import { environments } from "../../../infra/environments";
import { derive } from "../../../infra/model/derive";
import { keyOf } from "../../../infra/model/edges";
import { planFor, runOf } from "../support/run";
import { settingsFor, validSystem } from "../support/systems";

describe("nodes and edges of a plan", () => {
  const plan = planFor(runOf("prod"));

  it("are the stores and channels of the shop", () => {
    expect(plan.nodes.map(keyOf).sort()).to.deep.equal(
      [
        ...["order", "payment", "product", "user"].map((owner) => `database ${owner}/${owner}-db`),
        "bucket product/images",
        "cache /cache",
        "entrance /api",
        ...["notification-events", "order-events", "payment-events"].map((name) => `topic /${name}`),
        ...["inventory-update-queue", "notification-queue", "order-processing-queue", "payment-processing-queue"].map(
          (name) => `queue /${name}`,
        ),
        ...["notification", "order", "payment", "product", "user"].map((name) => `queue /${name}-commands`),
        "saga /order-processing",
      ].sort(),
    );
  });

  it("say what one service does, in the order of its grants", () => {
    const edges = plan.edges.filter(({ from }) => from === "order");
    expect(edges.map(({ name, verb, to }) => `${name}: ${verb} ${keyOf(to)}`)).to.deep.equal([
      "database: owns database order/order-db",
      "cache: uses cache /cache",
      "notification-events: publishes topic /notification-events",
      "order-events: publishes topic /order-events",
      "consume-order-commands: consumes queue /order-commands",
      "consume-order-processing-queue: consumes queue /order-processing-queue",
      "send-order-processing-queue: sends queue /order-processing-queue",
      "start-order-processing: starts saga /order-processing",
      "answer-order-processing: answers saga /order-processing",
      "call-payment: calls service /payment",
      "call-product: calls service /product",
      "call-user: calls service /user",
    ]);
    const sends = edges.filter(({ verb }) => verb === "sends").map(({ policy }) => policy);
    expect(sends).to.deep.equal([{ alsoConsumes: true }]);
  });

  it("join services with what is in the plan, each edge under a name of its own", () => {
    fc.assert(
      fc.property(validSystem, (system) => {
        const { nodes, edges, services } = derive(system, environments.dev, settingsFor(system, "dev"));
        const known = new Set([...nodes.map(keyOf), ...services.map(({ name }) => keyOf({ kind: "service", name }))]);
        expect(known.size).to.equal(nodes.length + services.length);
        expect(edges.filter(({ to }) => !known.has(keyOf(to)))).to.deep.equal([]);
        const names = edges.map(({ from, name }) => `${from} ${name}`);
        expect(new Set(names).size).to.equal(names.length);
        for (const { owner } of nodes)
          if (owner !== undefined) expect(services.map(({ name }) => name)).to.include(owner);
      }),
      { numRuns: 50 },
    );
  });
});
