// A queue, seen from the service that consumes it, and copies of other contexts' entities, as a description has them.
import type * as v from "valibot";
import { QUEUE_LIMITS } from "../../../../components/kit/limits";
import { accepting } from "../../acceptance";
import { duration, flag, forms, list, object, oneOf, optional, record, text, whole } from "../../schema/words";
import { Version } from "../topic/contract";
import { ChannelName } from "../topic/description";

/** The contract version that a consumer reads. */
export interface Reading extends v.InferOutput<typeof Reading> {}
export const Reading = object({
  /** The version it was written for. @default the one that is published */
  version: optional(Version),
  /** Fields that it can't do without, dots for those inside (`items.productId`). @default none in particular */
  needs: optional(list(text())),
});

const SOME_EVENTS = { allowed: '"all" or at least one event type', remedy: "name what it consumes" };

/** Events of a topic: all, some, or some with the contract version that the consumer reads. */
export type EventSelection = v.InferOutput<typeof EventSelection>;
export const EventSelection = forms(
  '"all", a list of event types, or a mapping from event types to what is needed of them',
  {
    text: oneOf("all"),
    list: list(text(), { least: 1, ...SOME_EVENTS }),
    mapping: record(text(), Reading, SOME_EVENTS),
  },
);

/** A queue, seen from the service that consumes it. */
export interface Consumption extends v.InferOutput<typeof Consumption> {}
export const Consumption = object({
  /** Event types that reach the queue, by topic; "all" sets no filter. @default none: fed by `sendsTo` only */
  from: optional(record(text(), EventSelection)),
  /** How long handling a message takes at most. @default a sixth of `visibilityTimeout` */
  handlingTime: optional(duration("1s", "2h")),
  /** Visibility timeout: how long a received message stays hidden from other consumers. @default six times `handlingTime`, or "30s" */
  // SQS allows 0 s, with which every message is handled by several tasks at once.
  visibilityTimeout: optional(duration("1s", QUEUE_LIMITS.visibilityTimeout[1])),
  /** Receives before a message goes to the dead-letter queue. @default 5 */
  maxReceiveCount: optional(whole(...QUEUE_LIMITS.maxReceiveCount)),
  /** How long a message waits before it can be received. @default "0s" */
  delay: optional(duration(...QUEUE_LIMITS.delay)),
  /** Retention of unhandled messages. @default "4d" */
  retention: optional(duration(...QUEUE_LIMITS.retention)),
  /** Whether messages keep their order within a group and are delivered once. Its topics are `fifo` too. @default false */
  fifo: optional(flag()),
  /** Whether messages that can't be handled are kept in a queue of their own. @default true */
  deadLetter: optional(flag()),
  ...accepting,
});

/** A copy of another context's entity that a service keeps up to date from that context's events. */
export interface Projection extends v.InferOutput<typeof Projection> {}
export const Projection = object({
  /** The events that change the entity, by topic. */
  from: record(text(), EventSelection),
  /**
   * Table of the service that holds the copies: its partition key is `id`, and it has no sort key. The runtime's `copies` keeps it up to date.
   * @default the service keeps them elsewhere
   */
  table: optional(text()),
  /** How old the copy may be before an alarm is raised. @default "5m" */
  staleness: optional(duration("1m", "1d")),
  ...accepting,
});

/** Keys of a service. */
export const service = {
  /** Queues it consumes, by name; each belongs to this service. @default none */
  consumes: optional(record(ChannelName, Consumption)),
  /** Entities of other contexts that it keeps a copy of, by name; each gets a queue of its own. @default none */
  projects: optional(record(text(), Projection)),
  /** Queues it sends work to directly, by name. @default none */
  sendsTo: optional(list(text())),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Queues it sends work to. @default none */
  sendsTo: optional(list(text())),
};
