import { expect } from "chai";
import type { Values } from "../../../../offline/providers/core/values";
import { removed } from "../../../../offline/providers/kubernetes/versions";
import { sdkOf } from "../../../../offline/providers/packages";
import { provider, subject } from "../support";

const about = (type: string, inputs: Values): readonly string[] =>
  provider("kubernetes", undefined, {})
    .check(subject(type), inputs)
    .failures.filter(({ property }) => property === "apiVersion")
    .map(({ reason }) => reason);

describe("offline kubernetes: versions that a cluster of 1.34 serves", () => {
  it("refuses those that were removed, and names the one that replaced them", () => {
    const ingress = { metadata: { name: "i" }, spec: {} };
    expect(about("kubernetes:extensions/v1beta1:Ingress", ingress)).to.deep.equal([
      '"extensions/v1beta1" of Ingress is not served since before Kubernetes 1.34: use networking.k8s.io/v1',
    ]);
    expect(about("kubernetes:policy/v1beta1:PodDisruptionBudget", ingress)).to.deep.equal([
      '"policy/v1beta1" of PodDisruptionBudget is not served since before Kubernetes 1.34: use policy/v1',
    ]);
    expect(about("kubernetes:networking.k8s.io/v1:Ingress", ingress)).to.deep.equal([]);
    expect(about("kubernetes:networking.k8s.io/v1beta1:ServiceCIDR", ingress)).to.deep.equal([]);
  });

  it("names replacements that the SDK has", () => {
    const kinds = removed.filter(([, now]) => /\/v\d+$/.test(now) || now.endsWith("/v1"));
    const absent = kinds
      .map(([type, now]) => `kubernetes:${now}:${type.split(":")[2] ?? ""}`)
      .filter((type) => sdkOf("kubernetes").resource(type) === undefined);
    expect(absent).to.deep.equal([]);
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
