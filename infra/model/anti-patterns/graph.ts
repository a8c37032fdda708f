// A system as a graph, indexed once for all rules. Edges to what is not declared are left out: validation reports them.
import type { TopicPlan } from "../plan";
import { topicPlans } from "../kinds/topic/derive";
import type { Environment } from "../environment";
import { compare, gathered, sorted } from "../order";
import { resolveScaling } from "../resolve";
import { type ConsumedQueue, queuesOf } from "../kinds/queue/selection";
import type { PartialSettings } from "../settings";
import type { CallPolicy, Service, System } from "../system";

/** The graph that rules examine. */
export interface Graph {
  readonly system: System;
  /** By name. */
  readonly services: readonly (readonly [name: string, service: Service])[];
  /** Every call, by caller and callee. */
  readonly calls: readonly CallEdge[];
  readonly callees: (service: string) => readonly CallEdge[];
  readonly callers: (service: string) => readonly CallEdge[];
  readonly queues: readonly QueueEdge[];
  /** Path of each queue in the description, by the queue's name. */
  readonly consumptions: ReadonlyMap<string, string>;
  /** Events with their publishers and consumers. */
  readonly topics: readonly TopicPlan[];
  /** Calls that one service makes after the other, up to each service; undefined for those behind a cycle. */
  readonly depths: ReadonlyMap<string, Longest>;
  /** The same from each service on. */
  readonly reaches: ReadonlyMap<string, Longest>;
  /** The environment of the system; undefined: not known. */
  readonly deployed?: Deployed;
}

/** A call. */
export interface CallEdge {
  readonly caller: string;
  readonly callee: string;
  readonly policy: CallPolicy;
}

/** A queue and its consumer. */
export interface QueueEdge {
  readonly consumer: string;
  readonly queue: ConsumedQueue;
  /** `services.order.consumes.jobs` */
  readonly path: string;
}

/** The longest chain of calls to or from a service. */
export interface Longest {
  readonly calls: number;
  /** The neighbour through which it leads. */
  readonly through?: string;
}

/** An environment and what it makes of the services. */
export interface Deployed {
  readonly environment: Environment;
  /** The least number of tasks of a service, at any hour. */
  readonly tasks: (service: string) => number | undefined;
}

/** Indexes a system, and where it is to run when that is known. */
export function graphOf(system: System, deployed?: Deployed): Graph {
  const services = sorted(system.services);
  const calls = services.flatMap(([caller, service]) =>
    sorted(service.calls ?? {})
      .filter(([callee]) => Object.hasOwn(system.services, callee))
      .map(([callee, policy]): CallEdge => ({ caller, callee, policy })),
  );
  const byCaller = gathered(calls.map((call) => [call.caller, call]));
  const byCallee = gathered(calls.map((call) => [call.callee, call]));
  const callees = (service: string): readonly CallEdge[] => byCaller.get(service) ?? [];
  const callers = (service: string): readonly CallEdge[] => byCallee.get(service) ?? [];
  const names = services.map(([name]) => name);
  const queues = services.flatMap(([consumer, service]) =>
    queuesOf(consumer, service).map((queue) => ({ consumer, queue, path: `services.${consumer}.${queue.path}` })),
  );
  return {
    system,
    services,
    calls,
    callees,
    callers,
    queues,
    consumptions: new Map([...queues].reverse().map(({ queue, path }) => [queue.name, path])),
    topics: topicPlans(system),
    depths: longest(names, (name) => callers(name).map(({ caller }) => caller)),
    reaches: longest(names, (name) => callees(name).map(({ callee }) => callee)),
    ...(deployed && { deployed }),
  };
}

/** What an environment and a stack's settings make of a system's services. */
export function deployedIn(environment: Environment, settings: PartialSettings, system: System): Deployed {
  return {
    environment,
    tasks: (name) => {
      const service = system.services[name];
      if (service === undefined) return undefined;
      const sources = { environment, systemName: system.name, serviceName: name, service };
      const { min, schedules = {} } = resolveScaling({ ...sources, settings: settings.services?.[name] });
      return Math.min(min, ...Object.values(schedules).map((schedule) => schedule.min));
    },
  };
}

/** The chain that leads to a service, from its first to its last but one. */
export function chainTo(service: string, graph: Graph): string[] {
  return along(service, graph.depths).reverse();
}

/** The chain that leads on from a service, without itself. */
export function chainFrom(service: string, graph: Graph): string[] {
  return along(service, graph.reaches);
}

function along(service: string, longest: ReadonlyMap<string, Longest>): string[] {
  const found: string[] = [];
  for (let next = longest.get(service)?.through; next !== undefined; next = longest.get(next)?.through)
    found.push(next);
  return found;
}

/** Kahn's algorithm: each service once, after all its neighbours; those in or behind a cycle are never reached. */
function longest(names: readonly string[], neighbours: (name: string) => readonly string[]): Map<string, Longest> {
  const found = new Map<string, Longest>();
  const waiting = new Map(names.map((name) => [name, new Set(neighbours(name)).size]));
  const dependants = gathered(
    names.flatMap((name) => [...new Set(neighbours(name))].map((neighbour) => [neighbour, name] as const)),
  );
  const ready = names.filter((name) => waiting.get(name) === 0);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    found.set(name, beyond(neighbours(name), found));
    for (const dependant of dependants.get(name) ?? []) {
      const left = (waiting.get(dependant) ?? 0) - 1;
      waiting.set(dependant, left);
      if (left === 0) ready.push(dependant);
    }
  }
  return found;
}

/** One call more than the neighbour with the longest chain, the first by name among equals. */
function beyond(neighbours: readonly string[], found: ReadonlyMap<string, Longest>): Longest {
  let best: Longest = { calls: 0 };
  for (const through of [...neighbours].sort(compare)) {
    const calls = (found.get(through)?.calls ?? 0) + 1;
    if (calls > best.calls) best = { calls, through };
  }
  return best;
}
