// One service of the plan in the cluster: it holds exactly one grant for each of its edges.
import { Microservice, QueueTrigger } from "../../../components/kubernetes/microservice";
import type { Grant } from "../../../components/kubernetes/kit";
import { GeneratedSecrets } from "../../../components/kubernetes/secret";
import { COLLECTOR_EXPORTERS } from "../../../components/kit/variables";
import { type Edge, keyOf } from "../../model/edges";
import type { ServicePlan } from "../../model/plan";
import { refused } from "../target";
import type { Bound } from "./bindings";
import { type Foundation, usesBroker } from "./foundation";
import { messagesPerPod, routesOf, serviceArgs } from "./service-args";

/** Things of the plan that have been built, by {@link keyOf}. */
export type Built = ReadonlyMap<string, Bound>;

/** Creates a service; what its `edges` lead to is in `built` already. */
export function createService(foundation: Foundation, plan: ServicePlan, edges: readonly Edge[], built: Built): Bound {
  const { placement, opts, gateway, messaging } = foundation;
  const broker = messaging && usesBroker(edges) ? messaging.grantConnect(plan.name) : undefined;
  const { scaling, ...args } = serviceArgs(plan, foundation.plan.cluster.imagePullSecrets);
  const trigger = broker && createTrigger(foundation, plan, broker);
  const grants = grantsOf(foundation, plan, edges, built, broker);
  const service = new Microservice(
    plan.name,
    {
      placement,
      ...args,
      environment: environmentOf(foundation, plan),
      grants,
      ...(plan.exposes && gateway && { routing: { gateway, ...routesOf(foundation.plan, plan.exposes) } }),
      scaling: { ...scaling, ...(trigger && { triggers: [trigger] }) },
    },
    opts,
  );
  return {
    grant(edge) {
      if (edge.verb !== "calls") return refused(edge, edge.to);
      const { timeout, retries, backoff, breaker, bulkhead } = edge.policy;
      return service.grantCall({ timeout, retries, backoff, breaker, bulkhead });
    },
    given: { [plan.name]: grants },
    outputs: { services: { [plan.name]: service.deploymentName } },
    signals: service.signals,
  };
}

/** A service that names an exporter itself sends its traces somewhere else: it gets no collector, and keeps its variables. */
const isCollected = ({ environment }: ServicePlan): boolean =>
  COLLECTOR_EXPORTERS.every((exporter) => environment[exporter] === "none");

/** Variables of a service without those that its collector sets. */
function environmentOf({ collector }: Foundation, plan: ServicePlan): ServicePlan["environment"] {
  if (!collector || !isCollected(plan)) return plan.environment;
  const others = Object.entries(plan.environment).filter(([name]) => !COLLECTOR_EXPORTERS.some((one) => one === name));
  return Object.fromEntries(others);
}

/** One grant an edge, beside what every service has: what a service gets is what this list says. */
function grantsOf(
  { placement, opts, collector }: Foundation,
  plan: ServicePlan,
  edges: readonly Edge[],
  built: Built,
  broker: Grant | undefined,
): Record<string, Grant> {
  const made = plan.secrets.flatMap((secret): [string, { length: number }][] =>
    "length" in secret ? [[secret.variable, { length: secret.length }]] : [],
  );
  const secrets =
    made.length > 0 && new GeneratedSecrets(plan.name, { placement, secrets: Object.fromEntries(made) }, opts);
  return {
    ...(plan.internetEgress && { internet: { reaches: [{ to: "internet", port: 443, cidr: "0.0.0.0/0" }] } }),
    ...(secrets && { secrets: secrets.grantRead() }),
    ...(broker && { broker }),
    ...(collector && isCollected(plan) && { collector: collector.grantSend() }),
    ...Object.fromEntries(edges.map((edge) => [edge.name, boundTo(edge, built).grant(edge)])),
  };
}

function boundTo({ from, verb, to }: Edge, built: Built): Bound {
  const bound = built.get(keyOf(to));
  if (bound === undefined) throw new Error(`${from} ${verb} ${to.name}, which is not built`);
  return bound;
}

function createTrigger({ placement, opts, plan: { cluster } }: Foundation, plan: ServicePlan, broker: Grant) {
  const backlog = messagesPerPod(plan.scaling);
  if (backlog === undefined || plan.scaling.max === plan.scaling.min) return undefined;
  return new QueueTrigger(
    plan.name,
    { placement, broker, scalerNamespace: cluster.kedaNamespace ?? "keda", ...backlog },
    opts,
  ).trigger;
}
