// Blocks of addresses: what AWS takes, what lies within what, and what must not overlap.
import type { Failure } from "../../core/check";
import type { Existing } from "../../core/record";
import type { Constraint } from "../../core/rules";
import { text as known, type Value } from "../../core/values";
import type { World } from "../../core/world";
import { type Block, blockAt, overlap, parseBlock, showBlock, sizeOf } from "../../awsx/cidr";
import { aligned6, overlap6, parseBlock6, within6 } from "./ipv6";
import { failure, SUBNET, textOf, VPC } from "./support";

const ASSOCIATION = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
const ASSOCIATION6 = "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation";
/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const QUOTAS = { blocks: 5, vpcs: 5, subnets: 200 } as const;

/** A subnet is compared with each of its VPC, so that each is read once. */
const blocks = new Map<string, Block | undefined>();

/** A block, or undefined when the text is none. */
export function blockOf(text: string | undefined): Block | undefined {
  if (text === undefined) return undefined;
  if (!blocks.has(text)) blocks.set(text, readBlock(text));
  return blocks.get(text);
}

function readBlock(text: string): Block | undefined {
  try {
    return parseBlock(text);
  } catch {
    return undefined;
  }
}

const within = (inner: Block, outer: Block): boolean => outer.mask <= inner.mask && overlap(outer, inner);

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

/** Addresses that no VPC may have. */
const RESERVED = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(parseBlock);

/** A block of a size that AWS takes, with no bits behind its mask. */
const block: Constraint = function* ({ text, type }) {
  const cidr = text("cidrBlock");
  if (cidr === undefined) return;
  const parsed = blockOf(cidr);
  if (parsed && (parsed.mask < 16 || parsed.mask > 28)) {
    yield failure("cidrBlock", `"${cidr}" is a /${parsed.mask}: AWS takes /16 to /28 (InvalidVpc.Range)`);
    return;
  }
  const reason = cidr.includes(":") ? `"${cidr}" is not an IPv4 CIDR block, such as 10.0.0.0/16` : blockFault(cidr);
  if (reason !== undefined) yield failure("cidrBlock", reason);
  else if (parsed && type !== SUBNET && RESERVED.some((reserved) => overlap(reserved, parsed)))
    yield failure("cidrBlock", `"${cidr}" is reserved (InvalidVpc.Range): choose a private block, such as 10.0.0.0/16`);
};

const cidrOf = (existing: Existing): string | undefined => textOf(existing, "cidrBlock");
/** Every IPv4 block of a VPC, with who brings it. */
function blocksOf(world: World, id: string): readonly { readonly cidr: string; readonly of: string }[] {
  const vpc = world.get(VPC, id);
  return [...(vpc ? [vpc] : []), ...world.users({ type: VPC, id }, ASSOCIATION)].flatMap((each) => {
    const cidr = cidrOf(each);
    return cidr === undefined ? [] : [{ cidr, of: each.id }];
  });
}

/** Every IPv6 block of a VPC. */
function blocks6Of(world: World, id: string): readonly string[] {
  const vpc = world.get(VPC, id);
  return [...(vpc ? [vpc] : []), ...world.users({ type: VPC, id }, ASSOCIATION6)].flatMap((each) => {
    const cidr = textOf(each, "ipv6CidrBlock");
    return cidr === undefined || cidr === "" ? [] : [cidr];
  });
}

/** A subnet lies within one of its VPC's blocks and beside its neighbours. */
const place: Constraint = function* ({ text }, world) {
  const [vpcId, cidr] = [text("vpcId"), text("cidrBlock")];
  const own = blockOf(cidr);
  if (vpcId === undefined || !own) return;
  const around = blocksOf(world, vpcId).map((each) => each.cidr);
  const outer = around.flatMap((each) => blockOf(each) ?? []);
  if (outer.length > 0 && !outer.some((each) => within(own, each)))
    yield failure(
      "cidrBlock",
      `"${cidr}" is outside the VPC's ${around.join(" and ")} (InvalidSubnet.Range): choose a block within it`,
    );
  const others = world.users({ type: VPC, id: vpcId }, SUBNET);
  if (others.length >= QUOTAS.subnets)
    yield failure(
      "vpcId",
      `${vpcId} has ${others.length} subnets, and ${QUOTAS.subnets} is the quota of a VPC (SubnetLimitExceeded): delete one, or use another VPC`,
    );
  for (const other of others) {
    const theirs = blockOf(cidrOf(other));
    if (theirs && overlap(theirs, own))
      yield failure(
        "cidrBlock",
        `"${cidr}" overlaps ${cidrOf(other)} of ${other.id} (InvalidSubnet.Conflict): choose a free block`,
      );
  }
};

