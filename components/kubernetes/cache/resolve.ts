// What a cache's arguments mean: every default in one place. Pure.
import { mebibytes } from "../../kit";
import type { CacheArgs } from "./args";

/** Versions of Valkey with images (https://hub.docker.com/r/valkey/valkey). */
export const VERSIONS = ["7.2", "8.0", "8.1", "9.0"] as const;

export const CACHE_DEFAULTS = {
  nodes: 3,
  version: "8.0",
  routeImage: "docker.io/library/haproxy:3.2-alpine",
  cpu: 256,
  memory: "512 MiB",
} as const;

/** Arguments with every default in place; sizes in MiB. */
export interface ResolvedCache {
  readonly users: readonly string[];
  readonly nodes: number;
  readonly image: string;
  readonly routeImage: string;
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
  readonly protectData: boolean;
}

/** Decides the defaults; call `validateCache` first. */
export function resolveCache(args: CacheArgs): ResolvedCache {
  const { nodes, version, routeImage, cpu, memory } = { ...CACHE_DEFAULTS, ...args };
  const size = mebibytes(memory) ?? 0;
  return {
    users: args.users,
    nodes,
    image: args.image ?? `docker.io/valkey/valkey:${version}-alpine`,
    routeImage,
    cpu,
    memory: size,
    storage: args.storage === undefined ? 2 * size : (mebibytes(args.storage) ?? 0),
    protectData: args.protectData ?? true,
  };
}
