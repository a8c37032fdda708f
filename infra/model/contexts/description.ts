// A bounded context, as a description has it.
import type * as v from "valibot";
import { accepting } from "../acceptance";
import { list, matching, object, oneOf, optional, record, sentence, text } from "../schema/words";

/**
 * How a context stands to one that it depends on.
 *
 * - `customer-supplier`: the other plans for its needs
 * - `partnership`: both succeed or fail together and plan together
 * - `conformist`: it takes the other's model as it is
 * - `anticorruption-layer`: it translates the other's model at its border
 * - `separate-ways`: it has nothing to do with the other; an edge between them is an error
 */
export type Relation = v.InferOutput<typeof Relation>;
export const Relation = oneOf(
  "customer-supplier",
  "partnership",
  "conformist",
  "anticorruption-layer",
  "separate-ways",
);

const Thing = matching(/^[A-Za-z][A-Za-z0-9]*$/, "letters and digits, a letter first (OrderLine)", "respell it", 100);

/** A bounded context of the domain: a part in which each word has one meaning. */
export interface Context extends v.InferOutput<typeof Context> {}
export const Context = object({
  /** What it is about, in a few words. */
  description: sentence("say what it is about"),
  /** The entities it owns (`Order`, `OrderLine`): things with an identity; each has one owner in the system. */
  entities: list(Thing, {
    least: 1,
    allowed: "at least one entity",
    remedy: "name what the context owns",
  }),
  /** What it describes things with (`Money`, `Address`): values without an identity, which no other context uses. @default none */
  valueObjects: optional(list(Thing)),
  /**
   * How it stands to the contexts that it depends on, by their names.
   * @default "customer-supplier" for each context that an edge leads to
   */
  relations: optional(record(text(), Relation)),
  ...accepting,
});
export const ContextName = matching(
  /^[A-Za-z][\w -]*$/,
  "letters, digits, dashes and spaces, a letter first, at most 100",
  "respell it",
  100,
);
