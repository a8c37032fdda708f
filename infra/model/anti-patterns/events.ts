// Functions that rules about events share.
import type { EventPlan } from "../plan";
import type { EventContract, JsonSchema } from "../system";
import type { Graph } from "./graph";
import { topicAt } from "./rule";

/** An event with its topic. */
export interface TopicEvent {
  readonly topic: string;
  readonly event: EventPlan;
  /** `topics.order-events.events.ORDER_CREATED` */
  readonly path: string;
  /** `order-events/ORDER_CREATED` */
  readonly label: string;
}

/** Every event of every topic, by name. */
export function eventsOf({ topics }: Graph): TopicEvent[] {
  return topics.flatMap(({ name, events }) =>
    events.map((event) => ({
      topic: name,
      event,
      path: `${topicAt(name)}.events.${event.type}`,
      label: `${name}/${event.type}`,
    })),
  );
}

/** Path of a queue in the description: `services.order.consumes.jobs`. */
export function consumptionAt(queue: string, { consumptions }: Graph): string {
  return consumptions.get(queue) ?? "";
}

/** Services, each once. */
export function services(ones: readonly { readonly service: string }[]): string[] {
  return [...new Set(ones.map(({ service }) => service))];
}

/** The schema of one version of a contract; undefined when the contract says nothing of it. */
export function schemaOf(contract: EventContract, version: string): JsonSchema | undefined {
  if (version === (contract.version ?? "1.0")) return contract.schema;
  return Object.entries(contract.earlier ?? {}).find(([earlier]) => earlier === version)?.[1];
}

/** The versions that a contract has, earliest first. */
export function versionsOf(contract: EventContract): string[] {
  return [...Object.keys(contract.earlier ?? {}), contract.version ?? "1.0"].sort(byVersion);
}

/** Order of versions. */
export function byVersion(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major - otherMajor || minor - otherMinor;
}

/** `2` of `2.1` */
export function majorOf(version: string): string {
  return version.split(".")[0] ?? "";
}
