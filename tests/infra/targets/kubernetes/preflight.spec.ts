import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { type Ask, NoAccess, openCluster } from "../../../../infra/targets/kubernetes/cluster-client";
import { examineCluster, type Needs } from "../../../../infra/targets/kubernetes/preflight";

const needs: Needs = {
  context: "shop",
  apis: [
    { group: "cert-manager.io", version: "v1", broughtBy: "cert-manager 1.12 or later (certificates)" },
    { group: "rabbitmq.com", version: "v1beta1", broughtBy: "RabbitMQ's cluster operator" },
  ],
  storage: true,
  gatewayClass: "envoy",
  clusterIssuer: "letsencrypt",
  architectures: ["amd64"],
  patience: 0,
};
const item = (name: string, more: object = {}, status: object = {}) => ({ metadata: { name, ...more }, status });

/** A cluster that has all of it. */
const WHOLE: Readonly<Record<string, unknown>> = {
  version: { major: "1", minor: "34", gitVersion: "v1.34.4" },
  apis: {
    groups: [
      { name: "cert-manager.io", versions: [{ version: "v1" }] },
      { name: "rabbitmq.com", versions: [{ version: "v1beta1" }] },
    ],
  },
  "api/v1/namespaces/kube-system": { metadata: { uid: "1" } },
  "api/v1/nodes": {
    items: [
      item("n", { labels: { "kubernetes.io/arch": "amd64" } }, { conditions: [{ type: "Ready", status: "True" }] }),
    ],
  },
  "apis/storage.k8s.io/v1/storageclasses": {
    items: [item("fast"), item("usual", { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } })],
  },
  "apis/gateway.networking.k8s.io/v1/gatewayclasses": {
    items: [item("envoy", {}, { conditions: [{ type: "Accepted", status: "True" }] })],
  },
  "apis/cert-manager.io/v1/clusterissuers": { items: [item("letsencrypt")] },
  "apis/apps/v1/daemonsets": { items: [item("cilium")] },
};
const cluster =
  (changes: Readonly<Record<string, unknown>> = {}): Ask =>
  (path) => {
    const body = { ...WHOLE, ...changes }[path];
    return Promise.resolve(body === undefined ? { status: 404, body: {} } : { status: 200, body });
  };
const pathsOf = async (changes: Readonly<Record<string, unknown>>, more: Partial<Needs> = {}): Promise<string[]> =>
  (await examineCluster(cluster(changes), { ...needs, ...more })).problems.map(({ path }) => path);

describe("kubernetes preflight", () => {
  it("finds nothing in a cluster that has everything", async () => {
    expect(await examineCluster(cluster(), needs)).to.deep.equal({ problems: [], warnings: [] });
  });

  it("says everything that a cluster lacks at once", async () => {
    const bare = {
      version: { major: "1", minor: "29+", gitVersion: "v1.29.1" },
      apis: { groups: [{ name: "cert-manager.io", versions: [{ version: "v1alpha2" }] }] },
      "api/v1/nodes": { items: [item("n", { labels: { "kubernetes.io/arch": "arm64" } }, { conditions: [{ type: "Ready", status: "True" }] })] },
      "apis/storage.k8s.io/v1/storageclasses": { items: [item("fast")] },
      "apis/gateway.networking.k8s.io/v1/gatewayclasses": undefined,
      "apis/cert-manager.io/v1/clusterissuers": undefined,
    }; // prettier-ignore
    expect(await pathsOf(bare, { clusterId: "2" })).to.deep.equal([
      ...["version", "archipelago:clusterId", "cert-manager.io/v1", "rabbitmq.com/v1beta1", "archipelago:storageClass"],
      ...["archipelago:gatewayClass", "archipelago:clusterIssuer", "nodes"],
    ]);
  });

  it("takes a named StorageClass, a cluster without nodes yet, and its own identity", async () => {
    expect(await pathsOf({}, { storageClass: "fast", clusterId: "1" })).to.deep.equal([]);
    expect(await pathsOf({}, { storageClass: "slow" })).to.deep.equal(["archipelago:storageClass"]);
    expect(await pathsOf({ "api/v1/nodes": { items: [] } })).to.deep.equal([]);
    const refused = item(
      "envoy",
      {},
      { conditions: [{ type: "Accepted", status: "False", message: "no controller" }] },
    );
    const classes = { "apis/gateway.networking.k8s.io/v1/gatewayclasses": { items: [refused] } };
    expect(await pathsOf(classes)).to.deep.equal(["archipelago:gatewayClass"]);
  });

  it("takes a GatewayClass of the named implementation only", async () => {
    const controller = "gateway.envoyproxy.io/gatewayclass-controller";
    const classOf = (controllerName: string): Record<string, unknown> => ({
      "apis/gateway.networking.k8s.io/v1/gatewayclasses": { items: [{ ...item("envoy"), spec: { controllerName } }] },
    });
    const named = { gatewayController: controller };
    expect(await pathsOf(classOf(controller), named)).to.deep.equal([]);
    expect(await pathsOf(classOf("example.com/other"), named)).to.deep.equal(["archipelago:gatewayImplementation"]);
    expect(await pathsOf(classOf("example.com/other"))).to.deep.equal([]);
  });

  it("asks again for classes that are not served yet", async () => {
    let asked = 0;
    const late: Ask = (path) => {
      const early = path.endsWith("gatewayclasses") && (asked += 1) === 1;
      return early ? Promise.resolve({ status: 404, body: {} }) : cluster()(path);
    };
    expect((await examineCluster(late, { ...needs, patience: 2 })).problems).to.deep.equal([]);
    expect(asked).to.equal(2);
  });

  it("warns where nothing is known to enforce NetworkPolicies", async () => {
    const warned = async (daemon: string): Promise<readonly string[]> =>
      (await examineCluster(cluster({ "apis/apps/v1/daemonsets": { items: [item(daemon)] } }), needs)).warnings;
    expect(await warned("calico-node")).to.deep.equal([]);
    expect((await warned("kube-proxy")).join()).to.contain("NetworkPolicies may not be enforced");
    expect((await warned("aws-node")).join()).to.contain("enableNetworkPolicy");
  });
});

