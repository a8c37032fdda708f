// Entrances of a description: what is refused, with every problem at once, and what they become.
import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { examine } from "../../../infra/examine";
import type { Entrance, Service, System } from "../../../infra/model/system";
import { runOf } from "../support/run";

const service = (path: string, more: Partial<NonNullable<Service["exposes"]>> = {}): Service => ({
  context: "Sales",
  description: "Sells",
  scaling: { min: 2, max: 2 },
  exposes: { paths: [`/api/${path}`, `/api/${path}/*`], authentication: "by-service", ...more },
});

const shop = (
  entrances: Readonly<Record<string, Entrance>>,
  services: Readonly<Record<string, Service>> = {},
): System => ({
  name: "shop",
  tracing: {},
  contexts: { Sales: { description: "Sells", entities: ["Order"] } },
  topics: {},
  services: { order: service("orders"), ...services },
  entrances,
});

const identity = {
  issuer: "https://id.example.com",
  jwksEndpoint: "https://id.example.com/keys",
  audience: "shop",
};

function examined(system: System, changes: Readonly<Record<string, unknown>> = {}) {
  const images = Object.fromEntries(
    Object.keys(system.services).map((name) => [name, `777788889999.dkr.ecr.eu-central-1.amazonaws.com/${name}:1.0.0`]),
  );
  const run = runOf("prod", { system: "shop", images, waf: undefined, ...changes });
  return examine(run, { systems: { shop: system }, environments }, "2026-11-29");
}
const paths = (system: System, changes: Readonly<Record<string, unknown>> = {}): string[] =>
  examined(system, changes).problems.map(({ path }) => path);

describe("entrances of a description", () => {
  it("lead to all paths of a service by default, and to several services for several kinds of clients", () => {
    const { plan, problems } = examined(
      shop(
        {
          web: { routes: { order: {}, product: {} } },
          mobile: { routes: { order: { paths: ["/api/orders/*"] } }, domain: "m" },
        },
        { product: service("products") },
      ),
    );
    expect(problems).to.deep.equal([]);
    const nodes = (plan?.nodes ?? []).flatMap((node) => (node.kind === "entrance" ? [node] : []));
    expect(nodes.map(({ name, domain, routes }) => [name, domain, routes.map((route) => route.paths)])).to.deep.equal([
      ["mobile", "m.example.com", [["/api/orders/*"]]],
      [
        "web",
        "web.example.com",
        [
          ["/api/orders", "/api/orders/*"],
          ["/api/products", "/api/products/*"],
        ],
      ],
    ]);
    expect(
      plan?.edges.filter(({ verb }) => verb === "routes").map(({ from, to }) => `${from} ${to.name}`),
    ).to.deep.equal(["mobile order", "web order", "web product"]);
  });

  it("are refused where routes, keys and services do not fit", () => {
    expect(
      paths(
        shop(
          {
            order: { routes: {} },
            web: {
              routes: {
                ordr: {},
                hidden: {},
                open: {},
                order: {
                  paths: ["/api/orders/*", "/api/others"],
                  requiresKey: true,
                  bodies: { "POST /api/none": { type: "object" } },
                },
                again: { service: "order", paths: ["/api/orders/*"] },
                odd: {},
              },
              dailyQuota: 10,
            },
            partners: { routes: { order: {} }, clients: ["one", "one"] },
          },
          {
            hidden: { context: "Sales", description: "Hides", scaling: { min: 2, max: 2 } },
            open: service("open", { authentication: "none", accepts: {} }),
            odd: service("odd", { paths: ["/api/odd*"] }),
          },
        ),
      ).filter((path) => path.startsWith("shop.entrances")),
    ).to.deep.equal([
      "shop.entrances.order",
      "shop.entrances.order.routes",
      "shop.entrances.partners.clients",
      "shop.entrances.partners.clients",
      "shop.entrances.web.routes.order.requiresKey",
      "shop.entrances.web.dailyQuota",
      "shop.entrances.web.routes.hidden",
      "shop.entrances.web.routes.odd",
      "shop.entrances.web.routes.open.authentication",
      "shop.entrances.web.routes.order.paths[1]",
      "shop.entrances.web.routes.order.bodies",
      "shop.entrances.web.routes.ordr",
      "shop.entrances.web.routes.order.paths",
    ]);
  });

  it("of kind http are refused with what an HTTP API does not have", () => {
    const web: Entrance = {
      kind: "http",
      routes: {
        order: { authentication: "jwt", bodies: { "POST /api/orders": { type: "object" } }, requiresKey: true },
        product: { authentication: { public: "everybody may look" } },
        user: {},
      },
      clients: ["warehouse"],
    };
    const services = { product: service("products", { rateLimit: { perMinute: 100 } }), user: service("users") };
    expect(paths(shop({ web }, services), { waf: true, identity })).to.have.members([
      "archipelago:waf",
      "shop.entrances.web.routes.user.authentication",
      "shop.entrances.web.clients",
      "shop.entrances.web.routes.order.requiresKey",
      "shop.entrances.web.routes.order.bodies",
      "shop.entrances.web.routes.product",
    ]);
  });

  it("check tokens only with an issuer and an audience, at both kinds of APIs", () => {
    const web: Entrance = { kind: "http", routes: { order: { authentication: "jwt" } } };
    expect(paths(shop({ web }))).to.deep.equal(["archipelago:identity"]);
    const { issuer, jwksEndpoint } = identity;
    expect(paths(shop({ web }), { identity: { issuer, jwksEndpoint } })).to.deep.equal([
      "shop.entrances.web.routes.order.authentication",
    ]);
    expect(paths(shop({ web }), { identity })).to.deep.equal([]);
    const rest: Entrance = { ...web, kind: "rest" };
    expect(paths(shop({ web: rest }), { identity })).to.deep.equal([]);
    expect(paths(shop({ web: rest }))).to.deep.equal(["archipelago:identity"]);
    const long = Array.from({ length: 20 }, (_, at) => `/api/orders/${"a".repeat(100)}${at}/*`);
    const many: Entrance = {
      routes: {
        order: { authentication: { jwt: { audience: "b".repeat(200), scopes: ["orders/read"] } }, paths: long },
      },
    };
    expect(paths(shop({ web: many }), { identity })).to.deep.equal(["shop.entrances.web.routes"]);
  });

  it("are refused with one domain, with the load balancer's, and with answers and bodies that API Gateway cuts", () => {
    const routes = { order: {} };
    expect(paths(shop({ web: { routes, domain: "api" }, mobile: { routes, domain: "api" } }))).to.deep.equal([
      "shop.entrances.web.domain",
    ]);
    expect(paths(shop({ services: { routes } }))).to.deep.equal(["shop.entrances.services.domain"]);
    const slow = { order: service("orders", { responseTime: "60s", maxBodySize: "50 MiB" }) };
    expect(paths(shop({ web: { routes } }, slow))).to.deep.equal([
      "shop.entrances.web.routes.order",
      "shop.entrances.web.routes.order",
    ]);
  });

  it("warn of an exposed service that no entrance leads to", () => {
    const { warnings } = examined(shop({ web: { routes: { order: {} } } }, { product: service("products") }));
    expect(warnings.map(({ path }) => path)).to.include("shop.services.product.exposes");
  });
});
