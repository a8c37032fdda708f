// What can be described before it can be built: stores of other kinds, and work at set times.
import type * as v from "valibot";
import { list, matching, object, optional, record, sentence, text } from "../../schema/words";

/** A store that can be described before it can be built. */
export interface Engine extends v.InferOutput<typeof Engine> {}
const engine = {
  /** Why this kind of store. */
  reason: sentence("say why this kind of store"),
};
export const Engine = object(engine);

/** Work at set times. */
export interface Job extends v.InferOutput<typeof Job> {}
export const Job = object({
  /** `cron(0 8 ? * MON-FRI *)` or `rate(1 day)`. */
  schedule: matching(/^(?:cron|rate)\(.+\)$/, 'a schedule such as "rate(1 day)"', 'write "cron(…)" or "rate(…)"'),
  /** Replaces the image's command. @default the image's own */
  command: optional(list(text())),
});
const JobName = matching(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "lower-case letters, digits and single dashes");

/** Keys under `owns` of a service. */
export const owns = {
  /** A search index (OpenSearch). Not built yet: a description that has one is refused. */
  search: optional(Engine),
  /** A document database (DocumentDB). Not built yet: a description that has one is refused. */
  documents: optional(Engine),
  /** A column store for analytical queries (ClickHouse). Not built yet: a description that has one is refused. */
  analytics: optional(Engine),
  /** A stream of records (Kinesis). Not built yet: a description that has one is refused. */
  stream: optional(Engine),
};
/** Keys of a service. */
export const service = {
  /** Work at set times, by name. Not built yet: a description that has one is refused. @default none */
  jobs: optional(record(JobName, Job)),
};
