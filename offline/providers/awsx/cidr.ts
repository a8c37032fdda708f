// IPv4 blocks as numbers.

/** A block; its base need not be aligned to its size, because the published layouts sometimes aren't. */
export interface Block {
  readonly base: number;
  readonly mask: number;
}

/** How many addresses a mask leaves. */
export const sizeOf = (mask: number): number => 2 ** (32 - mask);
const startOf = ({ base, mask }: Block): number => Math.floor(base / sizeOf(mask)) * sizeOf(mask);
const endOf = (block: Block): number => startOf(block) + sizeOf(block.mask) - 1;

/** Reads `10.0.0.0/16`. Throws when it is no IPv4 block. */
export function parseBlock(text: string): Block {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const parts = match?.slice(1).map(Number) ?? [];
  const [a = 256, b = 0, c = 0, d = 0, mask = 33] = parts;
  if ([a, b, c, d].some((part) => part > 255) || mask > 32) throw new Error(`"${text}" is not an IPv4 CIDR block`);
  return { base: ((a * 256 + b) * 256 + c) * 256 + d, mask };
}

/** Writes `10.0.0.0/16`. */
export function showBlock({ base, mask }: Block): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${mask}`;
}

/** The `index`-th block of a mask, counted from a block's base. */
export function subdivision(block: Block, mask: number, index: number): Block {
  if (mask > 32) throw new Error(`Requested ${mask - block.mask} new bits, but only ${32 - block.mask} are available.`);
  return { base: block.base + sizeOf(mask) * index, mask };
}

/** The aligned block of a mask that an address lies in. */
export function blockAt(address: number, mask: number): Block {
  return { base: startOf({ base: address, mask }), mask };
}

/** The first block of a mask that starts behind another block. */
export function blockBehind(previous: Block, mask: number): Block {
  return { base: endOf(blockAt(endOf(previous), mask)) + 1, mask };
}

/** Whether two blocks share an address. */
export function overlap(left: Block, right: Block): boolean {
  return startOf(left) <= endOf(right) && startOf(right) <= endOf(left);
}

/** Whether one block begins where another ends. */
export function adjoins(previous: Block, next: Block): boolean {
  return startOf(next) === endOf(previous) + 1;
}

/** Whether two blocks begin, or end, at the same address. */
export const sameStart = (left: Block, right: Block): boolean => startOf(left) === startOf(right);
export const sameEnd = (left: Block, right: Block): boolean => endOf(left) === endOf(right);
