// What the services of one stack stand on in a cluster: the namespace, the gateway, the broker.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Gateway } from "../../../components/kubernetes/gateway";
import type { Placement } from "../../../components/kubernetes/kit";
import { Messaging } from "../../../components/kubernetes/messaging";
import { Collector } from "../../../components/kubernetes/observability";
import { Namespace } from "../../../components/kubernetes/namespace";
import type { Edge } from "../../model/edges";
import { allEdgesFrom, nodesOf } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import { demandOf, isTraced, type KubernetesPlan, labelsOf } from "./plan";
import { collectorArgs } from "./service-args";

export interface Foundation {
  readonly plan: KubernetesPlan;
  /** Services of the plan by name. */
  readonly services: ReadonlyMap<string, ServicePlan>;
  readonly opts: pulumi.ComponentResourceOptions;
  readonly placement: Placement;
  readonly gateway: Gateway | undefined;
  /** Undefined where the system is not traced, or the settings name no collector. */
  readonly collector: Collector | undefined;
  /** Undefined without queues and topics. */
  readonly messaging: Messaging | undefined;
}

/** The provider of the one cluster that the settings name. */
export function createProvider({ cluster: { kubeconfig, context } }: KubernetesPlan): kubernetes.Provider {
  return new kubernetes.Provider("kubernetes", { ...(kubeconfig !== undefined && { kubeconfig }), context });
}

/** Creates what the plan's services stand on. */
export function createFoundation(plan: KubernetesPlan, provider: kubernetes.Provider): Foundation {
  const opts = { providers: [provider] };
  const labels = labelsOf(plan);
  const { millicpu, memory, pods, storage } = demandOf(plan);
  const { namespace } = new Namespace(
    plan.namespace,
    {
      quota: { millicpu, memory: `${memory} MiB`, pods, ...(storage > 0 && { storage: `${storage} MiB` as const }) },
      protectData: plan.environment.protectData,
      labels,
    },
    opts,
  );
  const placement = { namespace, labels };
  return {
    plan,
    services: new Map(plan.services.map((service) => [service.name, service])),
    opts,
    placement,
    gateway: createGateway(plan, placement, opts),
    collector: createCollector(plan, placement, opts),
    messaging: createMessaging(plan, placement, opts),
  };
}

function createGateway(
  { services, cluster, domain }: KubernetesPlan,
  placement: Placement,
  opts: pulumi.ComponentResourceOptions,
): Gateway | undefined {
  const { gatewayClass, gatewayNamespace, gatewayImplementation, clusterIssuer } = cluster;
  if (!services.some(({ exposes }) => exposes !== undefined)) return undefined;
  // Validation has refused such a plan.
  if (gatewayClass === undefined || gatewayNamespace === undefined) throw new Error("the settings name no gateway");
  return new Gateway(
    "gateway",
    {
      placement,
      gatewayClassName: gatewayClass,
      ...(gatewayImplementation !== undefined && { implementation: gatewayImplementation }),
      dataPlane: { namespace: gatewayNamespace, labels: {} },
      ...(domain !== undefined &&
        clusterIssuer !== undefined && {
          https: { hostname: `services.${domain}`, issuer: { kind: "ClusterIssuer", name: clusterIssuer } },
        }),
    },
    opts,
  );
}

function createCollector(
  plan: KubernetesPlan,
  placement: Placement,
  opts: pulumi.ComponentResourceOptions,
): Collector | undefined {
  return isTraced(plan) ? new Collector("collector", { placement, ...collectorArgs(plan) }, opts) : undefined;
}

function createMessaging(
  plan: KubernetesPlan,
  placement: Placement,
  opts: pulumi.ComponentResourceOptions,
): Messaging | undefined {
  const { environment, cluster, services } = plan;
  const [queues, topics] = [nodesOf(plan, "queue"), nodesOf(plan, "topic")];
  if (queues.length === 0 && topics.length === 0) return undefined;
  const { rabbitmq, node } = cluster.storeImages ?? {};
  const workloads = [...services.map(({ name }) => name), ...nodesOf(plan, "job").map(({ workload }) => workload)];
  const users = workloads.flatMap((name) => {
    const own = allEdgesFrom(plan, name);
    return usesBroker(own) ? [[name, userOf(own)] as const] : [];
  });
  return new Messaging(
    "messaging",
    {
      placement,
      queues: Object.fromEntries(
        queues.map(({ name, visibilityTimeout, maxReceiveCount, delay, retention }) => [
          name,
          {
            ...{ visibilityTimeout, maxReceiveCount },
            ...(delay !== undefined && { delay }),
            ...(retention !== undefined && { retention }),
          },
        ]),
      ),
      topics: topics.map(({ name }) => name),
      subscriptions: topics.flatMap(({ name: topic, subscriptions }) =>
        subscriptions.map((subscription) => ({ topic, ...subscription })),
      ),
      users: Object.fromEntries(users),
      // One node where a single task is enough for everybody else too.
      nodes: environment.database.multiAz ? 3 : 1,
      protectData: environment.protectData,
      ...(cluster.storageClass !== undefined && { storageClass: cluster.storageClass }),
      ...(cluster.monitoring && { monitoring: cluster.monitoring }),
      ...(rabbitmq !== undefined && { image: rabbitmq }),
      ...(node !== undefined && { importImage: node }),
    },
    opts,
  );
}

/** Whether one of a service's edges leads to a queue or a topic. */
export function usesBroker(edges: readonly Edge[]): boolean {
  return edges.some(({ verb }) => verb === "publishes" || verb === "sends" || verb === "consumes");
}

function userOf(edges: readonly Edge[]) {
  const publishes = edges.flatMap((edge) =>
    edge.verb === "publishes" ? [[edge.to.name, edge.policy.eventTypes] as const] : [],
  );
  const namesOf = (verb: Edge["verb"]): string[] => edges.flatMap((edge) => (edge.verb === verb ? [edge.to.name] : []));
  return { publishes: Object.fromEntries(publishes), sends: namesOf("sends"), consumes: namesOf("consumes") };
}
