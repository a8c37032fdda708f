import { expect } from "chai";
import { Namespace, type NamespaceArgs } from "../../../../components/kubernetes/namespace";
import { deploy, type Deployment, outputOf } from "../../../../offline/providers/mocks";
import { findingsOf } from "../../../support/kubernetes/rules";
import { inCluster, type Json, specOf } from "../microservice/fixtures";

const quota = { millicpu: 8000, memory: "16 GiB", pods: 40 } as const;
const build = (args: Partial<NamespaceArgs> = {}, name = "shop-dev"): Promise<Deployment<Namespace>> =>
  deploy(() => new Namespace(name, { quota, ...args }, inCluster()));

/** Paths of the problems of a namespace. */
async function refused(args: Partial<NamespaceArgs>, name?: string): Promise<string> {
  return build(args, name).then(
    () => "nothing",
    (error: unknown) => String(error),
  );
}

describe("kubernetes Namespace", () => {
  it("enforces restricted pods, a quota, sizes of containers and a policy that denies all", async () => {
    const built = await build({ quota: { ...quota, storage: "100 GiB" }, labels: { team: "shop" } });
    const { metadata } = built.one("kubernetes:core/v1:Namespace").inputs as { metadata: Json };
    expect(metadata.name).to.equal("shop-dev");
    expect(metadata.labels).to.include({
      team: "shop",
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/audit": "restricted",
    });
    expect(specOf(built, "core/v1:ResourceQuota").hard).to.deep.equal({
      ...{ "requests.cpu": "8000m", "limits.cpu": "8000m", "requests.memory": "16384Mi", "limits.memory": "16384Mi" },
      ...{ pods: "40", "requests.storage": "102400Mi", "services.nodeports": "0", "services.loadbalancers": "0" },
    });
    const sizes = { cpu: "100m", memory: "128Mi", "ephemeral-storage": "1024Mi" };
    expect(specOf(built, "core/v1:LimitRange").limits).to.deep.equal([
      { type: "Container", default: sizes, defaultRequest: sizes },
    ]);
    expect(specOf(built, "networking.k8s.io/v1:NetworkPolicy")).to.deep.equal({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(await outputOf(built.result.namespace)).to.equal("shop-dev");
    expect(findingsOf(built.resources)).to.deep.equal([]);
  });

  it("is protected while it holds data", async () => {
    const options = async (args: Partial<NamespaceArgs>): Promise<object> =>
      (await build(args)).one("kubernetes:core/v1:Namespace").options;
    expect(await options({})).to.deep.equal({ protect: true });
    expect(await options({ protectData: false })).to.deep.equal({});
  });

  it("refuses names of Kubernetes itself and quotas that nothing fits in", async () => {
    expect(await refused({}, "default")).to.contain("no namespace of Kubernetes itself");
    expect(await refused({}, "kube-shop")).to.contain("no namespace of Kubernetes itself");
    expect(await refused({}, "Shop")).to.contain('name: "Shop"');
    const all = await refused({ quota: { millicpu: 0, memory: "0 GiB", pods: 0, storage: "0 MiB" } });
    for (const path of ["quota.millicpu", "quota.memory", "quota.pods", "quota.storage"]) expect(all).to.contain(path);
  });
});
