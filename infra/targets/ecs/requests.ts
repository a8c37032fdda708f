// Metrics of the requests to a service on ECS: the load balancer's where it has routes, Service Connect's where others call it.
import { meshMetrics, type MeshMetrics, type ServiceDimensions } from "../../../components/aws/microservice";
import type { Metric } from "../../../components/kit";
import { keyOf } from "../../model/edges";
import { edgesTo } from "../../model/lookup";
import type { Plan, ServicePlan } from "../../model/plan";
import type { RequestMetrics } from "../aws/observability";
import type { Bound } from "../target";

type Built = ReadonlyMap<string, Bound>;

/** Callers beyond this number don't fit into the metric math of one alarm, which takes ten metrics. */
const MOST_CALLERS = 9;

/** Metrics of the requests to a service; undefined where nobody sends any, or too many different services do. */
export function requestsTo(plan: Plan, built: Built, service: ServicePlan): RequestMetrics | undefined {
  return routed(built, service) ?? called(plan, built, service);
}

/** The requests that other services send to one without routes. */
export function called(plan: Plan, built: Built, { name, exposes }: ServicePlan): MeshMetrics | undefined {
  if (exposes) return undefined;
  const own = dimensionsOf(built, name);
  const theirs = edgesTo(plan, { kind: "service", name }, "calls").flatMap(({ from }): ServiceDimensions[] => {
    const dimensions = dimensionsOf(built, from);
    return dimensions ? [dimensions] : [];
  });
  if (own === undefined || theirs.length === 0 || theirs.length > MOST_CALLERS) return undefined;
  return meshMetrics(name, own, theirs);
}

function routed(built: Built, { name, exposes }: ServicePlan): RequestMetrics | undefined {
  if (!exposes) return undefined;
  const of = (role: string): Metric[] => {
    const metric = metricOf(built, name, role);
    return metric === undefined ? [] : [metric];
  };
  return { requests: of("requests"), errors: of("server-errors"), times: of("response-time") };
}

/** `ClusterName` and `ServiceName`, under which ECS reports the service. */
function dimensionsOf(built: Built, name: string): ServiceDimensions | undefined {
  return metricOf(built, name, "cpu")?.dimensions;
}

function metricOf(built: Built, name: string, role: string): Metric | undefined {
  const signals = built.get(keyOf({ kind: "service", name }))?.signals ?? [];
  const metric = signals.find((signal) => signal.role === role)?.metric;
  return metric === undefined || "expression" in metric ? undefined : metric;
}
