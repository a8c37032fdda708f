// What a plan needs of its cluster. Pure.
import type { KubernetesPlan } from "./plan";
import type { NeededApi, Needs } from "./preflight";

/** APIs by what is made of them. */
const APIS = {
  gateway: {
    group: "gateway.networking.k8s.io",
    version: "v1",
    broughtBy:
      "the CRDs of Gateway API 1.2 or later, and a gateway such as Envoy Gateway (services that can be reached from outside)",
  },
  gatewayPolicies: {
    group: "gateway.envoyproxy.io",
    version: "v1alpha1",
    broughtBy: "Envoy Gateway 1.4 or later (JWT validation, rate limits and balancing at the gateway)",
  },
  certificates: { group: "cert-manager.io", version: "v1", broughtBy: "cert-manager 1.12 or later (certificates)" },
  database: { group: "postgresql.cnpg.io", version: "v1", broughtBy: "CloudNativePG 1.25 or later (databases)" },
  broker: {
    group: "rabbitmq.com",
    version: "v1beta1",
    broughtBy: "RabbitMQ's cluster operator 2.12 or later (queues and topics)",
  },
  backlog: { group: "keda.sh", version: "v1alpha1", broughtBy: "KEDA 2.16 or later (scaling on queues)" },
  monitoring: {
    group: "monitoring.coreos.com",
    version: "v1",
    broughtBy: "Prometheus Operator 0.60 or later, such as kube-prometheus-stack (alerts and monitors)",
  },
  usage: { group: "metrics.k8s.io", version: "v1beta1", broughtBy: "metrics-server (scaling on CPU and memory)" },
} as const satisfies Readonly<Record<string, NeededApi>>;

/** Controllers of the GatewayClasses of an implementation. */
const CONTROLLERS = { "envoy-gateway": "gateway.envoyproxy.io/gatewayclass-controller" } as const;

/** What a plan needs, each with the reason. */
export function needsOf({ services, nodes, domain, cluster }: KubernetesPlan): Needs {
  const has = (...kinds: readonly string[]): boolean => nodes.some(({ kind }) => kinds.includes(kind));
  const exposed = services.some(({ exposes }) => exposes !== undefined);
  const scaled = services.filter(({ scaling: { min, max } }) => max > min).map(({ scaling }) => scaling);
  const stores = has("database", "cache", "queue", "topic");
  const used: Readonly<Record<keyof typeof APIS, boolean>> = {
    gateway: exposed,
    gatewayPolicies: exposed && cluster.gatewayImplementation === "envoy-gateway",
    certificates: domain !== undefined || stores,
    database: has("database"),
    broker: has("queue", "topic"),
    backlog: scaled.some(({ queue, backlogPerTask }) => queue !== undefined || backlogPerTask !== undefined),
    monitoring: cluster.monitoring !== undefined,
    usage: scaled.some(({ cpu, memory }) => cpu !== undefined || memory !== undefined),
  };
  const { context, clusterId, storageClass, gatewayClass, gatewayImplementation, clusterIssuer } = cluster;
  return {
    context,
    ...(clusterId !== undefined && { clusterId }),
    apis: Object.entries(APIS).flatMap(([name, api]) => (used[name as keyof typeof APIS] ? [api] : [])),
    storage: stores,
    ...(storageClass !== undefined && { storageClass }),
    ...(exposed && gatewayClass !== undefined && { gatewayClass }),
    ...(exposed && gatewayImplementation !== undefined && { gatewayController: CONTROLLERS[gatewayImplementation] }),
    ...(domain !== undefined && clusterIssuer !== undefined && { clusterIssuer }),
    architectures: [
      ...new Set(services.map(({ architecture }) => (architecture === "ARM64" ? "arm64" : "amd64"))),
    ].sort(),
  };
}
