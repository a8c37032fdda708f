// Description schema: the cache of a system, and the services that use it.
import type * as v from "valibot";
import { flag, matching, object, oneOf, optional, whole } from "../../schema/words";

/** The cache of a system. */
export interface Cache extends v.InferOutput<typeof Cache> {}
export const Cache = object({
  /** From `redis` to `valkey` is an upgrade in place; there is no way back. @default "redis" */
  engine: optional(oneOf("redis", "valkey")),
  /** `major.minor`; a later one is an upgrade in place, an earlier one replaces the cache. @default "7.0" for Redis, "8.0" for Valkey */
  engineVersion: optional(matching(/^\d+\.\d+$/, "a version as major.minor", 'write it like "7.0"')),
  /** Fewest nodes; from two on they stand in different zones, and a replica takes over. @default as many as the environment says */
  nodes: optional(whole(1, 6)),
});

/** Keys of a system. */
export const system = {
  /** The cache that services may declare to use. @default none */
  cache: optional(Cache),
};
/** Keys of a service. */
export const service = {
  /** Whether it uses the system's cache. @default false */
  usesCache: optional(flag()),
};

/** Keys of `uses` of a function or a job. */
export const uses = {
  /** Whether it uses the system's cache, with the keys and channels of its service. @default false */
  cache: optional(flag()),
};
