// IPv4 ranges, as far as configuration needs them.

/** An IPv4 range. */
export interface Cidr {
  /** First address as a number. */
  readonly start: number;
  /** Prefix length. */
  readonly prefix: number;
}

/** Parses `10.0.0.0/16`; undefined when it is no range or the address is not its first one. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [first = 0, second = 0, third = 0, fourth = 0, prefix = 0] = match.slice(1).map(Number);
  if ([first, second, third, fourth].some((octet) => octet > 255) || prefix > 32) return undefined;
  const start = ((first * 256 + second) * 256 + third) * 256 + fourth;
  return start % 2 ** (32 - prefix) === 0 ? { start, prefix } : undefined;
}

/** Whether a range lies in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918). */
export function isPrivate(cidr: Cidr): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((text) => {
    const range = parseCidr(text);
    return range !== undefined && cidr.prefix >= range.prefix && within(cidr.start, range);
  });
}

/** Zones that a VPC keeps room for, used or not, so that a zone added later moves no subnet. */
const MAX_ZONES = 6;
/** Addresses in the tiers of one zone: a /24 for the load balancer, a /24 for tasks and a /28 for stores. */
const ADDRESSES_PER_ZONE = 256 + 256 + 16;

/** The longest prefix of a VPC that holds the three tiers in every zone. */
export const LONGEST_VPC_PREFIX = 32 - Math.ceil(Math.log2(MAX_ZONES * ADDRESSES_PER_ZONE));

function within(address: number, range: Cidr): boolean {
  return address >= range.start && address < range.start + 2 ** (32 - range.prefix);
}
