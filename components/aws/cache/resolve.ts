// What a cache's arguments mean: every default in one place. Pure.
import { CACHE_DEFAULT_VERSION, seconds } from "../../kit";
import type { CacheArgs } from "./args";

/** Defaults of the group, and the engine versions that authenticate by IAM. */
export const CACHE_DEFAULTS = {
  nodeType: "cache.t3.micro",
  nodes: 2,
  engine: "redis",
  engineVersion: CACHE_DEFAULT_VERSION,
  snapshotRetention: "5d",
  snapshotWindow: "03:00-05:00",
  maintenanceWindow: "sun:05:00-sun:07:00",
  logRetentionInDays: 30,
} as const;

/** TCP port of Redis and Valkey. */
export const PORT = 6379;

/** Arguments with every default in place. */
export interface ResolvedCache {
  readonly users: readonly string[];
  readonly nodeType: string;
  readonly nodes: number;
  readonly automaticFailover: boolean;
  readonly multiAz: boolean;
  readonly engine: "redis" | "valkey";
  readonly engineVersion: string;
  readonly snapshotRetentionLimit: number;
  readonly snapshotWindow: string;
  readonly maintenanceWindow: string;
  readonly logRetentionInDays: number;
  readonly protectData: boolean;
}

/** Decides the defaults; call `validateCache` first. */
export function resolveCache(args: CacheArgs): ResolvedCache {
  const nodes = args.nodes ?? CACHE_DEFAULTS.nodes;
  const automaticFailover = args.automaticFailover ?? nodes >= 2;
  const engine = args.engine ?? CACHE_DEFAULTS.engine;
  return {
    users: args.users,
    nodeType: args.nodeType ?? CACHE_DEFAULTS.nodeType,
    nodes,
    automaticFailover,
    multiAz: args.multiAz ?? automaticFailover,
    engine,
    engineVersion: args.engineVersion ?? CACHE_DEFAULTS.engineVersion[engine],
    snapshotRetentionLimit: (seconds(args.snapshotRetention ?? CACHE_DEFAULTS.snapshotRetention) ?? 0) / 86_400,
    snapshotWindow: args.snapshotWindow ?? CACHE_DEFAULTS.snapshotWindow,
    maintenanceWindow: args.maintenanceWindow ?? CACHE_DEFAULTS.maintenanceWindow,
    logRetentionInDays: args.logRetentionInDays ?? CACHE_DEFAULTS.logRetentionInDays,
    protectData: args.protectData ?? true,
  };
}
