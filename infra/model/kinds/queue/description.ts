// The edges between services: calls, queues and copies of each other's data.
import { CALL_LIMITS } from "../../../../components/kit/limits";
import type * as v from "valibot";
import { accepting } from "../../acceptance";
import { EventType, Version } from "../topic/contract";
import {
  either,
  flag,
  forms,
  duration,
  list,
  matching,
  object,
  oneOf,
  optional,
  precise,
  record,
  text,
  whole,
} from "../../schema/words";
import { LONGEST_NAME } from "./selection";

/** The name of a topic or queue. */
// -dead-letter and -undelivered end the names of dead-letter queues.
export const ChannelName = matching(
  /^(?!.*-(?:dead-letter|undelivered)$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  `lower-case letters, digits and single dashes, at most ${LONGEST_NAME}; not ending in -dead-letter or -undelivered`,
  "shorten or respell it",
  LONGEST_NAME,
);

/** How a call to another service behaves when that service is slow or down. */
export interface CallPolicy extends v.InferOutput<typeof CallPolicy> {}
export const CallPolicy = object({
  /** Operations of the callee that are called, of those in its `offers`. @default all of them */
  operations: optional(list(text())),
  /** Longest wait for one attempt; "none" waits for ever. @default "3s" */
  timeout: optional(either("none", duration(...CALL_LIMITS.timeout))),
  /** Attempts after the first, with exponential backoff. @default 2, or 0 where an operation must happen once */
  retries: optional(whole(...CALL_LIMITS.retries)),
  /** Wait before the first retry; it doubles with each. @default "100ms" */
  backoff: optional(precise(...CALL_LIMITS.backoff)),
  /** Failures in a row after which calls fail at once, and for how long; "none" goes on calling. @default 5 failures, "60s" */
  breaker: optional(
    either(
      "none",
      object({ failures: whole(...CALL_LIMITS.breakerFailures), reset: duration(...CALL_LIMITS.breakerReset) }),
    ),
  ),
  /** Calls under way at once from one task; more wait in vain. @default 20 */
  bulkhead: optional(whole(...CALL_LIMITS.bulkhead)),
  /** Calls that one request of the caller makes. @default 1 */
  perRequest: optional(whole(1, 1000)),
  /** Whether an answer that is a moment old would do. @default "strong" */
  consistency: optional(oneOf("strong", "eventual")),
  ...accepting,
});

/** What a consumer was written for. */
export interface Reading extends v.InferOutput<typeof Reading> {}
export const Reading = object({
  /** The version it was written for. @default the one that is published */
  version: optional(Version),
  /** Fields that it can't do without, dots for those inside (`items.productId`). @default none in particular */
  needs: optional(list(text())),
});

/** Events of a topic: all, some, or some with what the consumer knows of them. */
export type EventSelection = v.InferOutput<typeof EventSelection>;
export const EventSelection = forms(
  '"all", a list of event types, or a mapping from event types to what is needed of them',
  {
    text: oneOf("all"),
    list: list(text(), { least: 1, allowed: '"all" or at least one event type', remedy: "name what it consumes" }),
    mapping: record(text(), Reading),
  },
);

/** A queue, seen from the service that consumes it. */
export interface Consumption extends v.InferOutput<typeof Consumption> {}
export const Consumption = object({
  /** Event types that reach the queue, by topic; "all" sets no filter. @default none: fed by `sendsTo` only */
  from: optional(record(text(), EventSelection)),
  /** How long handling a message takes at most. @default a sixth of `visibilityTimeout` */
  handlingTime: optional(duration("1s", "2h")),
  /** How long a message stays hidden while it is handled. @default six times `handlingTime`, or "30s" */
  // SQS allows 0 s, with which every message is handled by several tasks at once.
  visibilityTimeout: optional(duration("1s", "12h")),
  /** Receives before a message goes to the dead-letter queue. @default 5 */
  maxReceiveCount: optional(whole(1, 1000)),
  /** Whether messages that can't be handled are kept in a queue of their own. @default true */
  deadLetter: optional(flag()),
  ...accepting,
});

/** Events that a service publishes on a topic: of the contract's version, or of another. */
export type Publication = v.InferOutput<typeof Publication>;
export const Publication = forms("a list of event types, or a mapping from event types to { version }", {
  list: list(EventType, {
    least: 1,
    allowed: "at least one event type",
    remedy: "name what it publishes, or remove the topic",
  }),
  mapping: record(EventType, object({ version: optional(Version) })),
});

/** A copy of another context's entity that a service keeps up to date from that context's events. */
export interface Projection extends v.InferOutput<typeof Projection> {}
export const Projection = object({
  /** The events that change the entity, by topic. */
  from: record(text(), EventSelection),
  /** How old the copy may be before an alarm is raised. @default "5m" */
  staleness: optional(duration("1m", "1d")),
  ...accepting,
});
