// What a VPC's parts must agree on.
import type { Constraint } from "../../core/rules";
import { isObject, type Value, type Values } from "../../core/values";
import { type Block, overlap, parseBlock, showBlock, sizeOf, blockAt } from "../../awsx/cidr";
import type { World } from "../../core/world";
import { failure, GROUP, numberAt, SUBNET, textOf, VPC } from "./support";

const RULES = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
] as const;
/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const RULES_PER_GROUP = 60;
const ADDRESSES_PER_REGION = 5;
/** Regions whose zones are not a, b and c. */
const ZONES: Readonly<Record<string, string>> = {
  "us-east-1": "abcdef",
  "us-west-1": "abc",
  "us-west-2": "abcd",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
};

function blockOf(text: string | undefined): Block | undefined {
  try {
    return text === undefined ? undefined : parseBlock(text);
  } catch {
    return undefined;
  }
}

/** A block of a size that AWS takes, with no bits behind its mask. */
const block: Constraint = function* ({ text }) {
  const cidr = text("cidrBlock");
  if (cidr === undefined) return;
  const parsed = blockOf(cidr);
  if (!parsed) {
    yield failure("cidrBlock", `"${cidr}" is not an IPv4 CIDR block, such as 10.0.0.0/16`);
  } else if (parsed.mask < 16 || parsed.mask > 28) {
    yield failure("cidrBlock", `"${cidr}" is a /${parsed.mask}: AWS takes /16 to /28 (InvalidVpc.Range)`);
  } else if (parsed.base % sizeOf(parsed.mask) !== 0) {
    const start = showBlock(blockAt(parsed.base, parsed.mask));
    yield failure("cidrBlock", `"${cidr}" has bits behind its mask: write ${start}`);
  }
};

/** A subnet lies within its VPC and beside its neighbours. */
const place: Constraint = function* ({ text }, world) {
  const [vpcId, cidr] = [text("vpcId"), text("cidrBlock")];
  const own = blockOf(cidr);
  if (vpcId === undefined || !own) return;
  const around = textOf(world.get(VPC, vpcId), "cidrBlock");
  const outer = blockOf(around);
  if (outer && (outer.mask > own.mask || !overlap(outer, own))) {
    yield failure(
      "cidrBlock",
      `"${cidr}" is outside the VPC's ${around} (InvalidSubnet.Range): choose a block within it`,
    );
  }
  for (const other of world.users({ type: VPC, id: vpcId }, SUBNET)) {
    const taken = textOf(other, "cidrBlock");
    const theirs = blockOf(taken);
    if (theirs && overlap(theirs, own)) {
      yield failure(
        "cidrBlock",
        `"${cidr}" overlaps ${taken} of ${other.id} (InvalidSubnet.Conflict): choose a free block`,
      );
    }
  }
};

/** Why a name is no availability zone, or local zone, of a region. */
export function zoneFault(name: string, region: string): string | undefined {
  const letters = ZONES[region] ?? "abc";
  if (new RegExp(`^${region}(?:-[a-z]+-\\d)?[${letters}]$`).test(name)) return undefined;
  const known = Array.from(letters, (letter) => `${region}${letter}`).join(", ");
  return `"${name}" is not a zone of ${region}: it has ${known}`;
}

/** Whether two VPCs are connected, so that one may name groups of the other. */
export function peered(world: World, one: string, other: string): boolean {
  const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
  const leads = (from: string, to: string): boolean =>
    world.users({ type: VPC, id: from }, PEERING).some((peering) => textOf(peering, "peerVpcId") === to);
  return leads(one, other) || leads(other, one);
}

/** Groups, at a list's path, that belong to another VPC than subnets do. */
export function* foreignGroups(
  world: World,
  subnets: readonly { readonly value: string }[],
  groups: readonly { readonly value: string; readonly at: string }[],
) {
  const vpcId = subnets.map(({ value }) => textOf(world.get(SUBNET, value), "vpcId")).find((id) => id !== undefined);
  for (const { value, at } of groups) {
    const theirs = textOf(world.get(GROUP, value), "vpcId");
    if (vpcId !== undefined && theirs !== undefined && theirs !== vpcId) {
      yield failure(
        at,
        `"${value}" belongs to ${theirs}, the subnets to ${vpcId}: name a security group of the same VPC`,
      );
    }
  }
}

/** Subnets, at a list's path, that are not of one VPC. */
export function* scatteredSubnets(world: World, subnets: readonly { readonly value: string; readonly at: string }[]) {
  const [first, ...rest] = subnets.map(({ value, at }) => ({
    at,
    value,
    vpc: textOf(world.get(SUBNET, value), "vpcId"),
  }));
  for (const { at, value, vpc } of rest) {
    if (first?.vpc !== undefined && vpc !== undefined && vpc !== first.vpc)
      yield failure(at, `"${value}" is in ${vpc}, "${first.value}" in ${first.vpc}: name subnets of one VPC`);
  }
}

