// What the arguments come to, decided before anything is created. Pure.
import type { Nat, NetworkArgs, Tier } from "./args";
import { allocate, type Layout, parseRange, type TierSpec } from "./subnets";

/** In the order that space is given out in, which never changes. */
export const TIERS = ["public", "private", "isolated"] as const satisfies readonly Tier[];

export const NETWORK_DEFAULTS = {
  masks: { public: 24, private: 24, isolated: 28 },
  nat: "single",
  flowLogRetentionInDays: 90,
} as const satisfies Partial<NetworkArgs>;

/** A network, decided. */
export interface ResolvedNetwork {
  readonly cidr: string;
  readonly zones: readonly string[];
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
  const { cidr, zones, nat = NETWORK_DEFAULTS.nat } = args;
  const range = parseRange(cidr);
  if (!range) throw new Error(`${cidr} was validated`);
  const natZones = zones.slice(0, natCount(nat, zones.length));
  return {
    cidr,
    zones,
    layout: allocate(range, tiersOf(args), zones.length),
    natZones,
    natInstanceType: typeof nat === "object" && "instanceType" in nat ? nat.instanceType : undefined,
    natZoneOf: assignNat(zones, natZones),
    endpoints: args.endpoints ?? [],
    endpointZoneCount: args.endpointZones ?? zones.length,
    flowLogRetentionInDays: args.flowLogRetentionInDays ?? NETWORK_DEFAULTS.flowLogRetentionInDays,
  };
}

/** The tiers with their masks. */
export function tiersOf({ masks }: Pick<NetworkArgs, "masks">): TierSpec<Tier>[] {
  return TIERS.map((name) => ({ name, mask: masks?.[name] ?? NETWORK_DEFAULTS.masks[name] }));
}

/** How many zones have NAT of their own. */
export function natCount(nat: Nat, zoneCount: number): number {
  if (nat === "none") return 0;
  if (nat === "per-zone") return zoneCount;
  return typeof nat === "object" && "count" in nat ? nat.count : 1;
}

/**
 * The zone that each zone leaves through: its own, or one of those with NAT, taken in turn. An appended zone never moves
 * another one.
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
