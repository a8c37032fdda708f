// Work across services that either is done as a whole or is undone.
import type * as v from "valibot";
import { accepting } from "../../acceptance";
import { duration, forms, list, matching, object, optional, record, sentence, text } from "../../schema/words";

/** One step of a saga. */
export interface SagaStep extends v.InferOutput<typeof SagaStep> {}
export const SagaStep = object({
  /** `reserveInventory` */
  name: matching(/^[A-Za-z]\w*$/, "letters, digits and underscores, a letter first"),
  /** The service that does it. */
  service: text(),
  /** The command that the service receives. */
  command: sentence("name the command that the service receives"),
  /**
   * The command of the same service that undoes the step, or why there is nothing to undo.
   * @default none, which is an anti-pattern in every step but the last
   */
  compensation: optional(
    forms("a command, or { unneeded: why there is nothing to undo }", {
      text: sentence("name the command that undoes the step"),
      mapping: object({ unneeded: sentence("say why there is nothing to undo") }),
    }),
  ),
  /** @default "1m" */
  timeout: optional(duration("1s", "1d")),
  ...accepting,
});

/** A saga: steps in order, each with what undoes it. */
export interface Saga extends v.InferOutput<typeof Saga> {}
export const Saga = object({
  /** What it achieves, in a few words. */
  description: sentence("say what it achieves"),
  /** The service that begins it and receives its result. */
  startedBy: text(),
  steps: list(SagaStep, {
    least: 2,
    most: 100,
    allowed: "at least two steps: one is done or not, and there is nothing to undo",
    remedy: "name the other steps, or let a service do it alone",
  }),
  ...accepting,
});

/** Keys of a system. */
export const system = {
  /** Work across services that is undone when a part of it fails, by name. @default none */
  sagas: optional(
    record(
      matching(
        /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
        "lower-case letters, digits and single dashes, at most 40",
        "shorten or respell it; it becomes part of resource names",
        40,
      ),
      Saga,
    ),
  ),
};
