// The analytics store of a service, as a description has it.
import type * as v from "valibot";
import { days, flag, object, optional, sentence, size } from "../../schema/words";

/** A column store for analytical queries: tables in a bucket, which SQL reads and writes. */
export interface Analytics extends v.InferOutput<typeof Analytics> {}
export const Analytics = object({
  /** Why queries don't go to the service's database. */
  reason: sentence("say why this kind of store"),
  /** Bytes that one query may read before it is stopped; what a query reads is what it costs. @default "100 GiB" */
  queryLimit: optional(size("10 MiB", "7168 GiB")),
  /** Age at which results of queries are deleted. @default "7d" */
  resultRetention: optional(days(1, 3650)),
});

/** Keys under `owns` of a service. */
export const owns = {
  /** A column store for analytical queries (Athena with Iceberg tables). @default none */
  analytics: optional(Analytics),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Whether it writes to and queries its service's analytics store. @default false */
  analytics: optional(flag()),
};
