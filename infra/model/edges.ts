// The edges between services: calls, queues and copies of each other's data.
import type { Duration } from "../../components/base/units";
import type { Accepting } from "./acceptance";
import type { EventType, Version } from "./contract";

/** How a call to another service behaves when that service is slow or down. */
export interface CallPolicy extends Accepting {
  /** Operations of the callee that are called, of those in its `offers`. @default all of them */
  readonly operations?: readonly string[];
  /** Longest wait for one attempt; "none" waits for ever. @default "3s" */
  readonly timeout?: Duration | "none";
  /** Attempts after the first, with exponential backoff. @default 2, or 0 where an operation must happen once */
  readonly retries?: number;
  /** Wait before the first retry; it doubles with each. @default "100ms" */
  readonly backoff?: `${number}ms` | Duration;
  /** Failures in a row after which calls fail at once, and for how long; "none" goes on calling. @default 5 failures, "60s" */
  readonly breaker?: { readonly failures: number; readonly reset: Duration } | "none";
  /** Calls under way at once from one task; more wait in vain. @default 20 */
  readonly bulkhead?: number;
  /** Calls that one request of the caller makes. @default 1 */
  readonly perRequest?: number;
  /** Whether an answer that is a moment old would do. @default "strong" */
  readonly consistency?: "strong" | "eventual";
}

/** A queue, seen from the service that consumes it. */
export interface Consumption extends Accepting {
  /** Event types that reach the queue, by topic; "all" sets no filter. @default none: fed by `sendsTo` only */
  readonly from?: Readonly<Record<string, EventSelection>>;
  /** How long handling a message takes at most. @default a sixth of `visibilityTimeout` */
  readonly handlingTime?: Duration;
  /** How long a message stays hidden while it is handled. @default six times `handlingTime`, or "30s" */
  readonly visibilityTimeout?: Duration;
  /** Receives before a message goes to the dead-letter queue. @default 5 */
  readonly maxReceiveCount?: number;
  /** Whether messages that can't be handled are kept in a queue of their own. @default true */
  readonly deadLetter?: boolean;
}

/** Events of a topic: all, some, or some with what the consumer knows of them. */
export type EventSelection = "all" | readonly EventType[] | Readonly<Record<EventType, Reading>>;

/** What a consumer was written for. */
export interface Reading {
  /** The version it was written for. @default the one that is published */
  readonly version?: Version;
  /** Fields that it can't do without, dots for those inside (`items.productId`). @default none in particular */
  readonly needs?: readonly string[];
}

/** Events that a service publishes on a topic: of the contract's version, or of another. */
export type Publication = readonly EventType[] | Readonly<Record<EventType, { readonly version?: Version }>>;

/** A copy of another context's entity that a service keeps up to date from that context's events. */
export interface Projection extends Accepting {
  /** The events that change the entity, by topic. */
  readonly from: Readonly<Record<string, EventSelection>>;
  /** How old the copy may be before somebody is told. @default "5m" */
  readonly staleness?: Duration;
}
