// The short and the long ways to write an edge, brought to one form.
import { projectionQueue } from "../../../../components/kit/names";
import type { Consumption, EventSelection, Publication, Reading, Version, Service, System } from "../../system";
import { compare, sorted } from "../../order";

/** A queue of a service: one that it names, or one that keeps a copy of an entity up to date. */
export interface ConsumedQueue extends Consumption {
  readonly name: string;
  /** Path in the description, below the service (`consumes.jobs`). */
  readonly path: string;
  /** The entity of which the queue keeps a copy. */
  readonly projection?: string;
  /** The table that holds the copies. */
  readonly table?: string;
  /** How old the copy may be. */
  readonly staleness?: Consumption["handlingTime"];
}

/** The queues that a service consumes, by name. */
export function queuesOf(service: string, { consumes = {}, projects = {} }: Service): ConsumedQueue[] {
  const named = Object.entries(consumes).map(([name, consumption]) => ({
    ...consumption,
    name,
    path: `consumes.${name}`,
  }));
  const copies = Object.entries(projects).map(([entity, { from, table, staleness, accepts }]) => ({
    name: projectionQueue(service, entity),
    path: `projects.${entity}`,
    projection: entity,
    from,
    staleness: staleness ?? ("5m" as const),
    ...(table !== undefined && { table }),
    ...(accepts && { accepts }),
  }));
  return [...named, ...copies].sort((a, b) => compare(a.name, b.name));
}

/** The event types that a selection names, sorted; undefined when it takes all. */
export function typesOf(selection: EventSelection): string[] | undefined {
  if (selection === "all") return undefined;
  return isList(selection) ? [...selection].sort(compare) : Object.keys(selection).sort(compare);
}

/** Contract version and other settings of each event type that a selection includes. */
export function readingsOf(selection: EventSelection, carried: readonly string[]): [type: string, reading: Reading][] {
  if (selection === "all") return [...carried].sort(compare).map((type) => [type, {}]);
  if (isList(selection)) return [...selection].sort(compare).map((type) => [type, {}]);
  return Object.entries(selection).sort(([a], [b]) => compare(a, b));
}

/** The event types that are published, each with its version where one is named. */
export function publicationsOf(publication: Publication): [type: string, version: Version | undefined][] {
  if (isList(publication)) return [...publication].sort(compare).map((type) => [type, undefined]);
  return Object.entries(publication)
    .sort(([a], [b]) => compare(a, b))
    .map(([type, { version }]) => [type, version]);
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

/** Every queue of a system with the service that consumes it, by service and name. */
export function consumedQueues(system: System): { readonly consumer: string; readonly queue: ConsumedQueue }[] {
  return sorted(system.services).flatMap(([consumer, service]) =>
    queuesOf(consumer, service).map((queue) => ({ consumer, queue })),
  );
}
