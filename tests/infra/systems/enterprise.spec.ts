// What derivation makes of the description, held point by point against the facts of seeds/001: its contexts and their
// DomainServiceMapper, its gateway, its clients' policies, its saga and its data synchronisation.
import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { examine } from "../../../infra/examine";
import { validateSystem } from "../../../infra/model/validate";
import { systems } from "../../../infra/systems";
import { enterprise } from "../../../infra/systems/enterprise";
import { enterpriseRun, everywhere } from "../support/enterprise";
import { readPlan } from "../support/read-plan";
import { planFor, runOf } from "../support/run";

/** The seed's contexts with their interface and, where they have any, the interfaces that they depend on. */
const CONTEXTS = {
  UserManagement: {
    entities: ["User", "UserProfile", "Authentication", "Authorization"],
    api: "UserAPI",
    operations: ["createUser", "getUserById", "updateUser", "deleteUser", "authenticateUser", "authorizeUser"],
    dependsOn: {},
  },
  ProductCatalog: {
    entities: ["Product", "Category", "Brand", "ProductVariant"],
    api: "ProductAPI",
    operations: [
      "createProduct",
      "getProduct",
      "updateProduct",
      "searchProducts",
      "getProductsByCategory",
      "getProductVariants",
    ],
    dependsOn: {},
  },
  OrderManagement: {
    entities: ["Order", "OrderItem", "OrderStatus", "ShippingAddress"],
    api: "OrderAPI",
    operations: ["createOrder", "getOrder", "updateOrderStatus", "cancelOrder", "getOrderHistory", "trackShipment"],
    dependsOn: { UserManagement: "UserAPI", ProductCatalog: "ProductAPI", PaymentProcessing: "PaymentAPI" },
  },
  PaymentProcessing: {
    entities: ["Payment", "PaymentMethod", "Transaction", "Refund"],
    api: "PaymentAPI",
    operations: ["processPayment", "refundPayment", "getPaymentStatus", "addPaymentMethod", "getPaymentHistory"],
    dependsOn: {},
  },
} as const;

/** The gateway's routes; `service` is the seed's other spelling of the context's microservice. */
const ROUTES = [
  { path: "/api/users/*", service: "user-management-service", balancing: "round_robin", perMinute: 1000 },
  { path: "/api/products/*", service: "product-catalog-service", balancing: "least_connections", perMinute: 2000 },
  { path: "/api/orders/*", service: "order-management-service", balancing: "round_robin", perMinute: 500 },
  { path: "/api/payments/*", service: "payment-processing-service", balancing: "round_robin", perMinute: 200 },
] as const;

/** What the seed calls the way of balancing, in AWS's words. */
const BALANCING = { round_robin: "round_robin", least_connections: "least_outstanding_requests" } as const;

/** What the seed's services tell each other, with the fields that it writes out; `order.created` is ORDER_CREATED here. */
const EVENTS: Readonly<Record<string, { readonly by: string; readonly fields?: readonly string[] }>> = {
  "order.created": { by: "OrderManagement", fields: ["order_id", "user_id", "items", "total"] },
  "order.creation.failed": { by: "OrderManagement", fields: ["order_data", "error"] },
  "order.cancelled": { by: "OrderManagement", fields: ["order_id", "reason"] },
  "payment.completed": { by: "PaymentProcessing" },
  "inventory.reserved": { by: "ProductCatalog" },
};

/** The saga's steps with what undoes each. */
const SAGA = [
  ["reserve_inventory", "reserve_items", "release_reservation"],
  ["process_payment", "charge_customer", "refund_payment"],
  ["fulfill_order", "ship_order", "cancel_shipment"],
] as const;

const contexts = Object.entries(CONTEXTS);
const names = Object.keys(CONTEXTS);
/** The mapper's rule for names. */
const serviceOf = (context: string): string => `${context.toLowerCase()}-service`;
const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

