import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect } from "../../../../cli/process";
import { UNKNOWN, type Values } from "../../../../offline/providers/core/values";
import { servedTypes } from "../../../../offline/providers/kubernetes/versions";
import { sdkOf } from "../../../../offline/providers/packages";
import { provider, subject } from "../support";

const has = (type: string): boolean => sdkOf("kubernetes").resource(`kubernetes:${type}`)?.inputs.has("spec") === true;
const about = (type: string, version = ""): readonly string[] =>
  provider("kubernetes", undefined, { kubernetesVersion: version })
    .check(subject(`kubernetes:${type}`), { metadata: { name: "i" }, ...(has(type) && { spec: UNKNOWN }) })
    .failures.filter(({ property }) => property === "apiVersion")
    .map(({ reason }) => reason);

describe("offline kubernetes: versions that a cluster serves", () => {
  it("refuses those that were removed, and names the one that replaced them", () => {
    const refused = {
      "extensions/v1beta1:Ingress": "1.34, and not since 1.22: use networking.k8s.io/v1",
      "policy/v1beta1:PodDisruptionBudget": "1.34, and not since 1.25: use policy/v1",
      "autoscaling/v2beta2:HorizontalPodAutoscaler": "1.34, and not since 1.26: use autoscaling/v2",
      "batch/v1beta1:CronJob": "1.34, and not since 1.25: use batch/v1",
      "flowcontrol.apiserver.k8s.io/v1beta3:FlowSchema":
        "1.34, and not since 1.32: use flowcontrol.apiserver.k8s.io/v1",
      "networking.k8s.io/v1beta1:ServiceCIDR": "1.34, unless somebody switches it on: use networking.k8s.io/v1",
      "policy/v1beta1:PodSecurityPolicy":
        "1.34, unless somebody switches it on: use the namespace's label pod-security.kubernetes.io/enforce",
    };
    for (const [type, reason] of Object.entries(refused)) {
      const [version = "", kind = ""] = type.split(":");
      expect(about(type)).to.deep.equal([`"${version}" of ${kind} is not served by Kubernetes ${reason}`]);
    }
    for (const type of ["networking.k8s.io/v1:Ingress", "example.com/v1alpha1:Widget"])
      expect(about(type)).to.deep.equal([]);
  });

  it("goes by the version that is declared", () => {
    expect(about("flowcontrol.apiserver.k8s.io/v1beta3:FlowSchema", "1.31")).to.deep.equal([]);
    expect(about("flowcontrol.apiserver.k8s.io/v1:FlowSchema", "v1.28.4")).to.deep.equal([
      '"flowcontrol.apiserver.k8s.io/v1" of FlowSchema is not served by Kubernetes 1.28, which comes with 1.29: use flowcontrol.apiserver.k8s.io/v1beta3',
    ]);
    expect(about("networking.k8s.io/v1:ServiceCIDR", "1.32")).to.deep.equal([
      '"networking.k8s.io/v1" of ServiceCIDR is not served by Kubernetes 1.32, which comes with 1.33: leave it out, or declare a cluster that has it',
    ]);
    for (const none of ["1.24", "1.35", "2.0", "latest"])
      expect(() => about("core/v1:Pod", none)).to.throw(
        `ARCHIPELAGO_KUBERNETES: "${none}" is no version that is emulated: write one from 1.25 to 1.34`,
      );
  });

  it("knows kinds that the SDK has", () => {
    const absent = servedTypes.filter(([type]) => sdkOf("kubernetes").resource(type) === undefined);
    expect(absent).to.deep.equal([]);
  });

  it("reaches the provider's process", async () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago-version-"));
    const env = { ...process.env, ARCHIPELAGO_OFFLINE: "1", ARCHIPELAGO_CLOUD: folder, ARCHIPELAGO_KUBERNETES: "1.99" };
    const { code, stderr } = await collect({
      file: process.execPath,
      args: ["-r", "./start.cjs", "offline/providers/main.ts", "kubernetes", "4.0.0"],
      env,
    });
    rmSync(folder, { recursive: true });
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr:
        'offline: ARCHIPELAGO_KUBERNETES: "1.99" is no version that is emulated: write one from 1.25 to 1.34, or leave it out for 1.34\n',
    });
  });
});

describe("offline kubernetes: what can't be changed", () => {
  const named = (inputs: Values, annotations: Values = {}): Values => ({
    metadata: { name: "a", annotations },
    ...inputs,
  });
  const cases: readonly (readonly [type: string, before: Values, after: Values, path: string])[] = [
    ["apps/v1:StatefulSet", { spec: { serviceName: "a" } }, { spec: { serviceName: "b" } }, "spec.serviceName"],
    ["apps/v1:Deployment", { spec: { selector: { matchLabels: { app: "a" } } } }, { spec: { selector: { matchLabels: { app: "b" } } } }, "spec.selector.matchLabels.app"],
    ["batch/v1:Job", { spec: { completions: 1 } }, { spec: { completions: 2 } }, "spec.completions"],
    ["core/v1:Service", { spec: { clusterIP: "10.0.0.1" } }, { spec: { clusterIP: "None" } }, "spec.clusterIP"],
    ["core/v1:PersistentVolumeClaim", { spec: { storageClassName: "a" } }, { spec: { storageClassName: "b" } }, "spec.storageClassName"],
    ["rbac.authorization.k8s.io/v1:RoleBinding", { roleRef: { name: "a" } }, { roleRef: { name: "b" } }, "roleRef.name"],
  ]; // prettier-ignore
  for (const [type, before, after, path] of cases)
    it(`replaces ${type} when ${path} changes, the old one first where somebody named it`, () => {
      const cluster = provider("kubernetes", undefined, {});
      const diff = (annotations: Values) =>
        cluster.diff(subject(`kubernetes:${type}`), named(before, annotations), named(after, annotations));
      expect(diff({})).to.deep.equal({
        changes: [{ path, kind: "update", replaces: true }],
        deleteBeforeReplace: true,
      });
      expect(diff({ "pulumi.com/autonamed": "true" }).deleteBeforeReplace).to.equal(false);
    });

  it("updates in place what can be", () => {
    const cluster = provider("kubernetes", undefined, {});
    const scaled = (replicas: number) => named({ spec: { replicas } });
    const { changes } = cluster.diff(subject("kubernetes:apps/v1:Deployment"), scaled(1), scaled(2));
    expect(changes).to.deep.equal([{ path: "spec.replicas", kind: "update", replaces: false }]);
  });
});
