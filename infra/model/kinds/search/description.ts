// The search domain of a service, as a description has it.
import type * as v from "valibot";
import { isSearchType, isSearchVersion, SEARCH_TYPES, SEARCH_VERSIONS } from "../../../../components/kit/engines";
import { flag, object, optional, sentence, size, value, whole } from "../../schema/words";

/** A search domain (OpenSearch). */
export interface Search extends v.InferOutput<typeof Search> {}
export const Search = object({
  /** Why the service needs a search domain beside its database. */
  reason: sentence("say why this kind of store"),
  /** Version of OpenSearch. A later one is an upgrade in place; there is no way back. @default "2.19" */
  engineVersion: optional(
    value<string>(
      (given) => typeof given === "string" && isSearchVersion(given),
      SEARCH_VERSIONS,
      'write it like "2.19"',
      "string",
    ),
  ),
  /** Instance type of the data nodes. @default "m7g.medium.search" */
  instanceType: optional(
    value<string>(
      (given) => typeof given === "string" && isSearchType(given),
      SEARCH_TYPES,
      'write it like "m7g.medium.search"',
      "string",
    ),
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

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Whether it sends requests to its service's search domain. @default false */
  search: optional(flag()),
};
