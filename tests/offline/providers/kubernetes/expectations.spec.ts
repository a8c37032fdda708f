import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { UNKNOWN, type Values } from "../../../../offline/providers/core/values";
import { provider, subject } from "../support";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
const RBAC = "kubernetes:rbac.authorization.k8s.io/v1";
const RELEASE = "kubernetes:helm.sh/v3:Release";

/** Type, logical name and inputs. */
type Made = readonly [type: string, inputs: Values];
const named = (name: string, more: Values = {}, namespace?: string): Values => ({
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  ...more,
});
const workload = (pod: Values = {}, labels: Values = { app: "a" }): Made => [
  DEPLOYMENT,
  named("a", {
    spec: {
      selector: { matchLabels: { app: "a" } },
      template: {
        metadata: { labels: { app: "a", ...labels } },
        spec: { containers: [{ name: "c", image: "i" }], ...pod },
      },
    },
  }),
];
const container = (more: Values): Values => ({ containers: [{ name: "c", image: "i", ...more }] });
const service = (selector: Values, port: Values = { port: 80 }, namespace?: string): Made => [
  SERVICE,
  named("s", { spec: { selector, ports: [port] } }, namespace),
];

/** A run that tells of these, in this order, and in some of the ways in which a run goes. */
function missing(made: readonly Made[], before: readonly Made[] = []): readonly string[] {
  const cluster: Emulation = provider("kubernetes", undefined, {});
  for (const [at, [type, inputs]] of before.entries()) cluster.create(subject(type, `before${at}`), inputs);
  for (const [at, [type, inputs]] of made.entries()) {
    const { failures } = cluster.check(subject(type, `r${at}`), inputs);
    expect(failures, JSON.stringify(inputs)).to.deep.equal([]);
  }
  return cluster
    .unfulfilled()
    .flatMap(({ failures }) => failures.map(({ property, reason }) => `${property}: ${reason}`));
}

const none = (kind: string, name: string, where = ' in namespace "default"'): string =>
  `no ${kind} "${name}" exists${where} or is made by this run: create it, or name one that exists`;
const nothing = (labels: string, hint: string, namespace = "default"): string =>
  `no pod in namespace "${namespace}" has the labels ${labels} when this run has ended (${hint}): select the labels of a pod template`;
const POD = "spec.template.spec";

/** What an object names: the object, how the name is missed, and what brings it. */
const NAMED: Readonly<Record<string, readonly [made: Made, missed: string, brings: Made]>> = {
  "a volume's ConfigMap": [
    workload({ volumes: [{ name: "v", configMap: { name: "m" } }] }),
    `${POD}.volumes[0].configMap.name: ${none("ConfigMap", "m")}`,
    [CONFIG_MAP, named("m")],
  ],
  "a volume's Secret": [
    workload({ volumes: [{ name: "v", secret: { secretName: "m" } }] }),
    `${POD}.volumes[0].secret.secretName: ${none("Secret", "m")}`,
    [SECRET, named("m")],
  ],
  "a projected ConfigMap": [
    workload({ volumes: [{ name: "v", projected: { sources: [{ configMap: { name: "m" } }] } }] }),
    `${POD}.volumes[0].projected.sources[0].configMap.name: ${none("ConfigMap", "m")}`,
    [CONFIG_MAP, named("m")],
  ],
  "a volume's claim": [
    workload({ volumes: [{ name: "v", persistentVolumeClaim: { claimName: "m" } }] }),
    `${POD}.volumes[0].persistentVolumeClaim.claimName: ${none("PersistentVolumeClaim", "m")}`,
    ["kubernetes:core/v1:PersistentVolumeClaim", named("m")],
  ],
  "a ConfigMap of the environment": [
    workload(container({ envFrom: [{ configMapRef: { name: "m" } }] })),
    `${POD}.containers[0].envFrom[0].configMapRef.name: ${none("ConfigMap", "m")}`,
    [CONFIG_MAP, named("m")],
  ],
  "a Secret's key": [
    workload(container({ env: [{ name: "E", valueFrom: { secretKeyRef: { name: "m", key: "k" } } }] })),
    `${POD}.containers[0].env[0].valueFrom.secretKeyRef.name: ${none("Secret", "m")}`,
    [SECRET, named("m", { stringData: { k: "v" } })],
  ],
  "a service account": [
    workload({ serviceAccountName: "m" }),
    `${POD}.serviceAccountName: ${none("ServiceAccount", "m")}`,
    ["kubernetes:core/v1:ServiceAccount", named("m")],
  ],
  "a priority class": [
    workload({ priorityClassName: "m" }),
    `${POD}.priorityClassName: ${none("PriorityClass", "m", "")}`,
    ["kubernetes:scheduling.k8s.io/v1:PriorityClass", named("m", { value: 1 })],
  ],
  "a role of a binding": [
    [`${RBAC}:RoleBinding`, named("b", { roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "m" } })],
    `roleRef.name: ${none("Role", "m")}`,
    [`${RBAC}:Role`, named("m")],
  ],
  "a cluster role of a binding": [
    [`${RBAC}:ClusterRoleBinding`, named("b", { roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "m" } })],
    `roleRef.name: ${none("ClusterRole", "m", "")}`,
    [`${RBAC}:ClusterRole`, named("m")],
  ],
  "what an autoscaler scales": [
    ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", named("h", { spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" } } })],
    `spec.scaleTargetRef.name: ${none("Deployment", "a")}`,
    workload(),
  ],
  "what KEDA scales": [
    ["kubernetes:keda.sh/v1alpha1:ScaledObject", named("h", { spec: { scaleTargetRef: { name: "a" } } })],
    `spec.scaleTargetRef.name: ${none("Deployment", "a")}`,
    workload(),
  ],
  "a claim's storage class": [
    ["kubernetes:core/v1:PersistentVolumeClaim", named("p", { spec: { storageClassName: "fast", accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } })],
    `spec.storageClassName: ${none("StorageClass", "fast", "")}`,
    ["kubernetes:storage.k8s.io/v1:StorageClass", named("fast", { provisioner: "ebs.csi.aws.com" })],
  ],
  "an ingress class": [
    [INGRESS, named("i", { spec: { ingressClassName: "alb", defaultBackend: { resource: { kind: "Bucket", name: "b" } } } })],
    `spec.ingressClassName: ${none("IngressClass", "alb", "")}`,
    ["kubernetes:networking.k8s.io/v1:IngressClass", named("alb")],
  ],
  "an ingress' service": [
    [INGRESS, named("i", { spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "s", port: { number: 80 } } } }] } }] } })],
    `spec.rules[0].http.paths[0].backend.service.name: ${none("Service", "s")}`,
    [SERVICE, named("s", { spec: { ports: [{ port: 80 }] } })],
  ],
  "a route's service": [
    [ROUTE, named("r", { spec: { rules: [{ backendRefs: [{ name: "s", port: 80 }] }] } })],
    `spec.rules[0].backendRefs[0].name: ${none("Service", "s")}`,
    [SERVICE, named("s", { spec: { ports: [{ port: 80 }] } })],
  ],
}; // prettier-ignore

