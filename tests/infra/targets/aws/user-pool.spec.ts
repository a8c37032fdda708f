// A user pool as the issuer of a stack: its client is the audience at entrances and at the load balancer, and what does not fit is refused.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { examine } from "../../../../infra/examine";
import type { Entrance, System } from "../../../../infra/model/system";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { awsPlanOf as planOf } from "../../support/aws";
import { runOf } from "../../support/run";

const page = { callbackUrls: ["https://shop.example.com/signed-in"] };
const system = (entrances: Readonly<Record<string, Entrance>>, exposes: object = {}): System => {
  const { order } = ecommerce.services;
  if (order.exposes === undefined) throw new Error("the shop exposes no orders");
  const services = { ...ecommerce.services, order: { ...order, exposes: { ...order.exposes, ...exposes } } };
  return { ...ecommerce, services, entrances };
};
const jwt = { routes: { order: { authentication: "jwt" } } } as const;

async function built(of: System, userPool: object, stack: "dev" | "prod" = "prod") {
  return deploy(() =>
    buildOnEcs(planOf(runOf(stack, { userPool, waf: undefined }), { systems: { ecommerce: of }, environments })),
  );
}
function problems(of: System, changes: Readonly<Record<string, unknown>>, stack: "dev" | "prod" = "prod"): string[] {
  const found = examine(runOf(stack, changes), { systems: { ecommerce: of }, environments }, "2026-11-29").problems;
  return found.map(({ path }) => path);
}
const clientOf = (resources: readonly Registered[], entrance: string): unknown =>
  resources.find(({ type, name }) => type.endsWith(":UserPoolClient") && name === `user-pool-${entrance}`)?.outputs.id;

describe("a user pool on AWS", function () {
  this.timeout(120_000);

  it("is the issuer of an HTTP API, with the client of the entrance as the audience", async () => {
    const { resources, one } = await built(system({ mobile: { kind: "http", ...jwt } }), { clients: { mobile: page } });
    const { inputs } = one("aws:apigatewayv2/authorizer:Authorizer");
    const { endpoint } = one("aws:cognito/userPool:UserPool").outputs;
    expect(inputs.jwtConfiguration).to.deep.equal({
      issuer: `https://${String(endpoint)}`,
      audiences: [clientOf(resources, "mobile")],
    });
    const routes = resources.filter(({ type }) => type === "aws:apigatewayv2/route:Route");
    expect(routes.map((route) => route.inputs.authorizationType)).to.deep.equal(routes.map(() => "JWT"));
  });

  it("checks tokens at a REST API by a scope that the entrance's own client alone can ask for", async () => {
    const scopes = ["web/orders.read"];
    const { one, resources } = await built(
      system({ web: { routes: { order: { authentication: { jwt: { scopes } } } } }, partners: jwt }),
      { clients: { web: page, partners: page } },
    );
    const securityOf = (name: string): unknown[] => {
      const api = resources.find(({ type, name: own }) => type === "aws:apigateway/restApi:RestApi" && own === name);
      const { paths } = JSON.parse(String(api?.inputs.body)) as {
        readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security?: unknown }>>>>;
      };
      const orders = Object.entries(paths).filter(([path]) => path.startsWith("/api/"));
      return orders.map(([, methods]) => methods["x-amazon-apigateway-any-method"]?.security);
    };
    expect(new Set(securityOf("web-entrance").map((each) => JSON.stringify(each)))).to.deep.equal(
      new Set([JSON.stringify([{ tokens: scopes }])]),
    );
    expect(new Set(securityOf("partners-entrance").map((each) => JSON.stringify(each)))).to.deep.equal(
      new Set([JSON.stringify([{ tokens: ["partners/access"] }])]),
    );
    const holders = resources.filter(
      ({ type, inputs }) =>
        type.endsWith(":UserPoolClient") && (inputs.allowedOauthScopes as string[]).includes("web/orders.read"),
    );
    expect(holders.map(({ name }) => name)).to.deep.equal(["user-pool-web"]);
    expect(one("aws:cognito/userPool:UserPool").inputs.mfaConfiguration).to.equal("ON");
  });

  it("is checked by the load balancer for services behind one entrance", async () => {
    const { resources } = await built(
      system({ web: { routes: { order: {} } } }, { authentication: { jwt: { scopes: ["orders/read"] } } }),
      { clients: { web: page } },
    );
    const rules = resources.filter(({ type }) => type === "aws:lb/listenerRule:ListenerRule");
    const checks = rules.flatMap(({ inputs }) =>
      (inputs.actions as { type: string; jwtValidation?: { additionalClaims: object[] } }[]).flatMap(
        ({ jwtValidation }) => jwtValidation?.additionalClaims ?? [],
      ),
    );
    expect(checks).to.deep.equal([
      { name: "client_id", format: "single-string", values: [clientOf(resources, "web")] },
      { name: "scope", format: "space-separated-values", values: ["orders/read"] },
    ]);
  });

  it("protects accounts and asks for a second factor where the environment protects data", async () => {
    const dev = (await built(system({ web: jwt }), { clients: { web: page } }, "dev")).one(
      "aws:cognito/userPool:UserPool",
    );
    expect([dev.inputs.mfaConfiguration, dev.inputs.deletionProtection]).to.deep.equal(["OPTIONAL", "INACTIVE"]);
    const prod = (await built(system({ web: jwt }), { clients: { web: page } })).one("aws:cognito/userPool:UserPool");
    expect([prod.inputs.mfaConfiguration, prod.inputs.deletionProtection]).to.deep.equal(["ON", "ACTIVE"]);
  });

  it("is refused with every problem at once where entrances, routes and clients do not fit", () => {
    const identity = { issuer: "https://id.acme.io", jwksEndpoint: "https://id.acme.io/keys" };
    const order = (authentication: object) => ({ routes: { order: { authentication } } }) as Entrance;
    const clients = {
      web: { callbackUrls: ["http://localhost:3000/in"] },
      wbe: page,
      open: page,
      partners: page,
    };
    const of = system({
      web: order({ jwt: { audience: "shop", scopes: ["openid", "orders/read"] } }),
      partners: order({ jwt: { scopes: ["orders/read"] } }),
      mobile: jwt,
      open: order({ public: "The catalogue is public" }),
    });
    const at = (name: string) => `ecommerce.entrances.${name}.routes.order.authentication`;
    expect(problems(of, { identity, userPool: { clients } })).to.have.members([
      "archipelago:identity",
      "archipelago:userPool.clients.web.callbackUrls[0]",
      "archipelago:userPool.clients.wbe",
      "archipelago:userPool.clients.open",
      `${at("web")}.jwt.audience`,
      `${at("web")}.jwt.scopes`,
      `${at("web")}.jwt.scopes`,
      at("mobile"),
    ]);
    expect(
      problems(
        system({ web: jwt }),
        { userPool: { clients: { web: { callbackUrls: ["http://localhost/"] } } } },
        "dev",
      ),
    ).to.deep.equal([]);
  });

  it("is refused where the load balancer would have to compare with several clients", () => {
    const of = system({ web: { routes: { order: {} } }, mobile: { routes: { order: {} } } }, { authentication: "jwt" });
    expect(problems(of, { userPool: { clients: { web: page, mobile: page } } })).to.deep.equal([
      "ecommerce.services.order.exposes.authentication",
    ]);
  });
});
