// Which block each subnet gets. Six zones of a tier are set aside before the next tier begins, so that a block depends on
// the tiers before its own and on nothing else: neither a new zone nor a new tier ever moves one.

/** Zones that space is set aside for. */
export const MAX_ZONES = 6;

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

/** Blocks by tier, in the order of zones. */
export type Layout<Name extends string = string> = Readonly<Record<Name, readonly string[]>>;

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

/** Blocks of every tier in the first `zoneCount` zones; the VPC is large enough (see {@link longestPrefixFor}). */
export function allocate<Name extends string>(
  vpc: Range,
  tiers: readonly TierSpec<Name>[],
  zoneCount: number,
): Layout<Name> {
  const blocks = offsets(tiers).map(({ name, mask, offset, size }) => [
    name,
    Array.from({ length: zoneCount }, (_, zone) =>
      formatRange({ start: vpc.start + offset + zone * size, prefix: mask }),
    ),
  ]);
  return Object.fromEntries(blocks) as Layout<Name>;
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