describe("offline kubernetes: what an object names, when its run has ended", () => {
  for (const [what, [made, missed, brings]] of Object.entries(NAMED))
    it(`misses ${what}, unless it exists or the run makes it, before or after`, () => {
      expect(missing([made])).to.deep.equal([missed]);
      expect(missing([made, brings])).to.deep.equal([]);
      expect(missing([brings, made])).to.deep.equal([]);
      expect(missing([made], [brings])).to.deep.equal([]);
    });

  it("misses nothing that is optional, unknown or always there", () => {
    const optional = { env: [{ name: "E", valueFrom: { secretKeyRef: { name: "m", key: "k", optional: true } } }] };
    expect(missing([workload(container(optional))])).to.deep.equal([]);
    expect(missing([workload({ serviceAccountName: UNKNOWN })])).to.deep.equal([]);
    expect(missing([workload({ serviceAccountName: "default", priorityClassName: "system-node-critical" })])).to.deep.equal([]); // prettier-ignore
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" };
    expect(missing([[`${RBAC}:RoleBinding`, named("b", { roleRef })]])).to.deep.equal([]);
    const certificate: Made = ["kubernetes:cert-manager.io/v1:Certificate", named("t", { spec: { secretName: "m" } })];
    expect(missing([workload({ volumes: [{ name: "v", secret: { secretName: "m" } }] }), certificate])).to.deep.equal([]); // prettier-ignore
    expect(missing([workload({ serviceAccountName: "m" }), [RELEASE, { chart: "c" }]])).to.deep.equal([]);
  });

  it("misses a key, and a service's port", () => {
    const key = workload(container({ env: [{ name: "E", valueFrom: { configMapKeyRef: { name: "m", key: "k" } } }] }));
    expect(missing([key, [CONFIG_MAP, named("m", { data: { j: "v" } })]])).to.deep.equal([
      `${POD}.containers[0].env[0].valueFrom.configMapKeyRef.key: ConfigMap "m" has no key "k": it has j`,
    ]);
    expect(missing([key, [CONFIG_MAP, named("m", { data: UNKNOWN })]])).to.deep.equal([]);
    const backend = { service: { name: "s", port: { name: "web" } } };
    const there: Made = [SERVICE, named("s", { spec: { ports: [{ port: 80, name: "http" }] } })];
    expect(missing([[INGRESS, named("i", { spec: { defaultBackend: backend } })], there])).to.deep.equal([
      'spec.defaultBackend.service.port.name: Service "s" has no port "web": it has 80 "http"',
    ]);
    const rules = [{ backendRefs: [{ name: "s", port: 81 }] }];
    expect(missing([[ROUTE, named("r", { spec: { rules } })], there])).to.deep.equal([
      'spec.rules[0].backendRefs[0].port: Service "s" has no port 81: it has 80 "http"',
    ]);
  });

  it("tells of an object that two resources make, and not of equal names in two namespaces or kinds", () => {
    const map: Made = [CONFIG_MAP, named("m")];
    expect(missing([map, map])).to.deep.equal([
      'metadata.name: "m" is what the resource "r0" makes in namespace "default": give one of them another name',
    ]);
    const shop: Made = ["kubernetes:core/v1:Namespace", named("shop")];
    expect(missing([map, shop, [CONFIG_MAP, named("m", {}, "shop")], [SECRET, named("m")]])).to.deep.equal([]);
    expect(
      missing([
        [CONFIG_MAP, {}],
        [CONFIG_MAP, {}],
        [CONFIG_MAP, named(UNKNOWN)],
      ]),
    ).to.deep.equal([]);
  });

  it("misses a namespace that the run does not make either", () => {
    const inShop: Made = [CONFIG_MAP, named("m", {}, "shop")];
    const text = 'no Namespace "shop" exists or is made by this run: create it, or name one that exists';
    expect(missing([inShop])).to.deep.equal([`metadata.namespace: ${text}`]);
    expect(missing([inShop, ["kubernetes:core/v1:Namespace", named("shop")]])).to.deep.equal([]);
  });
});

