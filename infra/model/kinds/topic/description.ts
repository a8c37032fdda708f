// Description schema: a topic, and the services that publish on it.
import type * as v from "valibot";
import { LONGEST_CHANNEL } from "../../../../components/kit/names";
import { accepting } from "../../acceptance";
import { flag, forms, list, matching, object, optional, record, sentence, text } from "../../schema/words";
import { EventContract, EventType, Version } from "./contract";

/** The name of a topic or queue. */
// -dead-letter and -undelivered end the names of dead-letter queues.
export const ChannelName = matching(
  /^(?!.*-(?:dead-letter|undelivered)$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  `lower-case letters, digits and single dashes, at most ${LONGEST_CHANNEL}; not ending in -dead-letter or -undelivered`,
  "shorten or respell it",
  LONGEST_CHANNEL,
);

/** A topic and what travels on it. */
export interface Topic extends v.InferOutput<typeof Topic> {}
export const Topic = object({
  /** Display name of the topic in notifications. */
  displayName: sentence("name it", 100),
  /** Events by type, which stands in the message attribute `event_type` (`ORDER_CREATED`), each with its contract. */
  events: record(EventType, EventContract),
  /** Whether messages keep their order within a group; publishers name the group and give a deduplication id. @default false */
  fifo: optional(flag()),
  ...accepting,
});
const SOME_EVENTS = { allowed: "at least one event type", remedy: "name what it publishes, or remove the topic" };

/** Events that a service publishes on a topic: of the contract's version, or of another. */
export type Publication = v.InferOutput<typeof Publication>;
export const Publication = forms("a list of event types, or a mapping from event types to { version }", {
  list: list(EventType, { least: 1, ...SOME_EVENTS }),
  mapping: record(EventType, object({ version: optional(Version) }), SOME_EVENTS),
});

/** Keys of a system. */
export const system = {
  /** Topics by name (`order-events`), each with the events that travel on it. */
  topics: record(ChannelName, Topic),
};
/** Keys of a service. */
export const service = {
  /** Events it publishes, by topic. @default none */
  publishes: optional(record(text(), Publication)),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Topics on which it publishes what its service publishes. @default none */
  publishes: optional(list(text())),
};
