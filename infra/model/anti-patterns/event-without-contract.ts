// An event without a contract.
import { eventsOf, services } from "./events";
import { listed, type Rule, topicAt, trail } from "./rule";

export const eventWithoutContract: Rule = {
  id: "event-without-contract",
  severity: "warning",
  allowed: "events with a schema",
  why: "nobody can tell which change of it breaks which consumer",
  find: (graph) =>
    eventsOf(graph).flatMap(({ topic, event, path, label }) => {
      if (event.schema !== undefined) return [];
      const ends = [listed(services(event.publishers)), label, listed(services(event.consumers))];
      return [
        {
          path: `${path}.schema`,
          found: `${trail(...ends.filter((end) => end !== ""))}: no schema`,
          remedy: 'write what it carries: schema: message({ orderId: "uuid" })',
          places: [topicAt(topic)],
        },
      ];
    }),
};