describe("offline kubernetes: what a selector matches, when its run has ended", () => {
  it("finds pods that exist or that the run makes, before or after", () => {
    const own = service({ app: "a" });
    expect(missing([own])).to.deep.equal([`spec.selector: ${nothing("app=a", "no workload makes pods there")}`]);
    expect(missing([own, workload()])).to.deep.equal([]);
    expect(missing([workload(), own])).to.deep.equal([]);
    expect(missing([own], [workload()])).to.deep.equal([]);
    expect(missing([service({ app: "b" }), workload()])).to.deep.equal([
      `spec.selector: ${nothing("app=b", 'Deployment "a" has app=a')}`,
    ]);
  });

  it("looks in the namespace only, and takes what is unknown for a match", () => {
    const shop: Made = ["kubernetes:core/v1:Namespace", named("shop")];
    expect(missing([shop, service({ app: "a" }, { port: 80 }, "shop"), workload()])).to.deep.equal([
      `spec.selector: ${nothing("app=a", "no workload makes pods there", "shop")}`,
    ]);
    expect(missing([service({ app: UNKNOWN }), workload()])).to.deep.equal([]);
    expect(missing([service({ tier: "x" }), workload({}, { tier: UNKNOWN })])).to.deep.equal([]);
  });

  it("leaves alone what selects nothing on purpose, and pods that a chart or an operator makes", () => {
    const outside: Made = [SERVICE, named("s", { spec: { type: "ExternalName", externalName: "a.b" } })];
    expect(missing([outside])).to.deep.equal([]);
    expect(missing([["kubernetes:networking.k8s.io/v1:NetworkPolicy", named("n", { spec: { podSelector: {} } })]])).to.deep.equal([]); // prettier-ignore
    expect(missing([service({ app: "a" }), [RELEASE, { chart: "c" }]])).to.deep.equal([]);
    expect(missing([service({ app: "a" }), ["kubernetes:postgresql.cnpg.io/v1:Cluster", named("db")]])).to.deep.equal([]); // prettier-ignore
    expect(missing([service({ app: "a" }), ["kubernetes:monitoring.coreos.com/v1:ServiceMonitor", named("m")]])).to.have.lengthOf(1); // prettier-ignore
  });

  it("reads expressions, of disruption budgets and network policies too", () => {
    const budget = (operator: string, values: readonly string[]): Made => [
      "kubernetes:policy/v1:PodDisruptionBudget",
      named("b", { spec: { selector: { matchExpressions: [{ key: "app", operator, values }] } } }),
    ];
    expect(missing([budget("In", ["a", "b"]), workload()])).to.deep.equal([]);
    expect(missing([budget("NotIn", ["a"]), workload()])).to.deep.equal([
      `spec.selector: ${nothing('{"key":"app","operator":"NotIn","values":["a"]}', 'Deployment "a" has app=a')}`,
    ]);
    const policy: Made = [
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      named("n", { spec: { podSelector: { matchLabels: { app: "b" } } } }),
    ];
    expect(missing([policy, workload()])).to.deep.equal([
      `spec.podSelector: ${nothing("app=b", 'Deployment "a" has app=a')}`,
    ]);
  });

  it("wants a port that is called by a name from the pods", () => {
    const pods = workload(container({ ports: [{ containerPort: 8080, name: "web" }] }));
    expect(missing([service({ app: "a" }, { port: 80, targetPort: "web" }), pods])).to.deep.equal([]);
    expect(missing([service({ app: "a" }, { port: 80, targetPort: "http" }), pods])).to.deep.equal([
      'spec.ports[0].targetPort: no selected pod names a port "http": web is named',
    ]);
  });

  it("shows no secret", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hidden" };
    expect(missing([workload({ serviceAccountName: secret })])).to.deep.equal([
      `${POD}.serviceAccountName: the value is secret and does not fit: see which values the property takes`,
    ]);
  });
});
