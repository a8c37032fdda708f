// IPv6 blocks as numbers.

/** A block: its first address and how many bits are fixed. */
export interface Block6 {
  readonly base: bigint;
  readonly mask: number;
}

const BITS = 128n;
const sizeOf = (mask: number): bigint => 1n << (BITS - BigInt(mask));

/** Reads `2600:1f14::/56`; undefined when it is no IPv6 block. */
export function parseBlock6(text: string): Block6 | undefined {
  const [, address = "", digits = ""] = /^([0-9a-fA-F:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const mask = Number(digits);
  const halves = address.split("::");
  if (address === "" || mask > 128 || halves.length > 2) return undefined;
  const [front = [], back = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - front.length - back.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...front, ...Array.from({ length: missing }, () => "0"), ...back];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { base: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n), mask };
}

/** Whether a block begins where its mask says. */
export const aligned6 = ({ base, mask }: Block6): boolean => base % sizeOf(mask) === 0n;
/** Whether one block lies within another. */
export const within6 = (inner: Block6, outer: Block6): boolean =>
  inner.mask >= outer.mask && inner.base / sizeOf(outer.mask) === outer.base / sizeOf(outer.mask);
/** Whether two blocks share an address. */
export const overlap6 = (left: Block6, right: Block6): boolean => within6(left, right) || within6(right, left);
