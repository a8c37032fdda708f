// An event without a publisher.
import { eventsOf, services } from "./events";
import { listed, type Rule, topicAt, trail } from "./rule";

export const eventWithoutPublisher: Rule = {
  id: "event-without-publisher",
  severity: "error",
  allowed: "events that a service publishes",
  why: "who consumes it waits for something that never comes",
  find: (graph) =>
    eventsOf(graph).flatMap(({ topic, event, path, label }) => {
      if (event.publishers.length > 0) return [];
      const waiting = listed(services(event.consumers));
      return [
        {
          path,
          found: `${waiting === "" ? label : trail(label, waiting)}: nobody publishes it`,
          remedy: "add it to a service's publishes, or remove it from the topic and from what consumes it",
          places: [topicAt(topic)],
        },
      ];
    }),
};
