// The context map: which context depends on which, because an edge between their services says so or they do.
import { publishersOf } from "../kinds/topic/derive";
import { compare, gathered, sorted } from "../order";
import type { ContextPlan } from "../plan";
import { queuesOf, readingsOf } from "../kinds/queue/selection";
import type { Service, System } from "../system";

/** Every context with the contexts that it depends on, by name. */
export function contextPlans(system: System): ContextPlan[] {
  const dependencies = gathered(
    [...serviceDependencies(system)].flatMap(([name, contexts]) =>
      [...contexts].map((context) => [system.services[name]?.context ?? "", context] as const),
    ),
  );
  return sorted(system.contexts).map(([name, { description, entities, valueObjects = [], relations = {} }]) => ({
    name,
    description,
    entities: [...entities],
    valueObjects: [...valueObjects],
    dependsOn: [...new Set([...(dependencies.get(name) ?? []), ...Object.keys(relations)])]
      .filter((context) => relations[context] !== "separate-ways")
      .sort(compare)
      .map((context) => ({ context, relation: relations[context] ?? "customer-supplier" })),
  }));
}

/** The contexts other than its own that each service's edges lead to: it calls their services or consumes their events. */
export function serviceDependencies(system: System): ReadonlyMap<string, ReadonlySet<string>> {
  const publishing = publishingContexts(system);
  const consumers = new Map(
    Object.entries(system.services).flatMap(([name, { consumes = {} }]) =>
      Object.keys(consumes).map((queue) => [queue, name] as const),
    ),
  );
  return new Map(
    Object.entries(system.services).map(([name, service]) => {
      const contexts = [
        ...calledContexts(service, system, consumers),
        ...heardContexts(name, service, system, publishing),
      ];
      return [name, new Set(contexts.filter((context) => context !== service.context))];
    }),
  );
}

function calledContexts(
  { calls = {}, sendsTo = [] }: Service,
  system: System,
  consumers: ReadonlyMap<string, string>,
): string[] {
  const receivers = sendsTo.flatMap((queue) => consumers.get(queue) ?? []);
  return [...Object.keys(calls), ...receivers].flatMap((callee) => system.services[callee]?.context ?? []);
}

function heardContexts(
  name: string,
  service: Service,
  system: System,
  publishing: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  return queuesOf(name, service).flatMap(({ from = {} }) =>
    Object.entries(from).flatMap(([topic, selection]) =>
      readingsOf(selection, Object.keys(system.topics[topic]?.events ?? {})).flatMap(([type]) => [
        ...(publishing.get(`${topic} ${type}`) ?? []),
      ]),
    ),
  );
}

/** The contexts that publish an event, by `topic type`. */
export function publishingContexts(system: System): Map<string, Set<string>> {
  return new Map(
    [...publishersOf(system)].map(([event, ones]) => [
      event,
      new Set(ones.flatMap(({ service }) => system.services[service]?.context ?? [])),
    ]),
  );
}

/** The contexts that own each entity: one, unless something is wrong. */
export function entityOwners(system: System): Map<string, string[]> {
  return gathered(
    sorted(system.contexts).flatMap(([context, { entities }]) =>
      [...new Set(entities)].map((entity) => [entity, context] as const),
    ),
  );
}
