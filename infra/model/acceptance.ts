// Exceptions from the anti-patterns: beside the edge that they excuse, with a reason and a day on which they end.
import type * as v from "valibot";
import { ANTI_PATTERNS } from "./anti-patterns/catalogue";
import { matching, object, oneOf, optional, record, sentence } from "./schema/words";

/** Why something that is usually wrong is right here, and until when. */
export interface Acceptance extends v.InferOutput<typeof Acceptance> {}
export const Acceptance = object({
  /** A sentence for the next reader. */
  reason: sentence("say why it is right here"),
  /** The last day on which it holds, as `YYYY-MM-DD` in UTC. */
  until: matching<`${number}-${number}-${number}`>(
    /^\d{4}-\d{2}-\d{2}$/,
    "a day as YYYY-MM-DD",
    'write it like "2027-03-31"',
  ),
});

/** A part of the description that may hold exceptions. */
export interface Accepting {
  /** Exceptions by the anti-pattern's name. @default none */
  readonly accepts?: v.InferOutput<typeof Accepts>;
}
const Accepts = record(oneOf(...ANTI_PATTERNS), Acceptance);
/** The key of each part that may hold exceptions. */
export const accepting = {
  /** Exceptions by the anti-pattern's name. @default none */
  accepts: optional(Accepts),
};
