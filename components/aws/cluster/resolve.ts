// Resolves the arguments and their defaults before anything is created. Pure.
import { seconds } from "../../kit";
import type { CapacityProviderStrategyItem, CapacitySettings, ClusterArgs, HttpsSettings } from "./args";

export const CLUSTER_DEFAULTS = {
  namespace: "microservices.local",
  capacity: { base: 0, onDemandWeight: 1, spotWeight: 0 },
  containerInsights: "enabled",
  logRetentionInDays: 90,
  accessLogRetentionInDays: 90,
  idleTimeout: "60s",
} as const satisfies Partial<ClusterArgs>;

/** A cluster, decided. */
export interface ResolvedCluster {
  readonly namespace: string;
  readonly strategy: readonly CapacityProviderStrategyItem[];
  readonly containerInsights: "disabled" | "enabled" | "enhanced";
  readonly logRetentionInDays: number;
  readonly accessLogRetentionInDays: number;
  readonly internetFacing: boolean;
  readonly openToVpc: boolean;
  readonly https: HttpsSettings | undefined;
  readonly jwtValidation: boolean;
  /** Ports that the load balancer listens on; the first one forwards. */
  readonly ports: readonly [forwards: number, redirects?: number];
  readonly protectData: boolean;
  /** Seconds. */
  readonly idleTimeout: number;
}

/** Decides a cluster whose arguments are valid. */
export function resolveCluster(args: ClusterArgs): ResolvedCluster {
  return {
    namespace: args.namespace ?? CLUSTER_DEFAULTS.namespace,
    strategy: strategyOf(args.capacity ?? CLUSTER_DEFAULTS.capacity),
    containerInsights: args.containerInsights ?? CLUSTER_DEFAULTS.containerInsights,
    logRetentionInDays: args.logRetentionInDays ?? CLUSTER_DEFAULTS.logRetentionInDays,
    accessLogRetentionInDays: args.accessLogRetentionInDays ?? CLUSTER_DEFAULTS.accessLogRetentionInDays,
    internetFacing: args.internetFacing ?? false,
    openToVpc: args.openToVpc ?? true,
    https: args.https,
    jwtValidation: args.jwtValidation ?? false,
    ports: args.https ? [443, 80] : [80],
    protectData: args.protectData ?? true,
    idleTimeout: seconds(args.idleTimeout ?? CLUSTER_DEFAULTS.idleTimeout) ?? 60,
  };
}

/** Leaves out capacity providers without a weight and a base, so that a preview shows no change where nothing changes. */
export function strategyOf({ base, onDemandWeight, spotWeight }: CapacitySettings): CapacityProviderStrategyItem[] {
  return [
    ...(base > 0 || onDemandWeight > 0
      ? [{ capacityProvider: "FARGATE", ...(base > 0 && { base }), weight: onDemandWeight }]
      : []),
    ...(spotWeight > 0 ? [{ capacityProvider: "FARGATE_SPOT", weight: spotWeight }] : []),
  ];
}
