// An event store of a service, as a description has it.
import type * as v from "valibot";
import { days, matching, object, optional, record, sentence, text } from "../../schema/words";
import { Code, WorkloadName } from "../function/description";
import { TableIndex } from "../table/description";

/** A read model: one item for each aggregate, computed from its events. */
export interface EventProjection extends v.InferOutput<typeof EventProjection> {}
export const EventProjection = object({
  /** What it shows, in a few words. */
  description: sentence("say what it shows", 256),
  /** Code that exports `handler = projector({ … })` of `archipelago/runtime`. */
  code: Code,
  /** Other attributes by which the service queries the items. @default none: items are found by `aggregateId` */
  indexes: optional(record(text(), TableIndex)),
});

/** Events of aggregates, which are only added; the state of an aggregate follows from its events. */
export interface EventStore extends v.InferOutput<typeof EventStore> {}
export const EventStore = object({
  /**
   * FIFO topic that receives every event, in order for each aggregate and at least once. The service names it in `publishes`; only the relay of
   * the store publishes on it.
   * @default events are not published
   */
  topic: optional(text()),
  /** Read models by name, each with a table and a function of its own; two at most, one with `topic`. @default none */
  projections: optional(record(WorkloadName, EventProjection)),
  /** How far back the events can be restored. @default "35d" */
  recoveryPeriod: optional(days(1, 35)),
});

// `<store>-positions` and the function `<store>-relay` are named after it.
const LONGEST_STORE = 14;
const StoreName = matching(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  `lower-case letters, digits and single dashes, at most ${LONGEST_STORE}`,
  "shorten or respell it",
  LONGEST_STORE,
);

/** Keys under `owns` of a service. */
export const owns = {
  /** Event stores by name (`orders`). @default none */
  eventStores: optional(record(StoreName, EventStore)),
};
