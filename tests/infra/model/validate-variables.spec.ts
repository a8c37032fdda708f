import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { derive } from "../../../infra/model/derive";
import type { Service } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { TRACING } from "../../../infra/model/kinds/service/variables";
import { settingsFor } from "../support/systems";
import { shop, shopWith, stock } from "./anti-patterns/shop";

/** What validation says of the shop with a cache and its till changed. */
function withTill(changes: Partial<Service>, others: Readonly<Record<string, Partial<Service>>> = {}) {
  return validateSystem({ ...shopWith({ till: changes, ...others }), cache: {} });
}

describe("validation of variables", () => {
  it("takes a queue that a service both sends to and consumes", () => {
    const consumes = { tickets: {} };
    expect(withTill({ consumes, sendsTo: ["tickets", "tickets", "jobs"], environment: { MODE: "x" } })).to.deep.equal(
      [],
    );
  });

  it("refuses variables of its own that every service has, or that a store or an edge sets", () => {
    const { owns = {} } = stock;
    const environment = { SERVICE_PORT: "1", DB_HOST: "x", REDIS_TLS: "x", STOCK_SERVICE_URL: "x", JOBS_URL: "x" };
    const remedy = "rename it, or remove it: the service is given the other value";
    const own = (variable: string, setter: string, key = "environment") => ({
      path: `services.till.${key}.${variable}`,
      value: variable,
      allowed: `a variable of its own; ${setter}`,
      remedy,
    });
    const secrets = { SALES_TOPIC_ARN: { length: 32 }, IMAGES_BUCKET: { length: 32 } };
    expect(
      withTill({
        owns: { ...owns, buckets: { images: {} } },
        usesCache: true,
        sendsTo: ["jobs"],
        environment,
        secrets,
      }),
    ).to.deep.equal([
      own("SERVICE_PORT", "every service has it"),
      own("DB_HOST", "owns.database sets it too"),
      own("REDIS_TLS", "usesCache sets it too"),
      own("STOCK_SERVICE_URL", "calls.stock sets it too"),
      own("JOBS_URL", "sendsTo[0] sets it too"),
      own("SALES_TOPIC_ARN", "publishes.sales sets it too", "secrets"),
      own("IMAGES_BUCKET", "owns.buckets.images sets it too", "secrets"),
    ]);
  });

  it("refuses a secret that tracing sets, unless nothing is traced", () => {
    const secrets = { OTEL_TRACES_SAMPLER: { length: 32 } };
    expect(withTill({ secrets })).to.deep.equal([
      {
        path: "services.till.secrets.OTEL_TRACES_SAMPLER",
        value: "OTEL_TRACES_SAMPLER",
        allowed: "a variable of its own; tracing sets it too",
        remedy: "rename it, or remove it: the service is given the other value",
      },
    ]);
    const { tracing, ...untraced } = shopWith({ till: { secrets } });
    expect(tracing).to.deep.equal({});
    expect(validateSystem(untraced)).to.deep.equal([]);
    expect(withTill({ environment: { OTEL_TRACES_SAMPLER: "always_on" } })).to.deep.equal([]);
  });

  it("knows every variable that tracing sets", () => {
    const plan = derive(shop, environments.dev, settingsFor(shop, "dev"));
    const [service] = plan.services;
    expect(Object.keys(service?.environment ?? {})).to.have.members(TRACING);
  });

  it("refuses to call services whose callers are told the same variables, and says so once", () => {
    const services = { till: { calls: { stock: {}, "stock-service": {} } }, "stock-service": { offers: {} } };
    expect(validateSystem(shopWith(services))).to.deep.equal([
      {
        path: "services.till.calls.stock-service",
        value: "STOCK_SERVICE_URL",
        allowed: "a variable of its own; calls.stock sets it too",
        remedy: "rename what one of the two is called after",
      },
    ]);
    // Who calls one of them only is told which.
    expect(validateSystem(shopWith({ ...services, till: { calls: { "stock-service": {} } } }))).to.deep.equal([]);
  });

  it("refuses two edges that set one variable", () => {
    const consumes = { "stock-service": { from: { sales: ["SOLD"] } } };
    expect(withTill({ consumes })).to.deep.equal([
      {
        path: "services.till.calls.stock",
        value: "STOCK_SERVICE_URL",
        allowed: "a variable of its own; consumes.stock-service sets it too",
        remedy: "rename what one of the two is called after",
      },
    ]);
    // The queue alone is none of the till's business.
    expect(withTill({}, { stock: { consumes } })).to.deep.equal([]);
    expect(validateSystem(shop)).to.deep.equal([]);
  });
});
