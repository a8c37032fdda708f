// The context map: which context depends on which, because an edge between their services says so or they do.
import { compare, sorted } from "./order";
import type { ContextPlan } from "./plan";
import { publicationsOf, queuesOf, readingsOf } from "./selection";
import type { Service, System } from "./system";

/** Every context with the contexts that it depends on, by name. */
export function contextPlans(system: System): ContextPlan[] {
  const dependencies = contextDependencies(system);
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

/** The contexts that each context's edges lead to: it calls their services, or hears their events. */
export function contextDependencies(system: System): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [name, contexts] of serviceDependencies(system)) {
    const own = system.services[name]?.context ?? "";
    const needed = found.get(own) ?? new Set<string>();
    for (const context of contexts) needed.add(context);
    found.set(own, needed);
  }
  return found;
}

/** The contexts other than its own that each service's edges lead to. */
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
  const found = new Map<string, Set<string>>();
  for (const { context, publishes = {} } of Object.values(system.services)) {
    for (const [topic, publication] of Object.entries(publishes)) {
      for (const [type] of publicationsOf(publication)) {
        const key = `${topic} ${type}`;
        found.set(key, (found.get(key) ?? new Set()).add(context));
      }
    }
  }
  return found;
}
