// Which block each subnet gets. Six zones of a tier are set aside before the next tier begins, and a zone's letter chooses its
// block, so that no zone that is added, removed or exchanged ever moves the block of another one. Pure: the system model checks
// its environments with the same arithmetic.
/** Zones that space is set aside for: those with the letters a to f. */
export const MAX_ZONES = 6;

/** Kinds of subnets, in the order in which space is given out, which never changes. */
export const TIERS = ["public", "private", "isolated"] as const;

/** Reached from the internet; reaching it; neither. */
export type Tier = (typeof TIERS)[number];

/** Prefix lengths of the subnets of each tier. A /24 has 251 addresses for tasks, or for the nodes of databases and caches. */
export const DEFAULT_MASKS: Readonly<Record<Tier, number>> = { public: 24, private: 24, isolated: 24 };

/** Prefix lengths that AWS allows for VPCs and subnets: from the largest to the smallest. */
export const [LARGEST_PREFIX, SMALLEST_PREFIX] = [16, 28];

/** The tiers with their masks. */
export function tiersOf(masks: Partial<Record<Tier, number>> | undefined): TierSpec<Tier>[] {
  return TIERS.map((name) => ({ name, mask: masks?.[name] ?? DEFAULT_MASKS[name] }));
}

/** Subnets of one kind, one a zone. */
export interface TierSpec<Name extends string = string> {
  readonly name: Name;
  /** Prefix length of each subnet. */
  readonly mask: number;
}

/** An IPv4 range. */
export interface Range {
  /** First address as a number. */
  readonly start: number;
  /** Prefix length. */
  readonly prefix: number;
}

/** Blocks by tier and zone. */
export type Layout<Name extends string = string> = Readonly<Record<Name, Readonly<Record<string, string>>>>;

/** Parses `10.0.0.0/16`; undefined when it is no range, or when the address is not the range's first one. */
export function parseRange(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const start = ((a * 256 + b) * 256 + c) * 256 + d;
  return start % addresses(prefix) === 0 ? { start, prefix } : undefined;
}

/** The text of a range. */
export function formatRange({ start, prefix }: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** Addresses in a range of this prefix length. */
export function addresses(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** The longest prefix of a VPC that holds six zones of every tier. */
export function longestPrefixFor(tiers: readonly TierSpec[]): number {
  const end = offsets(tiers).reduce((last, { offset, size }) => Math.max(last, offset + MAX_ZONES * size), 1);
  return 32 - Math.ceil(Math.log2(end));
}

/** Blocks of every tier in these zones (`eu-central-1a`); the VPC is large enough (see {@link longestPrefixFor}). */
export function allocate<Name extends string>(
  vpc: Range,
  tiers: readonly TierSpec<Name>[],
  zones: readonly string[],
): Layout<Name> {
  const blocks = offsets(tiers).map(({ name, mask, offset, size }) => [
    name,
    Object.fromEntries(
      zones.map((zone) => {
        const start = vpc.start + offset + (zoneSlot(zone) ?? 0) * size;
        return [zone, formatRange({ start, prefix: mask })];
      }),
    ),
  ]);
  return Object.fromEntries(blocks) as Layout<Name>;
}

/** The place of a zone among the six of a tier, 0 to 5 for the letters a to f; undefined for any other letter. */
export function zoneSlot(zone: string): number | undefined {
  const slot = zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
  return slot >= 0 && slot < MAX_ZONES ? slot : undefined;
}

/** Where each tier begins: behind the one before it, at a multiple of its own block's size. */
function offsets<Spec extends TierSpec>(
  tiers: readonly Spec[],
): (Spec & { readonly offset: number; readonly size: number })[] {
  let next = 0;
  return tiers.map((tier) => {
    const size = addresses(tier.mask);
    const offset = Math.ceil(next / size) * size;
    next = offset + MAX_ZONES * size;
    return { ...tier, offset, size };
  });
}
