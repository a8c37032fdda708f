import type { Existing } from "../providers/core/record";
import type { Constraint } from "../providers/core/rules";
import { type Value, text as known } from "../providers/core/values";
import type { World } from "../providers/core/world";
import { SUBNET, VPC, failure, textOf } from "./inputs";

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

/** The aligned block of a mask that an address lies in. */
function blockAt(address: number, mask: number): Block {
  return { base: startOf({ base: address, mask }), mask };
}

/** Whether two blocks share an address. */
export function overlap(left: Block, right: Block): boolean {
  return startOf(left) <= endOf(right) && startOf(right) <= endOf(left);
}

interface Block6 {
  readonly base: bigint;
  readonly mask: number;
}

const BITS = 128n;
const sizeOf6 = (mask: number): bigint => 1n << (BITS - BigInt(mask));

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
const aligned6 = ({ base, mask }: Block6): boolean => base % sizeOf6(mask) === 0n;

/** Whether one block lies within another. */
export const within6 = (inner: Block6, outer: Block6): boolean =>
  inner.mask >= outer.mask && inner.base / sizeOf6(outer.mask) === outer.base / sizeOf6(outer.mask);

/** Whether two blocks share an address. */
export const overlap6 = (left: Block6, right: Block6): boolean => within6(left, right) || within6(right, left);

/** A subnet is compared with each of its VPC, so that each is read once. */
const blocks = new Map<string, Block | undefined>();

function readBlock(text: string): Block | undefined {
  try {
    return parseBlock(text);
  } catch {
    return undefined;
  }
}

/** A block, or undefined when the text is none. */
export function blockOf(text: string | undefined): Block | undefined {
  if (text === undefined) return undefined;
  if (!blocks.has(text)) blocks.set(text, readBlock(text));
  return blocks.get(text);
}

/** Why a text is no network, with no bits behind its mask. */
export function blockFault(cidr: string): string | undefined {
  if (cidr.includes(":")) {
    const six = parseBlock6(cidr);
    if (!six) return `"${cidr}" is not an IPv6 CIDR block, such as 2600:1f14::/56`;
    return aligned6(six) ? undefined : `"${cidr}" has bits behind its mask: write the block's first address`;
  }
  const parsed = blockOf(cidr);
  if (!parsed) return `"${cidr}" is not an IPv4 CIDR block, such as 10.0.0.0/16`;
  if (parsed.base % sizeOf(parsed.mask) === 0) return undefined;
  return `"${cidr}" has bits behind its mask: write ${showBlock(blockAt(parsed.base, parsed.mask))}`;
}

const ASSOCIATION = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
export const cidrOf = (existing: Existing): string | undefined => textOf(existing, "cidrBlock");

/** Every IPv4 block of a VPC, with the resource that adds it. */
export function blocksOf(world: World, id: string): readonly { readonly cidr: string; readonly of: string }[] {
  const vpc = world.get(VPC, id);
  return [...(vpc ? [vpc] : []), ...world.users({ type: VPC, id }, ASSOCIATION)].flatMap((each) => {
    const cidr = cidrOf(each);
    return cidr === undefined ? [] : [{ cidr, of: each.id }];
  });
}

/** The IPv4 blocks of a VPC, for what must not repeat them. */
export const localBlocks = (world: World, vpcId: string): readonly string[] =>
  blocksOf(world, vpcId).map(({ cidr }) => cidr);

function list(value: Value | undefined): readonly (readonly [string, Value])[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Value[]).map((item, at) => [`privateIps[${at}]`, item] as const);
}

export const within = (inner: Block, outer: Block): boolean => outer.mask <= inner.mask && overlap(outer, inner);

/** A requested address is in its subnet and is none of the five addresses that AWS reserves. */
export const addressInSubnet: Constraint = function* ({ inputs, text }, world) {
  const id = text("subnetId");
  const cidr = id === undefined ? undefined : textOf(world.get(SUBNET, id), "cidrBlock");
  const subnet = blockOf(cidr);
  if (!subnet) return;
  const given = [["privateIp", inputs.privateIp], ["ipAddress", inputs.ipAddress], ...list(inputs.privateIps)] as const; // prettier-ignore
  for (const [property, value] of given) {
    const ip = blockOf(`${known(value) ?? ""}/32`);
    if (!ip) continue;
    const offset = ip.base - blockAt(subnet.base, subnet.mask).base;
    if (!within(ip, subnet))
      yield failure(
        property,
        `"${known(value)}" is outside ${cidr} of ${id} (InvalidParameterValue): choose an address within it`,
      );
    else if (offset < 4 || offset === sizeOf(subnet.mask) - 1)
      yield failure(property, `"${known(value)}" is kept by AWS in ${cidr}: the first four and the last are`);
  }
};