describe("the enterprise system", () => {
  const plan = readPlan(planFor(runOf("enterprise-local")));
  const service = (name: string) => {
    const found = plan.services.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  };

  it("has no problem", () => {
    expect(validateSystem(enterprise)).to.deep.equal([]);
  });

  for (const environment of everywhere) {
    it(`in ${environment} has no mistake and no anti-pattern, and needs no exception`, () => {
      const {
        plan: planned,
        target,
        ...found
      } = examine(enterpriseRun(environment), { systems, environments }, "2026-11-24");
      expect(found).to.deep.equal({ problems: [], warnings: [], accepted: [] });
      expect([target.title, planned?.system, planned?.environment.name]).to.deep.equal([
        "AWS with ECS Fargate",
        "enterprise",
        environment,
      ]);
    });
  }

  it("has the seed's contexts with their entities", () => {
    const derived = plan.contexts.map(({ name, entities }) => [name, entities]);
    expect(derived).to.deep.equal(contexts.map(([name, { entities }]) => [name, [...entities]]).sort());
  });

  it("has one microservice a context, called as the mapper calls it", () => {
    const derived = plan.services.map(({ name, context }) => [name, context]).sort();
    expect(derived).to.deep.equal(names.map((context) => [serviceOf(context), context]).sort());
  });

  it("offers each API's operations and no other, each with what a repetition does", () => {
    for (const [context, { operations }] of contexts) {
      const { offers } = service(serviceOf(context));
      expect(
        offers.map(({ operation }) => operation),
        context,
      ).to.deep.equal([...operations].sort());
      // What only reads is called get, search, track or authorize; what makes something new or moves money happens once.
      for (const { operation, kind } of offers) {
        const expected = /^(?:get|search|track|authorize)/.test(operation)
          ? "read"
          : /^(?:create|add|process|refund)/.test(operation)
            ? "once"
            : "idempotent";
        expect(kind, operation).to.equal(expected);
      }
    }
  });

  it("depends on APIs as the seed's contexts do, and calls only operations of theirs that may be repeated", () => {
    for (const [context, { dependsOn }] of contexts) {
      const { calls } = service(serviceOf(context));
      expect(
        calls.map((call) => call.service),
        context,
      ).to.deep.equal(Object.keys(dependsOn).map(serviceOf).sort());
    }
    const operations = service("ordermanagement-service").calls.map((call) => [call.service, call.operations]);
    expect(operations).to.deep.equal([
      ["paymentprocessing-service", ["getPaymentStatus"]],
      ["productcatalog-service", ["getProduct"]],
      ["usermanagement-service", ["getUserById"]],
    ]);
  });

  it("calls as the seed's client and its circuit breaker do", () => {
    // 5000 ms, three retries from 1000 ms on; open after 5 failures for 60,000 ms.
    for (const { timeout, retries, backoff, breaker } of service("ordermanagement-service").calls) {
      expect({ timeout, retries, backoff, breaker }).to.deep.equal({
        timeout: "5s",
        retries: 3,
        backoff: "1s",
        breaker: { failures: 5, reset: "60s" },
      });
    }
  });

  it("gives each microservice a database of its own, called as the mapper calls it", () => {
    const derived = plan.services.map(({ context, database }) => [context, database?.kind, database?.databaseName]);
    expect(derived.sort()).to.deep.equal(
      names.map((context) => [context, "postgres", `${context.toLowerCase()}_db`]).sort(),
    );
  });

  it("has the seed's routes with their service, limit and balancing", () => {
    for (const { path, service: routed, balancing, perMinute } of ROUTES) {
      const exposing = plan.services.filter(({ exposes }) => exposes?.paths.includes(path));
      expect(exposing.map(({ name }) => name.replaceAll("-", ""))).to.deep.equal([routed.replaceAll("-", "")]);
      const [exposes] = exposing.map((found) => found.exposes);
      // `/api/users/*` alone would leave out the collection itself.
      expect(exposes?.paths).to.deep.equal([path.replace("/*", ""), path]);
      expect(exposes?.ratePerMinute).to.equal(perMinute);
      expect(exposes?.balancing).to.equal(BALANCING[balancing]);
    }
    expect(plan.services.filter(({ exposes }) => exposes).length).to.equal(ROUTES.length);
  });

  it("validates tokens before every route, of an OAuth 2 provider that the stack names", () => {
    expect(plan.services.map(({ exposes }) => exposes?.authentication)).to.deep.equal(Array(4).fill("jwt"));
    expect(plan.identity).to.deep.equal({
      issuer: "https://identity.example.com",
      jwksEndpoint: "https://identity.example.com/.well-known/jwks.json",
      audience: "https://api.example.com",
    });
    expect(plan.https?.domainName).to.equal("services.local.example.com");
  });

  it("has the firewall that holds the limits, without being asked", () => {
    expect(runOf("enterprise-local").values).to.not.have.property("archipelago:waf");
    const [entrance] = plan.nodes.filter((node) => node.kind === "entrance");
    expect(plan.waf).to.equal(true);
    const limits = Object.entries(entrance?.limits ?? {}).map(([name, { perMinute }]) => [name, perMinute]);
    expect(Object.fromEntries(limits)).to.deep.equal({
      "usermanagement-service": 1000,
      "productcatalog-service": 2000,
      "ordermanagement-service": 500,
      "paymentprocessing-service": 200,
    });
  });

  it("follows requests from service to service", () => {
    expect(plan.tracing).to.deep.equal({ sampling: 0.1 });
  });

  it("publishes the seed's events from the context that the seed has them from, with the seed's fields", () => {
    const events = plan.topics.flatMap((topic) => topic.events);
    for (const [name, { by, fields = [] }] of Object.entries(EVENTS)) {
      const event = events.find(({ type }) => type === name.toUpperCase().replaceAll(".", "_"));
      expect(
        event?.publishers.map((publisher) => publisher.service),
        name,
      ).to.deep.equal([serviceOf(by)]);
      expect(event?.schema?.required, name).to.include.members(fields.map(camelCase));
    }
  });

  it("agrees on every event's content, and has somebody who hears it", () => {
    for (const { type, schema, consumers } of plan.topics.flatMap((topic) => topic.events)) {
      expect(schema?.required, type).to.not.be.empty;
      expect(consumers, type).to.not.be.empty;
    }
  });

  it("brings order management what the seed's OrderService subscribes to", () => {
    const heard = plan.topics.flatMap(({ events }) =>
      events.flatMap(({ type, consumers }) =>
        consumers.filter(({ queue }) => queue === "order-progress").map(() => type),
      ),
    );
    expect(heard).to.include.members(["PAYMENT_COMPLETED", "INVENTORY_RESERVED"]);
    const { consumes, sendsTo } = service("ordermanagement-service");
    expect([consumes.includes("order-commands"), sendsTo]).to.deep.equal([true, ["order-commands"]]);
  });

  it("tries a message four times, as often as the seed's bus, before it sets it aside", () => {
    const named = plan.queues.filter(({ projection, ofSagas }) => projection === undefined && !ofSagas);
    expect(named.map(({ name, maxReceiveCount }) => [name, maxReceiveCount])).to.deep.equal([
      ["order-commands", 4],
      ["order-progress", 4],
      ["stock-updates", 4],
    ]);
  });

  it("keeps copies up to date by events, where the seed synchronises data", () => {
    const copies = plan.queues.filter(({ projection }) => projection !== undefined);
    expect(copies.map(({ consumer, projection, maxAge }) => [consumer, projection, maxAge])).to.deep.equal([
      ["ordermanagement-service", "Product", "2m"],
      ["ordermanagement-service", "User", "5m"],
    ]);
  });

  it("describes the seed's saga with what undoes each step", () => {
    const [saga, ...others] = plan.sagas;
    expect(others).to.deep.equal([]);
    expect(saga?.startedBy).to.equal("ordermanagement-service");
    const steps = saga?.steps.map(({ name, command, compensation }) => [name, command, compensation]);
    expect(steps).to.deep.equal(SAGA.map((step) => [...step]));
  });
});
