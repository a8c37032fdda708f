// What a stack's configuration must hold for the routes of its system: a check that can't be made stops the run.
import { expect } from "chai";
import { awsPlanOf as planOf } from "./support/aws";
import { environments } from "../../infra/environments";
import type { System } from "../../infra/model/system";
import { enterprise } from "../../infra/systems/enterprise";
import { problemsOf, planFor, runOf } from "./support/run";

const STACK = "enterprise-local";
const found = (changes: Readonly<Record<string, unknown>>, stack = STACK) =>
  problemsOf(runOf(stack, changes)).map(({ path, value }) => [path, value]);
const services = [
  "ordermanagement-service",
  "paymentprocessing-service",
  "productcatalog-service",
  "usermanagement-service",
].join(", ");
const issuer = "https://id.shop.dev/realms/shop";
const jwksEndpoint = "https://id.shop.dev/keys";
const audience = "https://api.shop.dev";

describe("configuration of the gateway", () => {
  it("takes an issuer with its keys", () => {
    const identity = {
      issuer,
      jwksEndpoint,
      audience: "api",
      audienceClaim: "client_id",
      audienceFormat: "string-array",
    };
    expect(planFor(runOf(STACK, { identity })).identity).to.deep.equal(identity);
    expect(planFor(runOf("dev")).identity).to.equal(undefined);
  });

  it("refuses tokens of an issuer that are for anybody, and what a load balancer takes for no audience", () => {
    expect(found({ identity: { issuer, jwksEndpoint } })).to.deep.equal([["archipelago:identity.audience", undefined]]);
    const wrong = { audience: "", audienceClaim: "iss", audienceFormat: "text" };
    expect(found({ identity: { issuer, jwksEndpoint, ...wrong } }).map(([path]) => path)).to.include.members([
      "archipelago:identity.audience",
      "archipelago:identity.audienceClaim",
      "archipelago:identity.audienceFormat",
    ]);
  });

  it("takes audience, scopes and claims from a route, before the stack's audience", () => {
    const authentication = {
      jwt: { audience: "orders", scopes: ["read"], claims: { roles: { format: "string-array", values: ["clerk"] } } },
    } as const;
    const { services }: System = enterprise;
    const [name = "", ...others] = Object.keys(services);
    const [service, other] = [services[name], services[others[0] ?? ""]];
    if (!service?.exposes || !other) throw new Error("the system has no routes");
    const changed = { ...service, exposes: { ...service.exposes, authentication } };
    const system = { ...enterprise, services: { ...services, [name]: changed } };
    const plan = planOf(runOf(STACK), { systems: { enterprise: system }, environments });
    const exposes = plan.services.find((one) => one.name === name)?.exposes;
    expect(exposes?.authentication).to.equal("jwt");
    expect(exposes?.tokens).to.deep.equal(authentication.jwt);
  });

  it("refuses URLs that a load balancer could not ask, all at once", () => {
    const wrong = [
      "http://id.shop.dev/keys",
      "id.shop.dev",
      "https://localhost/keys",
      "https://user@id.shop.dev/keys",
      "https://id.shop.dev/keys?x=1",
      "https://id.shop.dev/a b",
      `https://id.shop.dev/${"a".repeat(237)}`,
      "https://id.shop.dev:123456/keys",
      7,
      undefined,
    ];
    for (const value of wrong) {
      expect(found({ identity: { issuer: value, jwksEndpoint, audience } }), String(value)).to.deep.equal([
        ["archipelago:identity.issuer", value],
      ]);
    }
    expect(found({ identity: { issuer, audience, jwksEndpoint: "https://id.shop.dev" } })).to.deep.equal([
      ["archipelago:identity.jwksEndpoint", "https://id.shop.dev"],
    ]);
    expect(found({ identity: { isuer: issuer, jwksEndpoint: "x" } })).to.have.deep.members([
      ["archipelago:identity.isuer", issuer],
      ["archipelago:identity.issuer", undefined],
      ["archipelago:identity.jwksEndpoint", "x"],
    ]);
    expect(found({ identity: "https://id.shop.dev" })).to.deep.equal([["archipelago:identity", "https://id.shop.dev"]]);
  });

  it("refuses an identity provider that stands in an example, when a run is for an account", () => {
    const paths = problemsOf({ ...runOf(STACK), offline: false }).map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith("archipelago:identity"))).to.deep.equal([
      "archipelago:identity.issuer",
      "archipelago:identity.jwksEndpoint",
    ]);
  });

  it("never serves a route without the check that it asks for", () => {
    expect(problemsOf(runOf(STACK, { identity: undefined }))).to.deep.equal([
      {
        path: "archipelago:identity",
        value: undefined,
        allowed: `who signs the tokens: the routes of ${services} in enterprise say authentication: "jwt"`,
        remedy:
          "name issuer and jwksEndpoint of your identity provider in Pulumi.<stack>.yaml, or set archipelago:userPool",
      },
    ]);
    expect(problemsOf(runOf(STACK, { domain: undefined, hostedZoneId: undefined }))).to.deep.equal([
      {
        path: "archipelago:domain",
        value: undefined,
        allowed: `a domain: tokens are checked on HTTPS only, and the routes of ${services} in enterprise say authentication: "jwt"`,
        remedy: "set archipelago:domain and archipelago:hostedZoneId",
      },
    ]);
  });

  it("has a firewall where routes have limits, and refuses to go without", () => {
    const waf = (stack: string, value: unknown) => planFor(runOf(stack, { waf: value })).waf;
    expect(waf(STACK, true)).to.equal(true);
    expect(waf(STACK, undefined)).to.equal(true);
    expect(waf(STACK, "count")).to.equal("count");
    expect(waf("dev", undefined)).to.equal(true);
    expect(waf("dev", false)).to.equal(false);
    expect(problemsOf(runOf(STACK, { waf: false }))).to.deep.equal([
      {
        path: "archipelago:waf",
        value: false,
        allowed: `true, or no such key: the firewall holds the limits of ${services}`,
        remedy: "remove the key, or remove rateLimit from these services",
      },
    ]);
  });

  it("takes stacks that are called after their environment, or after their system and environment", () => {
    const named = (stack: string) => problemsOf({ ...runOf(STACK), stack }).map(({ path, remedy }) => [path, remedy]);
    for (const stack of ["local", "local-anna", "enterprise-local", "enterprise-local-anna"]) {
      expect(named(stack), stack).to.deep.equal([]);
    }
    for (const stack of ["enterprise", "ecommerce-local", "enterprise-dev", "enterprise-localhost", "mylocal"]) {
      expect(named(stack), stack).to.deep.equal([
        [
          "archipelago:environment",
          'select the stack "local" or "enterprise-local" or "eks-local" or "k8s-local" or "eks-enterprise-local" or "k8s-enterprise-local" (or one with "-<suffix>"), or correct the key',
        ],
      ]);
    }
  });
});
