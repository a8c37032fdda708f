// Every object that the stores' components render, before the real API server: fields by the operators' own definitions, strictly, and pods by the
// Pod Security Standard "restricted".
import * as kubernetes from "@pulumi/kubernetes";
import { expect } from "chai";
import { userCache } from "../../../cli/places";
import { Cache } from "../../../components/kubernetes/cache";
import { Database } from "../../../components/kubernetes/database";
import { Messaging } from "../../../components/kubernetes/messaging";
import type { KubernetesObject } from "../../../offline/kubernetes/api";
import { installOperators } from "../../../offline/kubernetes/crds";
import { deploy } from "../../../offline/providers/mocks";
import { shop } from "../../components/kubernetes/messaging/shop";
import { useCluster } from "../support/cluster";

const namespace = "stores-accepted";
const placement = { namespace, labels: { "app.kubernetes.io/part-of": "shop" } };
/** The plugin's definitions are in no module that can be had. */
const UNKNOWN = ["ObjectStore"];

/** Every store with all that it can have, as objects of the API. */
async function rendered(): Promise<readonly KubernetesObject[]> {
  const { resources } = await deploy(() => {
    const opts = { provider: new kubernetes.Provider("cluster", { context: "spec" }) };
    const backup = { destinationPath: "s3://backups/order", secretName: "backup-keys" };
    new Messaging("messaging", { ...shop, placement, storageClass: "fast" }, opts);
    new Cache("cache", { placement, users: ["order"], storageClass: "fast" }, opts);
    new Cache("single", { placement, users: ["order"], nodes: 1 }, opts);
    new Database(
      "order-db",
      { placement, databaseName: "orders", backup, monitoring: { namespace: "monitoring" } },
      opts,
    );
    new Database("single-db", { placement, databaseName: "orders", instances: 2, storageClass: "fast" }, opts);
  });
  const objects = resources.filter(({ type }) => type.startsWith("kubernetes:")).map(({ inputs }) => inputs);
  return (objects as unknown as KubernetesObject[]).filter(({ metadata }) => (metadata as unknown) !== undefined);
}

/** The pod of an object that makes pods. */
function podOf({ kind, metadata: { name }, spec }: KubernetesObject): KubernetesObject | undefined {
  const { template } = (spec ?? {}) as { template?: { metadata: object; spec: object } };
  if (!["Deployment", "StatefulSet", "Job"].includes(kind) || template === undefined) return undefined;
  const volumes = (template.spec as { volumes?: object[] }).volumes ?? [];
  const data = kind === "StatefulSet" ? [{ name: "data", emptyDir: {} }] : [];
  const metadata = { ...template.metadata, name: `${name}-pod`, namespace };
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { ...template.spec, volumes: [...volumes, ...data] } };
}

describe("kubernetes: the stores' objects on the real API server", function () {
  this.timeout(300_000);
  const cluster = useCluster();

  before(async () => {
    const { api } = cluster();
    const place = { cache: userCache(), environment: process.env, say: () => undefined };
    await installOperators(api, ["cloudnative-pg", "rabbitmq-cluster", "cert-manager", "prometheus-operator"], place);
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } });
    for (const name of ["cache", "single", "messaging-import"])
      await api.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } });
  });

  after(async () => {
    const { api } = cluster();
    await api.call("DELETE", `/api/v1/namespaces/${namespace}`);
  });

  it("are accepted, with no field that is not declared", async () => {
    const { api } = cluster();
    const refused: string[] = [];
    const kinds = new Set<string>();
    for (const object of (await rendered()).filter(({ kind }) => !UNKNOWN.includes(kind))) {
      kinds.add(object.kind);
      const { status, text } = await api.apply(object, "dryRun=All");
      if (status >= 300) refused.push(`${object.kind} ${object.metadata.name}: ${text}`);
    }
    expect(refused).to.deep.equal([]);
    expect([...kinds].sort()).to.deep.equal([
      "Certificate",
      "Cluster",
      "ConfigMap",
      "Deployment",
      "Issuer",
      "Job",
      "NetworkPolicy",
      "PodDisruptionBudget",
      "PodMonitor",
      "RabbitmqCluster",
      "ScheduledBackup",
      "Secret",
      "Service",
      "ServiceAccount",
      "StatefulSet",
    ]);
  });

  it("make pods that the Pod Security Standard restricted admits", async () => {
    const { api } = cluster();
    const pods = (await rendered()).flatMap((object) => podOf(object) ?? []);
    expect(pods.map(({ metadata: { name } }) => name).sort()).to.deep.equal([
      "cache-nodes-pod",
      "cache-route-pod",
      pods.find(({ metadata: { name } }) => name.startsWith("messaging-import"))?.metadata.name,
      "single-nodes-pod",
    ]);
    for (const pod of pods) {
      const { status, text } = await api.apply(pod, "dryRun=All");
      expect(status, text).to.be.below(300);
    }
    const roots = pods.map((pod) => ({ ...pod, spec: { ...(pod.spec as object), securityContext: {} } }));
    for (const root of roots) expect((await api.apply(root, "dryRun=All")).text).to.contain("violates PodSecurity");
  });
});
