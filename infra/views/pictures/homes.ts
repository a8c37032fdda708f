// Where in a picture each thing of a plan is: the card that shows it, and the context around that card.
import { edgesTo, nodesOf } from "../../model/lookup";
import type { Plan } from "../../model/plan";
import { node } from "./edges";

export interface Homes {
  /** The card that shows a thing, itself or in a row: `queue:orders` is in its consumer's. */
  readonly cardOf: (thing: string) => string;
  /** The context around a card; undefined: none. */
  readonly contextOf: (card: string) => string | undefined;
}

/** A queue is in its consumer's card, a topic in its publisher's if it has only one. */
export function homesOf(plan: Plan): Homes {
  const cards = new Map(nodesOf(plan, "queue").map(({ name, consumer }) => [node.queue(name), node.service(consumer)]));
  for (const { name } of nodesOf(plan, "topic")) {
    const publisher = onlyPublisher(name, plan);
    if (publisher !== undefined) cards.set(node.topic(name), node.service(publisher));
  }
  const contexts = new Map(plan.services.map(({ name, context }) => [node.service(name), node.context(context)]));
  return { cardOf: (thing) => cards.get(thing) ?? thing, contextOf: (card) => contexts.get(card) };
}

/** The service that alone publishes on a topic. */
export function onlyPublisher(topic: string, plan: Plan): string | undefined {
  const services = new Set(plan.services.map(({ name }) => name));
  const [only, ...others] = edgesTo(plan, { kind: "topic", name: topic }, "publishes").filter(({ from }) =>
    services.has(from),
  );
  return others.length === 0 ? only?.from : undefined;
}
