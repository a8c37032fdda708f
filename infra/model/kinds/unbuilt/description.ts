// What can be described before it can be built: stores of other kinds.
import type * as v from "valibot";
import { object, optional, sentence } from "../../schema/words";

/** A store that can be described before it can be built. */
export interface Engine extends v.InferOutput<typeof Engine> {}
export const Engine = object({
  /** Why this kind of store. */
  reason: sentence("say why this kind of store"),
});

/** Keys under `owns` of a service. */
export const owns = {
  /** A column store for analytical queries (ClickHouse). Not built yet: a description that has one is refused. */
  analytics: optional(Engine),
};
