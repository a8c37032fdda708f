// Work at set times, as a description has it.
import type * as v from "valibot";
import { duration, list, object, optional, record, sentence, text, whole } from "../../schema/words";
import { Uses } from "../function/uses";
import { WorkloadName } from "../function/description";
import { Cpu, Memory } from "../service/runtime";

/** Work at set times: the service's image with another command, or a call of a function. */
export interface Job extends v.InferOutput<typeof Job> {}
export const Job = object({
  /** What it is for. */
  description: sentence("say what it is for", 512),
  /** `cron(0 8 ? * MON-FRI *)`, `rate(1 day)` or `at(2030-01-01T00:00:00)`. */
  schedule: text(256),
  /** IANA name, such as `Europe/Berlin`; with its summer time. @default "UTC" */
  timezone: optional(text(64)),
  /** Runs the service's image with this command; exactly one of `command` and `function`. */
  command: optional(list(text(), { least: 1 })),
  /** Calls this function of the service; exactly one of `command` and `function`. */
  function: optional(text()),
  /** CPU units of the task (1024 = 1 vCPU). @default 256 */
  cpu: optional(Cpu),
  /** Memory of the task. @default "512 MiB" */
  memory: optional(Memory),
  /** Attempts after the first to start it; a task that has started is not started again. @default 3 */
  retries: optional(whole(0, 185)),
  /** Longest delay of a start. @default "1h" */
  maxAge: optional(duration("1m", "1d")),
  /** Stores and channels the task uses; a function says it itself. @default none */
  uses: optional(Uses),
});

/** Keys of a service. */
export const service = {
  /** Work at set times, by name. @default none */
  jobs: optional(record(WorkloadName, Job)),
};
