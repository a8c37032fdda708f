// JWT validation and rate limits on Kubernetes: the enterprise's routes, each with its own policies, or a refusal before anything is created.
import { expect } from "chai";
import type { Service, System } from "../../../../infra/model/system";
import { enterprise } from "../../../../infra/systems/enterprise";
import { needsOf } from "../../../../infra/targets/kubernetes/needs";
import { findingsOf } from "../../../support/kubernetes/rules";
import { builtOnKubernetes, planOnKubernetes, problemsOnKubernetes } from "./fixtures";

const STACK = "k8s-enterprise-local";
const ENVOY = "kubernetes:gateway.envoyproxy.io/v1alpha1:";
const pathsOf = (changes: Readonly<Record<string, unknown>>, known = {}): string[] =>
  problemsOnKubernetes(changes, known, STACK).map(({ path }) => path);
const services = Object.keys(enterprise.services).sort();

/** The enterprise with another authentication of its first service. */
function withTokens(jwt: object): { readonly systems: Readonly<Record<string, System>> } {
  const all: Readonly<Record<string, Service>> = enterprise.services;
  const name = "usermanagement-service";
  const changed = { ...all[name], exposes: { ...all[name]?.exposes, authentication: { jwt } } } as Service;
  return { systems: { enterprise: { ...enterprise, services: { ...all, [name]: changed } } } };
}

describe("the target kubernetes: JWT validation and rate limits", function () {
  this.timeout(60_000);

  it("gives each route of the enterprise its policies, and the pack finds nothing against them", async () => {
    const { resources } = await builtOnKubernetes(planOnKubernetes({}, {}, STACK));
    const specs = (kind: string): (readonly [string, Record<string, unknown>])[] =>
      resources
        .filter(({ type }) => type === `${ENVOY}${kind}`)
        .map(({ name, inputs }) => [name, inputs.spec as Record<string, unknown>] as const)
        .sort();
    const security = specs("SecurityPolicy");
    expect(security.map(([name]) => name)).to.deep.equal(services.map((name) => `${name}-security`));
    for (const [name, { targetRefs, jwt, authorization }] of security) {
      const route = { group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: name.replace(/-security$/, "") };
      expect(targetRefs).to.deep.equal([route]);
      expect(authorization).to.equal(undefined);
      expect(jwt).to.deep.equal({
        providers: [
          {
            name: "identity",
            issuer: "https://identity.example.com",
            audiences: ["https://api.example.com"],
            remoteJWKS: { uri: "https://identity.example.com/.well-known/jwks.json" },
            extractFrom: { headers: [{ name: "Authorization", valuePrefix: "Bearer " }] },
          },
        ],
      });
    }
    const limits = specs("BackendTrafficPolicy").map(([name, { rateLimit }]) => [name, rateLimit]);
    const rules = (requests: number): object[] =>
      ["0.0.0.0/0", "::/0"].map((value) => ({
        clientSelectors: [{ sourceCIDR: { type: "Distinct", value } }],
        limit: { requests, unit: "Minute" },
      }));
    const perMinute = [500, 200, 2000, 1000];
    expect(limits).to.deep.equal(
      services.map((name, at) => [`${name}-traffic`, { local: { rules: rules(perMinute[at] ?? 0) } }]),
    );
    const accepted = ["require-pod-secret-files", "require-pod-image-digest", "require-deployment-replicas"];
    expect(findingsOf(resources, accepted)).to.deep.equal([]);
  });

  it("asks for scopes, claims and another audience claim by authorization, and denies everything else", async () => {
    const identity = { issuer: "https://i.example.com", jwksEndpoint: "https://i.example.com/k", audience: "app" };
    const jwt = { scopes: ["users.read"], claims: { roles: { format: "string-array", values: ["a", "b"] } } };
    const plan = planOnKubernetes({ identity: { ...identity, audienceClaim: "client_id" } }, withTokens(jwt), STACK);
    const { one } = await builtOnKubernetes(plan);
    const { spec } = one(`${ENVOY}SecurityPolicy`, "usermanagement-service-security").inputs;
    expect((spec as Record<string, unknown>).authorization).to.deep.equal({
      defaultAction: "Deny",
      rules: [
        {
          name: "claims",
          action: "Allow",
          principal: {
            jwt: {
              provider: "identity",
              claims: [
                { name: "client_id", valueType: "String", values: ["app"] },
                { name: "roles", valueType: "StringArray", values: ["a"] },
                { name: "roles", valueType: "StringArray", values: ["b"] },
              ],
              scopes: ["users.read"],
            },
          },
        },
      ],
    });
  });

  it("refuses a gateway without implementation, tokens without issuer, audience or HTTPS, and claims that it reads in another way", () => {
    expect(pathsOf({})).to.deep.equal([]);
    const refused = services.flatMap((name) =>
      ["authentication", "rateLimit"].map((key) => `enterprise.services.${name}.exposes.${key}`),
    );
    expect(pathsOf({ gatewayImplementation: undefined }).sort()).to.deep.equal(refused.sort());
    expect(pathsOf({ identity: undefined, domain: undefined }).sort()).to.deep.equal([
      "archipelago:domain",
      "archipelago:identity",
    ]);
    const identity = { issuer: "https://i.example.com", jwksEndpoint: "https://i.example.com/k" };
    expect(pathsOf({ identity })).to.deep.equal(["archipelago:identity.audience"]);
    const at = "enterprise.services.usermanagement-service.exposes.authentication.jwt.claims";
    const claims = {
      "https://a.b/roles": { format: "single-string", values: ["a"] },
      groups: { format: "space-separated-values", values: ["a"] },
    };
    expect(pathsOf({}, withTokens({ claims })).sort()).to.deep.equal([at, `${at}.groups.format`].sort());
  });

  it("creates a route after its policies: a route without its SecurityPolicy is open", async () => {
    const { one } = await builtOnKubernetes(planOnKubernetes({}, {}, STACK));
    for (const name of services) {
      const route = one("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", `${name}-route`);
      expect(route.dependencies).to.include.members([
        one(`${ENVOY}SecurityPolicy`, `${name}-security`).urn,
        one(`${ENVOY}BackendTrafficPolicy`, `${name}-traffic`).urn,
      ]);
    }
  });

  it("asks the cluster for Envoy Gateway's policies, and for a class of its controller", () => {
    const needs = needsOf(planOnKubernetes({}, {}, STACK));
    expect(needs.gatewayController).to.equal("gateway.envoyproxy.io/gatewayclass-controller");
    expect(needs.apis.map(({ group }) => group)).to.include("gateway.envoyproxy.io");
    expect(needsOf(planOnKubernetes()).gatewayController).to.equal(undefined);
  });
});
