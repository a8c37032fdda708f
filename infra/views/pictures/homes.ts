// Where in a picture each thing of a plan is: the card that shows it, and the context around that card.
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
  const cards = new Map(plan.queues.map(({ name, consumer }) => [node.queue(name), node.service(consumer)]));
  for (const { name } of plan.topics) {
    const publisher = onlyPublisher(name, plan);
    if (publisher !== undefined) cards.set(node.topic(name), node.service(publisher));
  }
  const contexts = new Map(plan.services.map(({ name, context }) => [node.service(name), node.context(context)]));
  return { cardOf: (thing) => cards.get(thing) ?? thing, contextOf: (card) => contexts.get(card) };
}

/** The service that alone publishes on a topic. */
export function onlyPublisher(topic: string, { services }: Plan): string | undefined {
  const publishing = services.filter(({ publishes }) => publishes.some((one) => one.topic === topic));
  return publishing.length === 1 ? publishing[0]?.name : undefined;
}
