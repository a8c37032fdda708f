// An event that is published and has no consumer.
import { eventsOf, services } from "./events";
import { listed, type Rule, topicAt, trail } from "./rule";

export const eventWithoutConsumer: Rule = {
  id: "event-without-consumer",
  severity: "warning",
  allowed: "events that a service consumes",
  why: "it costs work and has to be kept compatible, for nobody",
  find: (graph) =>
    eventsOf(graph).flatMap(({ topic, event, path, label }) => {
      if (event.consumers.length > 0 || event.publishers.length === 0) return [];
      return [
        {
          path,
          found: `${trail(listed(services(event.publishers)), label)}: nobody consumes it`,
          remedy: "let the service that needs it consume it (consumes), or remove it from publishes and from the topic",
          places: [topicAt(topic)],
        },
      ];
    }),
};