/** The same for IPv6, where a subnet is a /64 or a larger one in steps of four. */
const place6: Constraint = function* ({ text }, world) {
  const [vpcId, cidr] = [text("vpcId"), text("ipv6CidrBlock")];
  if (cidr === undefined || cidr === "") return;
  const own = parseBlock6(cidr);
  const reason = cidr.includes(":") ? blockFault(cidr) : `"${cidr}" is not an IPv6 CIDR block, such as 2600:1f14::/64`;
  if (reason !== undefined || !own) {
    yield failure("ipv6CidrBlock", reason ?? "");
    return;
  }
  if (own.mask < 44 || own.mask > 64 || own.mask % 4 !== 0)
    yield failure("ipv6CidrBlock", `"${cidr}" is a /${own.mask}: AWS takes /44 to /64 in steps of 4, usually /64`);
  if (vpcId === undefined) return;
  const around = blocks6Of(world, vpcId);
  const outer = around.flatMap((each) => parseBlock6(each) ?? []);
  // A block that AWS chooses may be any.
  const open = world.users({ type: VPC, id: vpcId }, ASSOCIATION6).some((each) => textOf(each, "ipv6CidrBlock") === "");
  if (world.get(VPC, vpcId) && !open && !outer.some((each) => within6(own, each)))
    yield failure(
      "ipv6CidrBlock",
      outer.length === 0
        ? `the VPC has no IPv6 block (InvalidSubnet.Range): give it one with assignGeneratedIpv6CidrBlock`
        : `"${cidr}" is outside the VPC's ${around.join(" and ")} (InvalidSubnet.Range): choose a block within it`,
    );
  for (const other of world.users({ type: VPC, id: vpcId }, SUBNET)) {
    const taken = textOf(other, "ipv6CidrBlock");
    const theirs = taken === undefined ? undefined : parseBlock6(taken);
    if (theirs && overlap6(theirs, own))
      yield failure(
        "ipv6CidrBlock",
        `"${cidr}" overlaps ${taken} of ${other.id} (InvalidSubnet.Conflict): choose a free block`,
      );
  }
};

/** Ranges that can't stand beside each other: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const FAMILIES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16"].map(parseBlock);
const familyOf = (one: Block): Block | undefined => FAMILIES.find((family) => within(one, family));

/** A further block of a VPC. */
const secondary: Constraint = function* ({ text }, world) {
  const [vpcId, cidr] = [text("vpcId"), text("cidrBlock")];
  const own = blockOf(cidr);
  if (vpcId === undefined || !own) return;
  const others = blocksOf(world, vpcId);
  if (others.length >= QUOTAS.blocks)
    yield failure(
      "vpcId",
      `${vpcId} has ${others.length} IPv4 blocks, and ${QUOTAS.blocks} is the quota (CidrLimitExceeded): use another VPC`,
    );
  for (const { cidr: taken, of } of others) {
    const theirs = blockOf(taken);
    if (theirs && overlap(theirs, own))
      yield failure("cidrBlock", `"${cidr}" overlaps ${taken} of ${of} (InvalidVpc.Range): choose a free block`);
  }
  const first = blockOf(others[0]?.cidr);
  const family = familyOf(own);
  if (first && family && familyOf(first) !== family)
    yield failure(
      "cidrBlock",
      `"${cidr}" is of ${showBlock(family)}, which a VPC of ${others[0]?.cidr} can't have (InvalidVpc.Range): choose a block of its own range, or of 100.64.0.0/10`,
    );
};

/** VPCs that are connected have no address in common. */
const peering: Constraint = function* ({ text }, world) {
  const [ours, theirs] = [text("vpcId"), text("peerVpcId")];
  if (ours === undefined || theirs === undefined) return;
  if (ours === theirs) yield failure("peerVpcId", `"${theirs}" is the VPC itself: name another one`);
  else
    for (const one of blocksOf(world, ours))
      for (const other of blocksOf(world, theirs)) {
        const [left, right] = [blockOf(one.cidr), blockOf(other.cidr)];
        if (left && right && overlap(left, right))
          yield failure(
            "peerVpcId",
            `${other.cidr} of ${theirs} overlaps ${one.cidr} of ${ours}: connect VPCs whose blocks are apart`,
          );
      }
};

/** An address that is asked for lies in its subnet, and is none of the five that AWS keeps. */
const address: Constraint = function* ({ inputs, text }, world) {
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

function list(value: Value | undefined): readonly (readonly [string, Value])[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Value[]).map((item, at) => [`privateIps[${at}]`, item] as const);
}

const vpcQuota: Constraint = function* (_, world): Iterable<Failure> {
  const held = world.count(VPC);
  if (held >= QUOTAS.vpcs)
    yield failure(
      "cidrBlock",
      `this region has ${held} VPCs, and ${QUOTAS.vpcs} is the quota (VpcLimitExceeded): delete one, or have the quota raised`,
    );
};

/** A part of a subnet that is kept for a purpose. */
const reservation: Constraint = function* ({ text }, world) {
  const [id, cidr] = [text("subnetId"), text("cidrBlock")];
  const own = blockOf(cidr);
  const outer = id === undefined ? undefined : blockOf(textOf(world.get(SUBNET, id), "cidrBlock"));
  if (own && outer && !within(own, outer))
    yield failure("cidrBlock", `"${cidr}" is outside ${showBlock(outer)} of ${id}: choose a block within it`);
};

export const addressSpace: Readonly<Record<string, readonly Constraint[]>> = {
  [VPC]: [block, vpcQuota],
  [SUBNET]: [block, place, place6],
  [ASSOCIATION]: [block, secondary],
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": [peering],
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation": [reservation],
  ...Object.fromEntries(
    [
      "aws:ec2/instance:Instance",
      "aws:ec2/networkInterface:NetworkInterface",
      "aws:ec2/natGateway:NatGateway",
      "aws:efs/mountTarget:MountTarget",
    ].map((type) => [type, [address]]),
  ),
};

/** The IPv4 blocks of a VPC, for what must not repeat them. */
export const localBlocks = (world: World, vpcId: string): readonly string[] =>
  blocksOf(world, vpcId).map(({ cidr }) => cidr);
