// What a VPC's parts must agree on.
import type { Constraint } from "../../core/rules";
import { isObject, type Value } from "../../core/values";
import type { World } from "../../core/world";
import { blockFault, localBlocks } from "./address-space";
import { failure, isGiven, GROUP, SUBNET, textOf, VPC } from "./support";

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const TABLE = "aws:ec2/routeTable:RouteTable";
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

const route: Constraint = function* ({ text }, world) {
  const id = text("routeTableId");
  if (id === undefined) return;
  const vpcId = textOf(world.get(TABLE, id), "vpcId");
  const local = vpcId === undefined ? [] : localBlocks(world, vpcId);
  for (const property of ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"]) {
    const destination = text(property);
    if (destination === undefined) continue;
    const reason = property === "destinationPrefixListId" ? undefined : blockFault(destination);
    if (reason !== undefined) yield failure(property, reason);
    if (local.includes(destination))
      yield failure(property, `${destination} is the VPC's own (RouteAlreadyExists): traffic within it needs no route`);
    const taken = world
      .users({ type: TABLE, id }, "aws:ec2/route:Route")
      .some((other) => other.inputs[property] === destination);
    if (taken)
      yield failure(
        property,
        `${id} has a route to ${destination} already (RouteAlreadyExists): a destination has one route`,
      );
  }
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
const nat: Constraint = function* ({ inputs, text }) {
  const isPublic = (inputs.connectivityType ?? "public") === "public";
  if (isPublic && !isGiven(inputs, "allocationId") && !one(inputs.availabilityZoneAddresses))
    yield failure("allocationId", "a public NAT gateway needs an elastic IP address: give the id of one");
  if (isPublic && isGiven(inputs, "secondaryPrivateIpAddressCount"))
    yield failure("secondaryPrivateIpAddressCount", "only a private NAT gateway takes it: leave it out");
  if (inputs.connectivityType !== "private") return;
  const secondary = inputs.secondaryAllocationIds;
  if (text("allocationId") !== undefined)
    yield failure("allocationId", "a private NAT gateway has no elastic IP address: leave it out");
  if (Array.isArray(secondary) && secondary.length > 0)
    yield failure("secondaryAllocationIds", "a private NAT gateway has no elastic IP address: leave it out");
};

export const network: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:ec2/route:Route": [route],
  "aws:ec2/eip:Eip": [elasticAddress],
  "aws:ec2/natGateway:NatGateway": [nat],
};
