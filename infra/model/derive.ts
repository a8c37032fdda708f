// A description in, a whole environment out. Pure and deterministic: the same description gives the same plan, however its
// keys are ordered. Expects what validate.ts has accepted.
import { contextPlans } from "./contexts/derive";
import { cacheEngine } from "./kinds/cache";
import type { Described, Kind } from "./kinds/kind";
import { queuePlans, subscriptionPlans } from "./kinds/queue/derive";
import { sagaPlans } from "./kinds/saga/derive";
import { topicPlans } from "./kinds/topic/derive";
import { requestTimeoutsOf, servicePlan } from "./kinds/service/derive";
import type { Environment } from "./environment";
import { calleesFirst } from "./order";
import type { Edge } from "./edges";
import { type Node, registry } from "./kinds/registry";
import type { Plan, ServicePlan } from "./plan";
import { DEFAULTS } from "./resolve";
import { prioritiesOf } from "./kinds/service/priorities";
import type { Settings } from "./settings";
import type { Service, System } from "./system";

/**
 * Derives everything that a system needs in an environment.
 *
 * @throws Error when services call each other in a circle or a service has no image; validation reports both before
 */
export function derive(system: System, environment: Environment, settings: Settings): Plan {
  const priorities = prioritiesOf(system);
  const requestTimeouts = requestTimeoutsOf(system);
  const services = orderedServices(system).map(([name, service]) =>
    servicePlan(name, service, { system, environment, settings, priorities, requestTimeouts }),
  );
  const kinds: readonly Kind<Described, Node>[] = Object.values(registry);
  const derived = kinds.flatMap((kind) => kind.derive?.({ system, environment, settings, services }) ?? []);
  const nodes = derived.flatMap((one) => one.nodes);
  const cache = nodes.find((node) => node.kind === "cache");
  const { domain, identity } = settings;
  return {
    nodes,
    edges: [...derived.flatMap(({ edges }) => edges), ...services.flatMap(callEdges)],
    system: system.name,
    environment,
    tags: {
      Project: system.name,
      Environment: environment.name,
      Architecture: "Microservices",
      ManagedBy: "Pulumi",
    },
    ...(domain !== undefined && { domain }),
    ...(identity && { identity }),
    ...(system.tracing && { tracing: { sampling: system.tracing.sampling ?? DEFAULTS.sampling } }),
    contexts: contextPlans(system),
    queues: queuePlans(system),
    topics: topicPlans(system),
    subscriptions: subscriptionPlans(system),
    sagas: sagaPlans(system),
    ...(cache && { cache: { ...cacheEngine(system), users: cache.users, nodes: cache.nodes } }),
    services,
  };
}

function callEdges({ name: from, calls }: ServicePlan): Edge[] {
  return calls.map((policy) => ({
    ...{ name: `call-${policy.service}`, from, verb: "calls" as const },
    ...{ to: { kind: "service", name: policy.service }, policy },
  }));
}

function orderedServices(system: System): [name: string, service: Service][] {
  const calls = Object.entries(system.services).map(
    ([name, service]) => [name, Object.keys(service.calls ?? {})] as const,
  );
  const names = calleesFirst(Object.fromEntries(calls));
  if (names === undefined) throw new Error(`services of ${system.name} call each other in a circle`);
  return names.flatMap((name) => {
    const service = system.services[name];
    return service ? [[name, service] as [string, Service]] : [];
  });
}
