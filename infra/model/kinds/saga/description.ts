// Work across services that is done as a whole or compensated.
import type * as v from "valibot";
import { accepting } from "../../acceptance";
import {
  duration,
  flag,
  forms,
  list,
  matching,
  object,
  optional,
  record,
  sentence,
  text,
  whole,
} from "../../schema/words";

/** One step of a saga. */
export interface SagaStep extends v.InferOutput<typeof SagaStep> {}
export const SagaStep = object({
  /** `reserveInventory` */
  name: matching(
    /^[A-Za-z]\w*$/,
    "letters, digits and underscores, a letter first, at most 60",
    "shorten or respell it; it becomes the name of a state",
    60,
  ),
  /** The service that does it. It receives the command in its queue `<service>-commands` and answers with the task token of the command. */
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
  /** Time from the command to the answer, for each try; the wait in the queue counts. @default "1m" */
  timeout: optional(duration("1s", "1d")),
  /** Longest time between two signs of life of the service, from the command on; less than `timeout`. @default the service need not give any */
  heartbeat: optional(duration("1s", "12h")),
  /** Further tries when a try ends without an answer or with an unknown error. The service does a repeated command once. @default 2 */
  retries: optional(whole(0, 10)),
  /** Whether the saga goes on when the step fails for good; such a step has no compensation. @default false: the saga is compensated */
  optional: optional(flag()),
  ...accepting,
});

/** A saga: steps in order, each with what undoes it. */
export interface Saga extends v.InferOutput<typeof Saga> {}
export const Saga = object({
  /** What it achieves, in a few words. */
  description: sentence("say what it achieves"),
  /** The service that starts it. It receives the outcome in its queue `<service>-commands`. */
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
  /** Work across services that is compensated when a part of it fails, by name. @default none */
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