describe("kubernetes cluster client", () => {
  let folder = "";
  let server: Server | undefined;
  const seen: (string | undefined)[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-keyout", key, "-out", cert, ...names], { stdio: "ignore" }); // prettier-ignore
    const { readFileSync } = await import("node:fs");
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, ({ headers, url }, response) => {
      seen.push(headers.authorization);
      response.end(JSON.stringify({ asked: url }));
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  /** Writes a kubeconfig with one context and opens it. */
  const open = (user: object, context = "shop", cluster: object = {}): Promise<Ask> => {
    const { port } = server?.address() as AddressInfo;
    const file = join(folder, "config");
    const config = {
      contexts: [{ name: "shop", context: { cluster: "c", user: "u" } }],
      clusters: [
        {
          name: "c",
          cluster: { server: `https://127.0.0.1:${port}`, "certificate-authority": "cert.pem", ...cluster },
        },
      ],
      users: [{ name: "u", user }],
      "current-context": "another",
    };
    writeFileSync(file, JSON.stringify(config));
    return openCluster({ kubeconfig: file, context }, { PATH: process.env.PATH });
  };

  it("logs in by a token, a file with one, a password and a program, with the cluster's own authority", async () => {
    writeFileSync(join(folder, "token"), "from-file\n");
    const credential = JSON.stringify({ status: { token: "from-program" } });
    const users = [
      { token: "plain" },
      { tokenFile: "token" },
      { username: "a", password: "b" },
      { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "echo", args: [credential] } },
    ];
    for (const user of users) {
      const ask = await open(user);
      expect(await ask("version")).to.deep.equal({ status: 200, body: { asked: "/version" } });
    }
    expect(seen).to.deep.equal(["Bearer plain", "Bearer from-file", "Basic YTpi", "Bearer from-program"]);
  });

  it("never takes the current context, and names those that there are", async () => {
    const refused = async (work: Promise<unknown>): Promise<NoAccess> => {
      const error: unknown = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error instanceof NoAccess) return error;
      throw new Error(`not refused: ${String(error)}`);
    };
    expect((await refused(open({}, "production"))).message).to.match(/no context "production": .* has shop/);
    expect((await refused(open({}, "shop", { "proxy-url": "http://127.0.0.1:1" }))).isFinal).to.equal(false);
    const failing = { exec: { command: "false" } };
    expect((await refused(open(failing))).message).to.contain(
      '"false", by which the user "u" logs in, gave no credential',
    );
    const away = await open({}, "shop", { server: "https://127.0.0.1:9" });
    expect((await refused(away("version"))).message).to.contain("can't be reached");
  });
});
