// Builds a plan on AWS with EKS. Nothing is decided here: the plan has decided everything.
import type { Metric } from "../../../components/kit";
import { keyOf } from "../../model/edges";
import { allEdgesFrom } from "../../model/lookup";
import type { ServicePlan } from "../../model/plan";
import { DataProtection } from "../aws/data-protection";
import { createFoundation, userPoolOutputs } from "../aws/foundation";
import { createObservability, type RequestMetrics } from "../aws/observability";
import { gatherOutputs } from "../outputs";
import { type Rights, rightsOf } from "../rights";
import { bind, type Bound } from "../target";
import { bindings } from "./bindings";
import { type Foundation, withCluster } from "./foundation";
import type { EksPlan } from "./plan";
import { type BuiltService, createService } from "./service";

/** Builds everything that the plan names and returns the stack's outputs. */
export function buildOnEks(plan: EksPlan): object {
  const { foundation, built } = create(plan);
  const watched = watch(foundation, built);
  new DataProtection("data-protection", plan.environment.protectData, foundation.components);
  return { ...gatherOutputs(startOf(foundation), [...built.values()]), ...watched };
}

/** Builds everything that has a workload or is used by one, and returns what each workload is given. */
export function rightsOnEks(plan: EksPlan): Rights {
  return rightsOf(plan, create(plan).built);
}

/** Creates the foundation, the nodes of the plan, and then the services. */
function create(plan: EksPlan): { readonly foundation: Foundation; readonly built: ReadonlyMap<string, Bound> } {
  const foundation = withCluster(createFoundation(plan), plan);
  const built = new Map<string, Bound>(
    bind(plan.nodes, foundation, bindings, plan.edges).map(([node, bound]) => [keyOf(node), bound]),
  );
  admitBalancer(foundation);
  const services = new Map<string, BuiltService["call"]>();
  for (const service of plan.services) {
    const { call, bound } = createService(foundation, service, allEdgesFrom(plan, service.name), built, services);
    services.set(service.name, call);
    built.set(keyOf({ kind: "service", name: service.name }), bound);
  }
  return { foundation, built };
}

/** The load balancer reaches each port that exposed services have, once for all of them. */
function admitBalancer({ plan, cluster, balancer }: Foundation): void {
  const ports = plan.services.flatMap(({ exposes, port }) => (exposes && port !== "none" ? [port] : []));
  for (const port of new Set(ports))
    cluster.admit("load-balancer", { securityGroupId: balancer.loadBalancerSecurityGroupId, port });
}

function startOf({ plan, network, cluster, balancer, messaging, pods, userPool }: Foundation) {
  return {
    environment: plan.environment.name,
    region: plan.region,
    vpcId: network.vpcId,
    loadBalancerUrl: balancer.url,
    ...userPoolOutputs(userPool),
    clusterName: cluster.clusterName,
    kubeconfig: cluster.kubeconfig,
    namespace: pods.namespace,
    queues: messaging.queueUrls,
    topics: messaging.topicArns,
    databases: {},
    migrations: {},
    buckets: {},
    services: {},
  };
}

/** Dashboards and alarms over everything that was built. */
function watch(foundation: Foundation, built: ReadonlyMap<string, Bound>) {
  const { balancer, firewall, network } = foundation;
  return createObservability(foundation, {
    built,
    frontDoor: [
      { title: "load balancer", signals: balancer.signals },
      ...(firewall ? [{ title: "firewall", signals: firewall.signals }] : []),
    ],
    network: { title: "network", signals: network.signals },
    requestsTo: (service) => requestsTo(built, service),
    // What AWS puts behind the load balancer's name: `app/services-alb-1a2b3c4/50dc6c495c0c9188`.
    suffix: balancer.loadBalancerArnSuffix.apply((suffix) => (suffix.split("/")[1] ?? "").split("-").at(-1) ?? ""),
  });
}

/** Metrics of the requests to a service with routes. */
function requestsTo(built: ReadonlyMap<string, Bound>, { name, exposes }: ServicePlan): RequestMetrics | undefined {
  if (!exposes) return undefined;
  const signals = built.get(keyOf({ kind: "service", name }))?.signals ?? [];
  const of = (role: string): Metric[] =>
    signals.flatMap(({ role: own, metric }) => (own === role && !("expression" in metric) ? [metric] : []));
  return { requests: of("requests"), errors: of("server-errors"), times: of("response-time") };
}
