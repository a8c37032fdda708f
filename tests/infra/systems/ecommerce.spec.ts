// The seed's topology and numbers, held against what derivation makes of the description.
import { expect } from "chai";
import { validateSystem } from "../../../infra/model/validate";
import { ecommerce } from "../../../infra/systems/ecommerce";
import { readPlan } from "../support/read-plan";
import { planFor, runOf } from "../support/run";

describe("the ecommerce system", () => {
  const plan = readPlan(planFor(runOf("prod")));
  // What the seed names. Services that a team adds have specs of their own.
  const seeds = ["notification", "payment", "product", "user", "order"];
  const services = plan.services.filter(({ name }) => seeds.includes(name));
  const service = (name: string) => plan.services.find((candidate) => candidate.name === name);

  it("has no problem", () => {
    expect(validateSystem(ecommerce)).to.deep.equal([]);
  });

  it("has the seed's four queues", () => {
    expect(plan.queues.filter(({ ofSagas }) => !ofSagas)).to.deep.equal([
      { name: "inventory-update-queue", visibilityTimeout: "180s", maxReceiveCount: 3, consumer: "product" },
      { name: "notification-queue", visibilityTimeout: "60s", maxReceiveCount: 5, consumer: "notification" },
      { name: "order-processing-queue", visibilityTimeout: "300s", maxReceiveCount: 3, consumer: "order" },
      { name: "payment-processing-queue", visibilityTimeout: "300s", maxReceiveCount: 3, consumer: "payment" },
    ]);
  });

  it("has the seed's three topics and four subscriptions with their filters", () => {
    expect(plan.topics.map(({ name, displayName }) => ({ name, displayName }))).to.deep.equal([
      { name: "notification-events", displayName: "Notification Events" },
      { name: "order-events", displayName: "Order Events" },
      { name: "payment-events", displayName: "Payment Events" },
    ]);
    expect(plan.subscriptions).to.deep.equal([
      { topic: "notification-events", queue: "notification-queue" },
      { topic: "order-events", queue: "inventory-update-queue", eventTypes: ["ORDER_CANCELLED", "ORDER_CREATED"] },
      { topic: "order-events", queue: "payment-processing-queue", eventTypes: ["ORDER_CREATED", "ORDER_UPDATED"] },
      { topic: "payment-events", queue: "notification-queue", eventTypes: ["PAYMENT_COMPLETED", "PAYMENT_FAILED"] },
    ]);
  });

  it("has the seed's five services, callees before callers", () => {
    expect(services.map(({ name }) => name)).to.deep.equal(seeds);
    expect(service("order")?.calls.map((call) => call.service)).to.deep.equal(["payment", "product", "user"]);
  });

  it("sizes and scales them with the seed's numbers", () => {
    const sizes = services.map(({ name, cpu, memory, scaling: { min, max } }) => [name, cpu, memory, min, max]);
    expect(sizes).to.deep.equal([
      ["notification", 256, "512 MiB", 2, 6],
      ["payment", 256, "512 MiB", 2, 10],
      ["product", 256, "512 MiB", 2, 8],
      ["user", 256, "512 MiB", 2, 10],
      ["order", 512, "1024 MiB", 3, 20],
    ]);
    expect(service("user")?.scaling).to.deep.equal({
      min: 2,
      max: 10,
      cpu: 70,
      memory: 80,
      scaleInCooldown: "3m",
      scaleOutCooldown: "1m",
    });
    expect(service("order")?.scaling).to.deep.equal({
      min: 3,
      max: 20,
      cpu: 60,
      queue: {
        queue: "order-processing-queue",
        steps: [
          { from: 0, change: 0 },
          { from: 10, change: 2 },
          { from: 50, change: 5 },
          { from: 100, change: 10 },
        ],
        cooldown: "2m",
      },
      scaleInCooldown: "5m",
      scaleOutCooldown: "30s",
    });
  });

  it("routes the collection and what is below it", () => {
    const routes = services.flatMap(({ exposes }) => (exposes ? [[exposes.priority, ...exposes.paths]] : []));
    expect(routes).to.deep.equal([
      [300, "/api/products", "/api/products/*"],
      [100, "/api/users", "/api/users/*"],
      [200, "/api/orders", "/api/orders/*"],
    ]);
    const times = { interval: "30s", timeout: "10s" };
    const check = { path: "/health", ...times, healthyThreshold: 2, unhealthyThreshold: 3, matcher: "200" };
    expect(service("order")?.exposes?.healthCheck).to.deep.equal(check);
    expect(service("user")?.exposes?.healthCheck).to.deep.equal({ ...check, timeout: "5s" });
  });

  it("gives each service the stores of its own that the seed names", () => {
    const stores = services.map(({ name, database }) => [
      name,
      database?.kind,
      plan.nodes.filter(({ kind, owner }) => kind === "bucket" && owner === name).map((bucket) => bucket.name),
    ]);
    expect(stores).to.deep.equal([
      ["notification", undefined, []],
      ["payment", "postgres", []],
      ["product", "aurora-serverless", ["images"]],
      ["user", "postgres", []],
      ["order", "postgres", []],
    ]);
    expect(service("order")?.database).to.deep.equal({
      kind: "postgres",
      databaseName: "orderservice",
      instanceClass: "db.t3.small",
      allocatedStorage: "20 GiB",
      maxAllocatedStorage: "200 GiB",
      backupRetention: "14d",
      performanceInsights: true,
      migration: { command: ["node", "dist/migrate.js"] },
    });
    expect(plan.cache).to.deep.equal({
      name: "cache",
      sharing: {},
      ...{ engine: "redis", engineVersion: "7.0", nodes: 2 },
      users: ["order", "product", "user"],
    });
  });

  it("opens the internet to two services, and the endpoints that the five use", () => {
    const outward = services.filter(({ internetEgress }) => internetEgress).map(({ name }) => name);
    expect(outward).to.deep.equal(["notification", "payment"]);
    expect(plan.endpoints).to.have.members([
      "ecr.api",
      "ecr.dkr",
      "logs",
      "secretsmanager",
      "sns",
      "sqs",
      "states",
      "xray",
    ]);
  });

  it("has the seed's saga: seven steps, and what undoes each", () => {
    const [saga, ...others] = plan.sagas;
    expect(others).to.deep.equal([]);
    expect(saga?.startedBy).to.equal("order");
    expect(saga?.steps.map(({ name, service, compensation }) => [name, service, compensation])).to.deep.equal([
      ["validateUser", "user", "release-user-lock"],
      ["getProduct", "product", { unneeded: "it only reads" }],
      ["reserveInventory", "product", "release-reservation"],
      ["createOrder", "order", "cancel-order"],
      ["processPayment", "payment", "refund-payment"],
      ["updateInventory", "product", "restore-stock"],
      ["sendNotification", "notification", { unneeded: "a message can't be taken back" }],
    ]);
    expect(saga?.steps.filter(({ optional }) => optional).map(({ name }) => name)).to.deep.equal(["sendNotification"]);
  });
});
