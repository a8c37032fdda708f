import { expect } from "chai";
import { userCache } from "../../../cli/places";
import type { KubernetesObject } from "../../../offline/kubernetes/api";
import {
  installOperators,
  type OperatorName,
  operatorNames,
  OPERATORS,
  WRITTEN,
} from "../../../offline/kubernetes/crds";
import { securitySpec } from "../../../components/kubernetes/microservice/gateway-policies";
import { useCluster } from "../support/cluster";

/** A token with everything that a route may ask of it. */
const tokens = {
  issuer: "https://identity.example.com",
  jwksEndpoint: "https://identity.example.com/keys",
  audience: "api",
  audienceClaim: "client_id",
  scopes: ["orders.read"],
  claims: { roles: { format: "string-array", values: ["clerk", "admin"] } },
} as const;

const object = (apiVersion: string, kind: string, spec: object): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: "one", namespace: "default" },
  spec,
});

/** For each operator an object that its definitions take, the same with a mistake, and what the server says of that. */
const OBJECTS: Readonly<Record<OperatorName, readonly [right: KubernetesObject, wrong: KubernetesObject, said: RegExp]>> = {
  "cloudnative-pg": [
    object("postgresql.cnpg.io/v1", "Cluster", { instances: 3, storage: { size: "1Gi" } }),
    object("postgresql.cnpg.io/v1", "Cluster", { instances: 0, storage: { size: "1Gi" } }),
    /spec\.instances.*greater than or equal to 1/,
  ],
  "rabbitmq-cluster": [
    object("rabbitmq.com/v1beta1", "RabbitmqCluster", { replicas: 3 }),
    object("rabbitmq.com/v1beta1", "RabbitmqCluster", { replicas: -1 }),
    /spec\.replicas.*greater than or equal to 0/,
  ],
  keda: [
    object("keda.sh/v1alpha1", "ScaledObject", { scaleTargetRef: { name: "a" }, triggers: [{ type: "cron", metadata: {} }] }),
    object("keda.sh/v1alpha1", "ScaledObject", { scaleTargetRef: { name: "a" } }),
    /spec\.triggers: Required value/,
  ],
  "gateway-api": [
    object("gateway.networking.k8s.io/v1", "HTTPRoute", { parentRefs: [{ name: "g" }], rules: [{ backendRefs: [{ name: "a", port: 80 }] }] }),
    object("gateway.networking.k8s.io/v1", "HTTPRoute", { parentRefs: [{ name: "g" }], rules: [{ backendRefs: [{ name: "a" }] }] }),
    /Must have port for Service reference/,
  ],
  "envoy-gateway": [
    object("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "a" }], ...securitySpec(tokens) }),
    object("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", { jwt: { providers: [{ name: "a", issuer: "a" }] } }),
    /either remoteJWKS or localJWKS must be specified/,
  ],
  "cert-manager": [
    object("cert-manager.io/v1", "Certificate", { secretName: "a", dnsNames: ["a.example"], issuerRef: { name: "i" } }),
    object("cert-manager.io/v1", "Certificate", { dnsNames: ["a.example"], issuerRef: { name: "i" } }),
    /spec\.secretName: Required value/,
  ],
  "external-secrets": [
    object("external-secrets.io/v1", "ExternalSecret", { secretStoreRef: { name: "s" }, dataFrom: [{ extract: { key: "k" } }] }),
    object("external-secrets.io/v1", "ExternalSecret", { secretStoreRef: { name: "s" }, dataFrom: [{ extract: {} }] }),
    /spec\.dataFrom\[0\]\.extract\.key: Required value/,
  ],
  "prometheus-operator": [
    object("monitoring.coreos.com/v1", "ServiceMonitor", { selector: {}, endpoints: [{ port: "http", interval: "30s" }] }),
    object("monitoring.coreos.com/v1", "ServiceMonitor", { selector: {}, endpoints: [{ port: "http", interval: "soon" }] }),
    /spec\.endpoints\[0\]\.interval/,
  ],
  "eks-auto-mode": [
    object("eks.amazonaws.com/v1", "TargetGroupBinding", { serviceRef: { name: "a", port: 80 }, targetGroupARN: "arn", targetType: "ip" }),
    object("eks.amazonaws.com/v1", "TargetGroupBinding", { serviceRef: { name: "a", port: 80 }, targetType: "ip" }),
    /spec\.targetGroupARN: Required value/,
  ],
}; // prettier-ignore

describe("kubernetes: definitions of operators, from their modules", function () {
  this.timeout(300_000);
  const cluster = useCluster();

  it("are installed, and judge the operators' objects", async () => {
    const { api } = cluster();
    const names = operatorNames(Object.keys(OBJECTS).join(","));
    expect([...names].sort()).to.deep.equal([...Object.keys(OPERATORS), ...Object.keys(WRITTEN)].sort());
    await installOperators(api, names, { cache: userCache(), environment: process.env, say: () => undefined });
    for (const name of names) {
      const [right, wrong, said] = OBJECTS[name];
      expect((await api.apply(right, "dryRun=All")).text, name).to.contain('"metadata"');
      const answer = await api.apply(wrong, "dryRun=All");
      expect(answer.status, name).to.be.within(400, 499);
      expect(answer.text, name).to.match(said);
    }
  });

  it("are asked for by names that exist", () => {
    expect(operatorNames("")).to.deep.equal([]);
    expect(() => operatorNames("keda,kedda")).to.throw(
      '"kedda" is no operator that is known: it is one of cloudnative-pg',
    );
  });
});
