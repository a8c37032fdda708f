// Derives topics with the publishers and consumers of each event.
import { compare, gathered, sorted } from "../../order";
import type { EventPlan, SubscriptionPlan, TopicPlan } from "../../plan";
import { consumedQueues, publicationsOf, readingsOf, typesOf } from "../queue/selection";
import type { EventContract, System } from "../../system";

/** A system is judged and derived, and that once for each stack: its topics are always the same. */
const known = new WeakMap<System, readonly TopicPlan[]>();

/** Every topic with its events, by name. */
export function topicPlans(system: System): readonly TopicPlan[] {
  const plans = known.get(system) ?? topicsOf(system);
  known.set(system, plans);
  return plans;
}

function topicsOf(system: System): TopicPlan[] {
  const published = publishersOf(system);
  const consumed = consumers(system);
  const delivered = gathered(subscriptionsOf(system));
  return sorted(system.topics).map(([name, { displayName, events, fifo }]) => ({
    name,
    displayName,
    ...(fifo === true && { fifo }),
    events: sorted(events).map(([type, contract]) => eventPlan(name, type, contract, published, consumed)),
    subscriptions: [...(delivered.get(name) ?? [])].sort((a, b) => compare(a.queue, b.queue)),
  }));
}

type Publishers = ReadonlyMap<string, readonly Named<"service">[]>;
type Consumers = ReadonlyMap<string, readonly (Named<"service" | "queue"> & { readonly needs: readonly string[] })[]>;
type Named<Keys extends string> = Readonly<Record<Keys, string>> & {
  readonly version: EventPlan["version"] | undefined;
};

function eventPlan(
  topic: string,
  type: string,
  contract: EventContract,
  published: Publishers,
  consumed: Consumers,
): EventPlan {
  const key = `${topic} ${type}`;
  const version = contract.version ?? "1.0";
  const versioned = <T extends { readonly version: EventPlan["version"] | undefined }>(one: T) => ({
    ...one,
    version: one.version ?? version,
  });
  return {
    type,
    ...contract,
    version,
    publishers: (published.get(key) ?? []).map(versioned),
    consumers: (consumed.get(key) ?? []).map(versioned),
  };
}

/** Publishers of each event, by `topic type`: services, with the version where they name one. */
export function publishersOf(system: System): Publishers {
  return gathered(
    sorted(system.services).flatMap(([service, { publishes = {} }]) =>
      sorted(publishes).flatMap(([topic, publication]) =>
        publicationsOf(publication).map(([type, version]) => [`${topic} ${type}`, { service, version }] as const),
      ),
    ),
  );
}

function consumers(system: System): Consumers {
  return gathered(
    consumedQueues(system).flatMap(({ consumer, queue }) =>
      sorted(queue.from ?? {}).flatMap(([topic, selection]) =>
        readingsOf(selection, Object.keys(system.topics[topic]?.events ?? {})).map(([type, reading]) => {
          const { version, needs = [] } = reading;
          return [`${topic} ${type}`, { service: consumer, queue: queue.name, version, needs }] as const;
        }),
      ),
    ),
  );
}

/** Deliveries to queues, by topic. */
function subscriptionsOf(system: System): [topic: string, subscription: SubscriptionPlan][] {
  return consumedQueues(system).flatMap(({ queue }) =>
    sorted(queue.from ?? {}).map(([topic, selection]): [string, SubscriptionPlan] => {
      const eventTypes = typesOf(selection);
      return [topic, { queue: queue.name, ...(eventTypes && { eventTypes }) }];
    }),
  );
}
