// A consumer that can't do without a field which its message may not have.
import type { JsonSchema } from "../system";
import { consumptionAt, eventsOf, schemaOf, type TopicEvent } from "./events";
import type { Graph } from "./graph";
import { type Rule, serviceAt, type Sighting, topicAt, trail } from "./rule";

export const missingField: Rule = {
  id: "missing-field",
  severity: "error",
  allowed: "needs that the published version's schema requires",
  why: "the consumer fails on a message that keeps the contract",
  find: (graph) => eventsOf(graph).flatMap((one) => unmet(one, graph)),
};

function unmet({ topic, event, label }: TopicEvent, graph: Graph): Sighting[] {
  return event.consumers.flatMap(({ service, queue, needs }) =>
    event.publishers.flatMap((publisher) => {
      const schema = schemaOf(event, publisher.version);
      if (schema === undefined) return [];
      const at = consumptionAt(queue, graph);
      return needs.flatMap((field) => {
        const missing = missingIn(schema, field);
        if (missing === undefined) return [];
        return [
          {
            path: `${at}.from.${topic}.${event.type}.needs`,
            found: `${trail(publisher.service, label, service)}: needs ${field}, and ${missing} in ${publisher.version}`,
            remedy: `let ${service} do without ${field}, or publish a version that requires it`,
            places: [at, serviceAt(service), topicAt(topic)],
          },
        ];
      });
    }),
  );
}

/** The first part of a field's path that a message may lack; undefined when every message has the field. */
function missingIn(schema: JsonSchema, field: string): string | undefined {
  let here: JsonSchema | undefined = schema;
  let path = "";
  for (const name of field.split(".")) {
    while (here?.items) here = here.items;
    const { properties = {}, required = [] }: JsonSchema = here ?? { type: "null" };
    path = path === "" ? name : `${path}.${name}`;
    if (!Object.hasOwn(properties, name)) return `there is no ${path}`;
    if (!required.includes(name)) return `${path} is optional`;
    here = properties[name];
  }
  return undefined;
}
