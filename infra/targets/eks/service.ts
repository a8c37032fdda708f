// One service of the plan on EKS: its pods hold exactly one grant for each of its edges.
import { alarmsOf } from "../../../components/aws/kit";
import { PodRoute } from "../../../components/aws/kubernetes-cluster";
import type { Grant as AwsGrant } from "../../../components/kit";
import type { Grant } from "../../../components/kubernetes/kit";
import { Microservice } from "../../../components/kubernetes/microservice";
import { GeneratedSecrets } from "../../../components/kubernetes/secret";
import { type Edge, keyOf } from "../../model/edges";
import type { ServicePlan } from "../../model/plan";
import { tagsOf } from "../aws/bindings";
import { serviceArgs } from "../kubernetes/service-args";
import type { AnyGrant } from "../rights";
import { type Bound, refused } from "../target";
import type { Foundation } from "./foundation";
import { onPods, withStatements } from "./grants";

/** Things of AWS that have been built, by {@link keyOf}. */
export type Built = ReadonlyMap<string, Bound>;

/** Services that have been built, by name: what a caller's pods get. */
export type Services = ReadonlyMap<string, (edge: Edge) => Grant>;

/** A service: what it offers callers, and what observes it. */
export interface BuiltService {
  readonly call: (edge: Edge) => Grant;
  readonly bound: Bound;
}

/** Creates a service; what its `edges` lead to is built already. */
export function createService(
  foundation: Foundation,
  plan: ServicePlan,
  edges: readonly Edge[],
  built: Built,
  services: Services,
): BuiltService {
  const { pods, inCluster, plan: whole } = foundation;
  const { grants, given } = grantsOf(foundation, plan, edges, built, services);
  const service = new Microservice(
    plan.name,
    {
      placement: pods,
      ...serviceArgs(plan),
      grants,
      ...(plan.exposes && { clientCidrs: whole.ranges.public }),
    },
    inCluster,
  );
  const route = createRoute(foundation, plan, service);
  return {
    call(edge) {
      if (edge.verb !== "calls") return refused(edge, edge.to);
      const { timeout, retries, backoff, breaker, bulkhead } = edge.policy;
      return service.grantCall({ timeout, retries, backoff, breaker, bulkhead });
    },
    bound: {
      grant: (edge) => refused(edge, edge.to),
      given: { [plan.name]: given },
      outputs: { services: { [plan.name]: service.deploymentName } },
      ...(route && { signals: route.signals, alarms: alarmsOf(route.signals, route.nodes.alarms) }),
    },
  };
}

function grantsOf(
  foundation: Foundation,
  plan: ServicePlan,
  edges: readonly Edge[],
  built: Built,
  services: Services,
): { readonly grants: Record<string, Grant>; readonly given: Record<string, AnyGrant> } {
  const { network, firewall, pods, inCluster } = foundation;
  const calls = edges.filter(({ verb }) => verb === "calls");
  const others = edges.filter(({ verb }) => verb !== "calls");
  const made = plan.secrets.flatMap((secret): [string, { length: number }][] =>
    "length" in secret ? [[secret.variable, { length: secret.length }]] : [],
  );
  const secrets =
    made.length > 0 &&
    new GeneratedSecrets(plan.name, { placement: pods, secrets: Object.fromEntries(made) }, inCluster);
  const onAws: Record<string, AwsGrant> = {
    ...(plan.internetEgress && { internet: network.grantInternet() }),
    ...(plan.exposes && firewall && { firewall: firewall.grantProtection() }),
    ...Object.fromEntries(others.map((edge) => [edge.name, found(built, keyOf(edge.to), edge).grant(edge)])),
  };
  const grants = {
    ...onPods(foundation, plan.name, onAws),
    ...(secrets && { secrets: secrets.grantRead() }),
    ...Object.fromEntries(calls.map((edge) => [edge.name, found(services, edge.to.name, edge)(edge)])),
  };
  return { grants, given: withStatements(grants, onAws) };
}

function found<T>(all: ReadonlyMap<string, T>, key: string, { from, verb, to }: Edge): T {
  const one = all.get(key);
  if (one === undefined) throw new Error(`${from} ${verb} ${to.name}, which is not built`);
  return one;
}

function createRoute(
  { placement, network, cluster, balancer, pods, inCluster }: Foundation,
  plan: ServicePlan,
  { nodes }: Microservice,
): PodRoute | undefined {
  const { exposes, name, port } = plan;
  if (exposes === undefined || port === "none" || nodes.service === undefined) return undefined;
  const { paths, priority, healthCheck, balancing, slowStart } = exposes;
  return new PodRoute(
    name,
    {
      placement,
      network,
      clusterName: cluster.clusterName,
      namespace: pods.namespace,
      serviceName: nodes.service.metadata.name,
      port,
      routing: {
        listenerArn: balancer.listenerArn,
        loadBalancerSecurityGroupId: balancer.loadBalancerSecurityGroupId,
        loadBalancerArnSuffix: balancer.loadBalancerArnSuffix,
        ...{ paths, priority, healthCheck, balancing },
        ...(slowStart !== undefined && { slowStart }),
      },
      tags: tagsOf(plan),
    },
    inCluster,
  );
}