/** The zones of known subnets. */
export function zonesOf(world: World, subnets: readonly { readonly value: string }[]): readonly (string | undefined)[] {
  return subnets.map(({ value }) => textOf(world.get(SUBNET, value), "availabilityZone"));
}

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;
const shapeOf = (inputs: Values): string =>
  JSON.stringify([
    inputs.ipProtocol,
    inputs.fromPort ?? null,
    inputs.toPort ?? null,
    ...SOURCES.map((name) => inputs[name] ?? null),
  ]);

/** A rule has one source, an order of ports, and is not there already. */
const groupRule: Constraint = function* ({ type, inputs, text }, world) {
  const given = SOURCES.filter((name) => (inputs[name] ?? null) !== null);
  if (given.length !== 1) {
    const got = given.length === 0 ? "none is given" : `${given.join(" and ")} are given`;
    yield failure(given[1] ?? SOURCES[0], `a rule takes exactly one of ${SOURCES.join(", ")}: ${got}`);
  }
  const [from, to] = [numberAt(inputs, "fromPort"), numberAt(inputs, "toPort")];
  if (from !== undefined && to !== undefined && from > to)
    yield failure("fromPort", `${from} is above toPort ${to}: write the lower port first`);
  const id = text("securityGroupId");
  if (id === undefined) return;
  const others = world.users({ type: GROUP, id }, type, "securityGroupId");
  if (others.length >= RULES_PER_GROUP) {
    const limit = `${id} has ${others.length} rules of this direction, and ${RULES_PER_GROUP} is the quota (RulesPerSecurityGroupLimitExceeded)`;
    yield failure("securityGroupId", `${limit}: name a security group or a prefix list instead of single addresses`);
  }
  if (others.some((other) => shapeOf(other.inputs) === shapeOf(inputs)))
    yield failure(
      "securityGroupId",
      `${id} has this rule already (InvalidPermission.Duplicate): leave one of the two out`,
    );
  const named = text("referencedSecurityGroupId");
  const [ours, theirs] = [id, named ?? id].map((each) => textOf(world.get(GROUP, each), "vpcId"));
  if (ours !== undefined && theirs !== undefined && ours !== theirs && !peered(world, ours, theirs))
    yield failure(
      "referencedSecurityGroupId",
      `"${named}" is in ${theirs}, ${id} in ${ours}: name a group of the same VPC`,
    );
};

const route: Constraint = function* ({ inputs, text }, world) {
  const id = text("routeTableId");
  if (id === undefined) return;
  for (const property of ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"]) {
    const destination = text(property);
    if (destination === undefined) continue;
    const taken = world
      .users({ type: "aws:ec2/routeTable:RouteTable", id }, "aws:ec2/route:Route")
      .some((other) => other.inputs[property] === destination);
    if (taken)
      yield failure(
        property,
        `${id} has a route to ${destination} already (RouteAlreadyExists): a destination has one route`,
      );
  }
  const ways = ["gatewayId", "natGatewayId", "vpcEndpointId", "transitGatewayId", "networkInterfaceId", "egressOnlyGatewayId", "vpcPeeringConnectionId"]; // prettier-ignore
  const count = [...ways, "coreNetworkArn", "carrierGatewayId", "localGatewayId", "odbNetworkArn"].filter(
    (name) => (inputs[name] ?? null) !== null,
  ).length;
  if (count !== 1)
    yield failure("gatewayId", `a route has exactly one target, and ${count} are given: one of ${ways.join(", ")}`);
};

const elasticAddress: Constraint = function* (_, world) {
  const held = world.count("aws:ec2/eip:Eip");
  if (held >= ADDRESSES_PER_REGION) {
    const limit = `this region has ${held} elastic IP addresses, and ${ADDRESSES_PER_REGION} is the quota (AddressLimitExceeded)`;
    yield failure("domain", `${limit}: use fewer NAT gateways, release some, or have the quota raised`);
  }
};

const one = (value: Value | undefined): boolean => isObject(value);

/** A NAT gateway in public has an address, one in private has none. */
const nat: Constraint = function* ({ inputs }) {
  const isPublic = (inputs.connectivityType ?? "public") === "public";
  if (isPublic && (inputs.allocationId ?? null) === null && !one(inputs.availabilityZoneAddresses))
    yield failure("allocationId", "a public NAT gateway needs an elastic IP address: give the id of one");
};

export const network: Readonly<Record<string, readonly Constraint[]>> = {
  [VPC]: [block],
  [SUBNET]: [block, place],
  "aws:ec2/route:Route": [route],
  "aws:ec2/eip:Eip": [elasticAddress],
  "aws:ec2/natGateway:NatGateway": [nat],
  ...Object.fromEntries(RULES.map((type) => [type, [groupRule]])),
};
