// An event store from its description to what is built of it.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { message } from "../../../../infra/model/kinds/topic/contract";
import type { EventStore } from "../../../../infra/model/kinds/event-store/description";
import type { Service, System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { rightsOf } from "../../../support/least-privilege";
import { awsPlanOf as planOf } from "../../support/aws";
import { runOf } from "../../support/run";

const summaries = {
  description: "Orders as customers see them",
  code: { entry: "infra/functions/orders/summaries.ts" },
  indexes: { "by-user": { partitionKey: "userId", sortKey: "createdAt" } },
} as const;
const store: EventStore = { topic: "order-history", projections: { summaries } };

/** The shop that ships, with event stores of its notification service. */
function shop(eventStores: Readonly<Record<string, EventStore>>, change: Partial<Service> = {}, fifo = true): System {
  const { notification, ...others } = ecommerce.services;
  const owner: Service = {
    ...notification,
    owns: { ...notification.owns, eventStores },
    publishes: { "order-history": ["ORDER_CREATED"] },
    ...change,
  };
  const schema = message({ userId: "uuid", total: "number" });
  const topic = { displayName: "Orders", events: { ORDER_CREATED: { schema } }, fifo };
  return {
    ...ecommerce,
    topics: { ...ecommerce.topics, "order-history": topic },
    services: { ...others, notification: owner },
  };
}

describe("an event store of a service", function () {
  this.timeout(60_000);
  let resources: readonly Registered[] = [];
  before(async () => {
    const plan = planOf(runOf("local"), { systems: { ecommerce: shop({ orders: store }) }, environments });
    ({ resources } = await deploy(() => buildOnEcs(plan), { region: "eu-central-1" }));
  });
  const inputs = (name: string): Registered["inputs"] => resources.find((one) => one.name === name)?.inputs ?? {};

  it("is accepted", () => {
    expect(validateSystem(shop({ orders: store }))).to.deep.equal([]);
  });

  it("is a table of events with a stream, positions, and a table for each projection", () => {
    expect(inputs("notification-orders-table")).to.deep.include({
      hashKey: "aggregateId",
      rangeKey: "version",
      streamViewType: "NEW_IMAGE",
    });
    expect(inputs("notification-orders-positions-table")).to.include({ hashKey: "aggregateId" });
    const { globalSecondaryIndexes } = inputs("notification-summaries-table");
    expect(globalSecondaryIndexes).to.have.length(1);
  });

  it("starts the relay and the projector with new events only, and repeats single records", () => {
    const sources = resources.filter(({ type }) => type === "aws:lambda/eventSourceMapping:EventSourceMapping");
    const ours = sources.filter(({ name }) => name.includes("notification-orders-relay") || name.includes("summaries"));
    expect(ours).to.have.length(2);
    for (const { inputs: source } of ours) {
      expect(source).to.deep.include({
        bisectBatchOnFunctionError: true,
        functionResponseTypes: ["ReportBatchItemFailures"],
      });
      const { filters } = source.filterCriteria as { readonly filters: readonly { readonly pattern: string }[] };
      expect(filters.map(({ pattern }) => JSON.parse(pattern) as unknown)).to.deep.equal([
        { eventName: ["INSERT"], dynamodb: { NewImage: { type: { S: [{ exists: true }] } } } },
      ]);
    }
  });

  it("lets no task change or delete an event or publish it, and lets the relay publish", async () => {
    const rights = await rightsOf(resources);
    const on = (role: string, part: string): string[] =>
      (rights[role] ?? [])
        .filter((line) => line.endsWith(part))
        .map((line) => line.split(" ")[0]?.split(":")[1] ?? "")
        .sort();
    const roles = Object.keys(rights);
    const forbidden = roles.flatMap((role) =>
      on(role, " notification-orders-table").filter((action) => /Delete|Update|BatchWrite/.test(action)),
    );
    expect(forbidden).to.deep.equal([]);
    const adding = roles.filter((role) => on(role, " notification-orders-table").includes("PutItem"));
    expect(adding).to.deep.equal(["notification-task"]);
    const publishing = roles.filter((role) =>
      (rights[role] ?? []).some((line) => line.startsWith("sns:Publish ") && line.includes("order-history")),
    );
    expect(publishing).to.deep.equal([]);
    const relay = resources.filter(
      ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name.includes("notification-orders-relay"),
    );
    expect(relay.some(({ inputs: { policy } }) => String(policy).includes("sns:Publish"))).to.equal(true);
    expect(on("notification-task", " notification-summaries-table")).to.include("Query").and.not.include("PutItem");
    expect(on("notification-task", " notification-orders-positions-table")).to.deep.equal([]);
  });

  const refused = (system: System): string[] => validateSystem(system).map(({ path }) => path);
  const at = (rest: string): string => `services.notification.owns.eventStores.orders${rest}`;

  it("is refused on a topic that keeps no order, that is unknown, or on which its service does not publish", () => {
    expect(refused(shop({ orders: store }, {}, false))).to.deep.equal([at(".topic")]);
    expect(refused(shop({ orders: { topic: "nowhere" } }))).to.deep.equal([at(".topic")]);
    expect(refused(shop({ orders: { topic: "order-history" } }, { publishes: {} }))).to.include(at(".topic"));
  });

  it("is refused without a reader, with more than two, or with a name that is taken", () => {
    const three = Object.fromEntries(["a", "b", "c"].map((name) => [name, { ...summaries }]));
    expect(refused(shop({ orders: {} }))).to.deep.equal([at("")]);
    expect(refused(shop({ orders: { projections: three } }))).to.deep.equal([at(".projections")]);
    expect(refused(shop({ orders: { projections: { orders: summaries } } }))).to.include(at(".projections.orders"));
    const tables = { "orders-positions": { partitionKey: "id" } };
    const both = {
      publishes: { "order-history": ["ORDER_CREATED"] },
      owns: { tables, eventStores: { orders: store } },
    };
    expect(refused(shop({}, both))).to.include(at(""));
  });
});
