import type { Constraint } from "../providers/core/rules";
import type { Values } from "../providers/core/values";
import type { World } from "../providers/core/world";
import { GROUP, SUBNET, VPC, failure, objectAt, textOf, textsAt } from "./inputs";

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

/** The object or list at a path such as `vpcConfig.subnetIds`. */
function holder(inputs: Values, path: string): { readonly within: Values; readonly last: string } {
  const steps = path.split(".");
  const last = steps.pop() ?? path;
  return { within: steps.reduce((values, step) => objectAt(values, step), inputs), last };
}

/** The zones of a list of subnets; undefined while a subnet or its zone is unknown. */
export function knownZones(
  world: Parameters<Constraint>[1],
  inputs: Values,
  path: string,
): readonly (readonly [subnet: string, zone: string])[] | undefined {
  const { within, last } = holder(inputs, path);
  const [given, list] = [textsAt(within, last), within[last]];
  const zones = zonesOf(world, given);
  if (!Array.isArray(list) || list.length === 0 || given.length !== list.length) return undefined;
  const pairs = given.flatMap(({ value }, at): (readonly [string, string])[] => {
    const zone = zones[at];
    return zone === undefined ? [] : [[value, zone]];
  });
  return pairs.length === given.length ? pairs : undefined;
}

/** Subnets that are all of one zone, where the service wants two. */
export const twoZones = (path: string, what: string, error: string): Constraint =>
  function* ({ inputs }, world) {
    const zones = new Set(knownZones(world, inputs, path)?.map(([, zone]) => zone));
    if (zones.size === 1)
      yield failure(
        path,
        `all subnets are in ${[...zones].join("")}, and ${what} covers two zones at least (${error}): add one of another zone`,
      );
  };
