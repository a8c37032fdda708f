// The search domain of a service, as a description has it.
import type * as v from "valibot";
import { matching, object, optional, sentence, size, whole } from "../../schema/words";

/** A search domain (OpenSearch). */
export interface Search extends v.InferOutput<typeof Search> {}
export const Search = object({
  /** Why the service needs a search domain beside its database. */
  reason: sentence("say why this kind of store"),
  /** Version of OpenSearch. A later one is an upgrade in place; there is no way back. @default "2.19" */
  engineVersion: optional(matching(/^[1-9]\d*\.\d+$/, "a version as major.minor", 'write it like "2.19"')),
  /** Instance type of the data nodes. @default "m7g.medium.search" */
  instanceType: optional(
    matching(/^[a-z0-9]+\.[a-z0-9]+\.search$/, "an instance type of OpenSearch", 'write it like "m7g.medium.search"'),
  ),
  /** Data nodes in each zone. @default 1 */
  nodesPerZone: optional(whole(1, 26)),
  /** Disk of each data node. It never shrinks. @default "20 GiB" */
  volume: optional(size("10 GiB", "3072 GiB")),
});

/** Keys under `owns` of a service. */
export const owns = {
  /** A search domain. @default none */
  search: optional(Search),
};
