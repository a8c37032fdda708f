// What an event store consists of: tables and functions, which are planned, granted and built like those that a team describes.
//
// A table holds the events, and its stream starts two kinds of functions. The relay publishes events on the topic; a projector keeps a read model up to
// date. Neither depends on the order of the stream: the records of one transaction arrive in any order
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html). A record only says that an aggregate has new events;
// the function reads them from the table, in order, behind the version that it has handled already.
import type { Service } from "../../system";
import type { LambdaFunction, StreamSource } from "../function/description";
import type { Table } from "../table/description";
import type { EventStore } from "./description";

/** Attributes of the keys, as `EventStore` of the runtime has them. */
const KEYS = { partitionKey: "aggregateId", sortKey: { name: "version", type: "number" } } as const;

/** New events; snapshots are written anew and have no type. */
const NEW_EVENTS = { eventName: ["INSERT"], dynamodb: { NewImage: { type: { S: [{ exists: true }] } } } };

// Records live for a day. Tries end before, so that an aggregate whose events can't be handled does not hold up the others until they are lost.
const SOURCE: StreamSource = { filter: [NEW_EVENTS], retries: 50, maxAge: "12h", parallel: 10 };

/** Code that is part of the product. */
export interface ProvidedCode {
  readonly provided: "event-relay";
}

/** A function that a store consists of, with the place of the description that it comes from. */
export interface StoreFunction {
  readonly name: string;
  readonly path: string;
  readonly settings: Omit<LambdaFunction, "code"> & { readonly code: LambdaFunction["code"] | ProvidedCode };
}

type Owner = Pick<Service, "owns">;

/** Name of the table with the versions up to which events are published. */
export const positionsTable = (store: string): string => `${store}-positions`;

/** Tables of a service: those that it describes, and those of its event stores. */
export function tablesOf({ owns = {} }: Owner): Readonly<Record<string, Table>> {
  const { tables = {}, eventStores = {} } = owns;
  const ofStores = Object.entries(eventStores).flatMap(([name, store]) => Object.entries(storeTables(name, store)));
  return { ...tables, ...Object.fromEntries(ofStores) };
}

/** Tables of one event store, by name. */
export function storeTables(
  name: string,
  { topic, projections = {}, recoveryPeriod }: EventStore,
): Record<string, Table> {
  const kept = recoveryPeriod === undefined ? {} : { recoveryPeriod };
  const views = Object.entries(projections).map(([view, { indexes }]): [string, Table] => [
    view,
    { partitionKey: KEYS.partitionKey, ...(indexes && { indexes }), access: "reads", ...kept },
  ]);
  return {
    [name]: { ...KEYS, changes: "new", access: "reads-and-appends", ...kept },
    ...(topic !== undefined && {
      [positionsTable(name)]: { partitionKey: KEYS.partitionKey, access: "none", ...kept },
    }),
    ...Object.fromEntries(views),
  };
}

/** Functions of one event store. */
export function storeFunctions(path: string, name: string, { topic, projections = {} }: EventStore): StoreFunction[] {
  const on = { tables: { [name]: SOURCE } };
  const relay: StoreFunction[] =
    topic === undefined
      ? []
      : [
          {
            name: `${name}-relay`,
            path,
            settings: {
              description: `Publishes the events of ${name} on ${topic}, in order for each aggregate`,
              code: { provided: "event-relay" },
              timeout: "1m",
              on,
              uses: { tables: { [name]: "reads", [positionsTable(name)]: "reads-and-writes" }, publishes: [topic] },
              environment: { EVENT_STORE: name, EVENT_TOPIC: topic },
            },
          },
        ];
  const views = Object.entries(projections).map(([view, { description, code }]): StoreFunction => ({
    name: view,
    path: `${path}.projections.${view}`,
    settings: {
      ...{ description, code, timeout: "1m", on },
      uses: { tables: { [name]: "reads", [view]: "reads-and-writes" } },
      environment: { EVENT_STORE: name, EVENT_PROJECTION: view },
    },
  }));
  return [...relay, ...views];
}

/** Functions of all event stores of a service. */
export function storeFunctionsOf(service: string, { owns = {} }: Owner): StoreFunction[] {
  return Object.entries(owns.eventStores ?? {}).flatMap(([name, store]) =>
    storeFunctions(`services.${service}.owns.eventStores.${name}`, name, store),
  );
}

/** Topics on which the relays of a service publish: its tasks do not. */
export function relayedTopics({ owns = {} }: Owner): ReadonlySet<string> {
  return new Set(Object.values(owns.eventStores ?? {}).flatMap(({ topic }) => (topic === undefined ? [] : [topic])));
}
