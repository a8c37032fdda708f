import * as kubernetes from "@pulumi/kubernetes";
import { expect } from "chai";
import { Cache, type CacheArgs } from "../../../../components/kubernetes/cache";
import { validateCache } from "../../../../components/kubernetes/cache/validate";
import { InvalidInput } from "../../../../components/kit";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { violationsIn } from "../../../policy/support/judged";
import { childrenOf, paths } from "../../aws/database/support";

const TYPE = "archipelago:kubernetes:Cache";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const standardArgs: CacheArgs = { placement: { namespace: "shop-dev" }, users: ["order", "product"] };

function deployed(args: Partial<CacheArgs> = {}) {
  return deploy(() => {
    const provider = new kubernetes.Provider("cluster", { context: "spec" });
    return new Cache("cache", { ...standardArgs, ...args }, { provider });
  });
}

interface Pods {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly name: string;
          readonly env: readonly { readonly name: string; readonly value?: string }[];
        }[];
      };
    };
  };
}

describe("kubernetes cache: Cache", () => {
  let standard: Awaited<ReturnType<typeof deployed>>;
  before(async () => {
    standard = await deployed();
  });

  it("creates exactly these children", () => {
    expect(childrenOf(standard, standard.one(TYPE))).to.deep.equal([
      "Certificate cache-ca",
      "Certificate cache-tls",
      "ConfigMap cache-config",
      "Deployment cache-route",
      "Issuer cache-ca-issuer",
      "Issuer cache-self-signed",
      "NetworkPolicy cache-nodes",
      "NetworkPolicy cache-route",
      "PodDisruptionBudget cache",
      "PodDisruptionBudget cache-route",
      "RandomPassword cache-internal-health",
      "RandomPassword cache-internal-reload",
      "RandomPassword cache-internal-replica",
      "RandomPassword cache-internal-sentinel",
      "RandomPassword cache-order-user",
      "RandomPassword cache-product-user",
      "Secret cache-internal",
      "Secret cache-order-user",
      "Secret cache-product-user",
      "Secret cache-users",
      "Service cache",
      "Service cache-nodes",
      "ServiceAccount cache",
      "StatefulSet cache-nodes",
    ]);
  });

  it("violates no rule of any pack", async () => {
    const digest = `@sha256:${"0".repeat(64)}`;
    const { resources } = await deployed({
      image: `docker.io/valkey/valkey:8.0-alpine${digest}`,
      routeImage: `docker.io/library/haproxy:3.2-alpine${digest}`,
    });
    expect(await violationsIn(resources)).to.deep.equal([]);
  });

  it("names all nodes to each node, and protects them", () => {
    const { inputs, options } = standard.one(STATEFUL_SET);
    const { spec } = inputs as unknown as Pods;
    expect(spec.replicas).to.equal(3);
    const [server, sentinel] = spec.template.spec.containers;
    expect([server?.name, sentinel?.name]).to.deep.equal(["server", "sentinel"]);
    expect(server?.env.find(({ name }) => name === "PEERS")?.value).to.equal(
      [0, 1, 2].map((index) => `cache-nodes-${index}.cache-nodes.shop-dev.svc`).join(" "),
    );
    expect(options).to.deep.include({ protect: true });
  });

  it("is one node without Sentinel and HAProxy where entries may be lost", async () => {
    const single = await deployed({ nodes: 1, protectData: false });
    expect(childrenOf(single, single.one(TYPE)).filter((child) => /route|Budget/.test(child))).to.deep.equal([]);
    const { inputs, options } = single.one(STATEFUL_SET);
    expect((inputs as unknown as Pods).spec.template.spec.containers.map(({ name }) => name)).to.deep.equal(["server"]);
    expect(options).not.to.have.property("protect");
    expect(single.result.grantConnect("order").reaches).to.deep.equal([
      {
        to: "cache",
        port: 6379,
        pods: { labels: { "app.kubernetes.io/name": "cache", "app.kubernetes.io/component": "cache" } },
      },
    ]);
  });

  it("opens the nodes to each other and to HAProxy, and nothing else", () => {
    const nodes = { "app.kubernetes.io/name": "cache", "app.kubernetes.io/component": "cache" };
    const route = { "app.kubernetes.io/name": "cache-route", "app.kubernetes.io/component": "cache" };
    const { spec } = standard.one(POLICY, "cache-nodes").inputs as { spec: { ingress: unknown } };
    expect(spec.ingress).to.deep.equal([
      {
        from: [{ podSelector: { matchLabels: nodes } }],
        ports: [
          { port: 6379, protocol: "TCP" },
          { port: 26379, protocol: "TCP" },
        ],
      },
      { from: [{ podSelector: { matchLabels: route } }], ports: [{ port: 6379, protocol: "TCP" }] },
    ]);
    const routed = standard.one(POLICY, "cache-route").inputs as { spec: { ingress: unknown } };
    expect(routed.spec.ingress).to.deep.equal([]);
  });

  it("shows no password but in Secrets", () => {
    const text = JSON.stringify(standard.resources.filter(({ type }) => !/Secret$|RandomPassword$/.test(type)));
    for (const { outputs } of standard.ofType("random:index/randomPassword:RandomPassword"))
      expect(text).not.to.contain(outputs.result);
  });

  it("grants a service its connection by the variables of AWS, and a password", async () => {
    const grant = standard.result.grantConnect("order");
    expect(await outputOf(grant.environment ?? {})).to.deep.equal({
      REDIS_HOST: "cache.shop-dev.svc",
      REDIS_PORT: "6379",
      REDIS_USERNAME: "order",
      REDIS_TLS: "true",
      REDIS_KEY_PREFIX: "order:",
      REDIS_CA_FILE: "/etc/archipelago/cache/ca.crt",
    });
    expect(await outputOf(grant.secrets ?? {})).to.have.nested.property(
      "REDIS_PASSWORD.secretName",
      "cache-order-user",
    );
    expect(grant.reaches).to.deep.equal([
      {
        to: "cache",
        port: 6379,
        pods: { labels: { "app.kubernetes.io/name": "cache-route", "app.kubernetes.io/component": "cache" } },
      },
    ]);
    expect(() => standard.result.grantConnect("payment")).to.throw(InvalidInput, "one of order, product");
  });
});

describe("kubernetes cache: bad arguments", () => {
  it("are found all at once", () => {
    const args: CacheArgs = {
      ...standardArgs,
      users: ["order", "order", "default", "_health"],
      nodes: 2,
      version: "7.0",
      image: "valkey",
      cpu: 1,
      memory: "64 MiB",
      storage: "64 MiB",
    };
    expect(validateCache("cache", standardArgs)).to.deep.equal([]);
    expect(paths(validateCache("Cache", args))).to.deep.equal([
      "name",
      "users[1]",
      "users[2]",
      "users[3]",
      "nodes",
      "version",
      "image",
      "cpu",
      "memory",
      "storage",
    ]);
  });
});
