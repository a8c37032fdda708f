// Event stores of a service. Their tables and functions are derived by those kinds (parts.ts); here they are only described and checked.
import type { Findings } from "../../findings";
import type { System } from "../../system";
import type { Kind } from "../kind";
import { publicationsOf } from "../queue/selection";
import { type EventStore, owns } from "./description";
import { storeFunctions, storeTables } from "./parts";

const describes = { owns };

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-dynamodb-streams: more than two readers of a shard
 * are throttled.
 */
const MOST_READERS = 2;

export const eventStore: Kind<typeof describes> = {
  describes,

  conflicts(system, findings) {
    for (const [name, { owns: { eventStores = {} } = {} }] of Object.entries(system.services)) {
      const topics = new Map<string, string>();
      for (const [store, settings] of Object.entries(eventStores)) {
        const path = `services.${name}.owns.eventStores.${store}`;
        checkTopic(path, name, settings, system, findings);
        checkNames(path, name, store, system, findings);
        const { topic } = settings;
        if (topic === undefined) continue;
        const other = topics.get(topic);
        findings.require(
          other === undefined,
          `${path}.topic`,
          topic,
          `a topic of its own; the store ${other ?? ""} has it`,
          "give each store a topic: the ids of its aggregates are unique in a store only",
        );
        topics.set(topic, store);
      }
    }
  },
};

function checkTopic(
  path: string,
  service: string,
  { topic, projections = {} }: EventStore,
  system: System,
  findings: Findings,
) {
  const readers = Object.keys(projections).length + (topic === undefined ? 0 : 1);
  findings.require(
    readers <= MOST_READERS,
    `${path}.projections`,
    Object.keys(projections),
    `at most ${topic === undefined ? "2" : "1 beside a topic"}: two functions at most read the stream of a table`,
    topic === undefined ? "show more with one of them" : "let a service consume the topic, and keep the others there",
  );
  findings.require(readers > 0, path, {}, "a topic or a projection: nothing reads the events", "name one of them");
  if (topic === undefined) return;
  const known = system.topics[topic];
  findings.requireKnown(topic, Object.keys(system.topics), `${path}.topic`, "topic");
  if (known === undefined) return;
  findings.require(
    known.fifo === true,
    `${path}.topic`,
    topic,
    "a topic with fifo: true, because events keep their order for each aggregate",
    `set fifo: true on topics.${topic}`,
  );
  const published = publicationsOf(system.services[service]?.publishes?.[topic] ?? []);
  findings.require(
    published.length > 0,
    `${path}.topic`,
    topic,
    "a topic on which its service publishes",
    `name the event types in services.${service}.publishes.${topic}`,
  );
  for (const [other, { publishes = {} }] of Object.entries(system.services)) {
    findings.require(
      other === service || !Object.hasOwn(publishes, topic),
      `services.${other}.publishes.${topic}`,
      topic,
      `a topic that is not the one of an event store; ${service} publishes the events of its store on this one`,
      "publish on another topic",
    );
  }
}

/** Tables and functions of a store have names that nothing else of the service has. */
function checkNames(path: string, service: string, store: string, system: System, findings: Findings): void {
  const { owns: { tables = {}, eventStores = {} } = {}, functions = {}, jobs = {} } = system.services[service] ?? {};
  const others = Object.entries(eventStores).filter(([name]) => name < store);
  const settings = eventStores[store] ?? {};
  const taken = {
    table: [...Object.keys(tables), ...others.flatMap(([name, other]) => Object.keys(storeTables(name, other)))],
    function: [
      ...Object.keys({ ...functions, ...jobs }),
      ...others.flatMap(([name, other]) => storeFunctions("", name, other).map((one) => one.name)),
    ],
  };
  const used = {
    table: Object.keys(storeTables(store, settings)),
    function: storeFunctions("", store, settings).map((one) => one.name),
  };
  for (const what of ["table", "function"] as const) {
    const both = used[what].filter((name) => taken[what].includes(name));
    findings.require(
      both.length === 0 && new Set(used[what]).size === used[what].length,
      path,
      store,
      `a store whose ${what}s have names that no other ${what} of ${service} has: ${used[what].join(", ")}`,
      "rename the store, its projection, or the other one",
    );
  }
  findings.require(
    !Object.hasOwn(settings.projections ?? {}, store),
    `${path}.projections.${store}`,
    store,
    "another name than the store's: both name a table",
    "rename the projection",
  );
}
