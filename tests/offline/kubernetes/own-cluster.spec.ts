import { expect } from "chai";
import { load } from "js-yaml";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContextRefused, ownCluster } from "../../../offline/kubernetes/own-cluster";

const config = `
current-context: prod
clusters:
  - { name: prod, cluster: { server: "https://prod.example.com" } }
  - { name: kind, cluster: { server: "https://127.0.0.1:40001", certificate-authority: ca.crt } }
  - { name: mini, cluster: { server: "https://192.168.49.2:8443" } }
  - { name: k3d, cluster: { server: "https://0.0.0.0:6550" } }
users:
  - { name: me, user: { token: secret, client-key: /keys/me } }
contexts:
  - { name: prod, context: { cluster: prod, user: me } }
  - { name: kind-test, context: { cluster: kind, user: me } }
  - { name: minikube, context: { cluster: mini, user: me } }
  - { name: office, context: { cluster: mini, user: me } }
  - { name: k3d-test, context: { cluster: k3d, user: me } }
  - { name: broken, context: { cluster: none, user: me } }
`;

describe("a test cluster of the user's own", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-context-"));
    file = join(folder, "config");
    writeFileSync(file, config);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const take = (context: string, from = file): ReturnType<typeof ownCluster> =>
    ownCluster(context, from, join(folder, "own", "kubeconfig"));

  it("is taken alone, whatever the current context is, and the user's file stays as it is", () => {
    const { kubeconfig, host } = take("kind-test");
    expect(host).to.equal("127.0.0.1");
    expect(load(readFileSync(kubeconfig, "utf8"))).to.deep.equal({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "kind", cluster: { server: "https://127.0.0.1:40001", "certificate-authority": join(folder, "ca.crt") } }],
      users: [{ name: "me", user: { token: "secret", "client-key": "/keys/me" } }],
      contexts: [{ name: "kind-test", context: { cluster: "kind", user: "me" } }],
      "current-context": "kind-test",
    });
    expect(statSync(kubeconfig).mode & 0o777).to.equal(0o600);
    expect(readFileSync(file, "utf8")).to.equal(config);
  }); // prettier-ignore

  it("may be one of k3d or minikube", () => {
    expect(take("k3d-test").host).to.equal("0.0.0.0");
    expect(take("minikube").host).to.equal("192.168.49.2");
  });

  it("is refused when it is somewhere else, or not there", () => {
    for (const elsewhere of ["prod", "office"])
      expect(() => take(elsewhere)).to.throw(ContextRefused, "not on this machine");
    expect(() => take("kind-tset")).to.throw(ContextRefused, "prod, kind-test, minikube, office, k3d-test, broken");
    expect(() => take("broken")).to.throw(ContextRefused);
    expect(() => take("kind-test", join(folder, "none"))).to.throw(ContextRefused, "there is no kubeconfig");
  });
});
