// Resolves the arguments and their defaults before anything is created. Pure.
import { allocate, type Layout, parseRange, type Tier, tiersOf } from "../../kit";
import type { Nat, NetworkArgs } from "./args";

export const NETWORK_DEFAULTS = {
  nat: "single",
  flowLogRetentionInDays: 90,
} as const satisfies Partial<NetworkArgs>;

/** A network, decided. */
export interface ResolvedNetwork {
  readonly cidr: string;
  /** In the order of their letters, so that the order in which they are given changes nothing. */
  readonly zones: readonly string[];
  /** In the order in which they were given: an earlier version numbered subnets so. */
  readonly zonesAsGiven: readonly string[];
  readonly layout: Layout<Tier>;
  /** Zones with a gateway or an instance of their own. */
  readonly natZones: readonly string[];
  /** Type of the NAT instance; undefined for gateways. */
  readonly natInstanceType: string | undefined;
  /** The zone that each zone's private subnet leaves through; empty without NAT. */
  readonly natZoneOf: Readonly<Record<string, string>>;
  readonly endpoints: readonly string[];
  readonly endpointZoneCount: number;
  readonly flowLogRetentionInDays: number;
}

/** Decides a network whose arguments are valid. */
export function resolveNetwork(args: NetworkArgs): ResolvedNetwork {
  const { cidr, nat = NETWORK_DEFAULTS.nat } = args;
  const zones = [...args.zones].sort();
  const range = parseRange(cidr);
  if (!range) throw new Error(`${cidr} was validated`);
  const natZones = zones.slice(0, natCount(nat, zones.length));
  return {
    cidr,
    zones,
    zonesAsGiven: args.zones,
    layout: allocate(range, tiersOf(args.masks), zones),
    natZones,
    natInstanceType: typeof nat === "object" && "instanceType" in nat ? nat.instanceType : undefined,
    natZoneOf: assignNat(zones, natZones),
    endpoints: args.endpoints ?? [],
    endpointZoneCount: args.endpointZones ?? zones.length,
    flowLogRetentionInDays: args.flowLogRetentionInDays ?? NETWORK_DEFAULTS.flowLogRetentionInDays,
  };
}

/** How many zones have NAT of their own. */
export function natCount(nat: Nat, zoneCount: number): number {
  if (nat === "none") return 0;
  if (nat === "per-zone") return zoneCount;
  return typeof nat === "object" && "count" in nat ? nat.count : 1;
}

/**
 * The zone that each zone leaves through: its own, or one of those with NAT, taken in turn. A zone behind the others
 * never moves one of them.
 */
export function assignNat(zones: readonly string[], natZones: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    zones.flatMap((zone, index) => {
      const natZone = natZones[index % natZones.length];
      return natZone === undefined ? [] : [[zone, natZone]];
    }),
  );
}

/** Architecture of an instance type: Graviton families have a `g` behind their generation (`t4g`, `c7gn`), and `a1`. */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)[.-]/.test(instanceType) ? "arm64" : "x86_64";
}
