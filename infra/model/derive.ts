// A description in, a whole environment out. Pure and deterministic: the same description gives the same plan, however its
// keys are ordered. Expects what validate.ts has accepted.
import { contextPlans } from "./contexts/derive";
import type { Edge } from "./edges";
import type { Workload } from "./kinds/function/uses";
import type { Described, Kind } from "./kinds/kind";
import { callEdges, requestTimeoutsOf, servicePlan } from "./kinds/service/derive";
import type { Environment } from "./environment";
import { calleesFirst } from "./order";
import { type Node, registry } from "./kinds/registry";
import type { Plan } from "./plan";
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
  const usesOf = (workload: Workload): Edge[] => {
    const service = system.services[workload.owner];
    return service ? kinds.flatMap(({ uses }) => uses?.edges({ ...workload, service, system }) ?? []) : [];
  };
  const derived = kinds.flatMap((kind) => kind.derive?.({ system, environment, settings, services, usesOf }) ?? []);
  const { domain, identity } = settings;
  return {
    nodes: derived.flatMap(({ nodes }) => nodes),
    edges: [...derived.flatMap(({ edges }) => edges), ...services.flatMap(({ name }) => callEdges(name, system))],
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
    services,
  };
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
