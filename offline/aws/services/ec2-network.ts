// VPCs, subnets and their blocks of addresses.
import type { Cards } from "../card";
import type { Failure } from "../../providers/core/check";
import type { NewResource, Constraint } from "../../providers/core/rules";
import type { World } from "../../providers/core/world";
import {
  type Block,
  blockFault,
  blockOf,
  blocksOf,
  cidrOf,
  overlap,
  overlap6,
  parseBlock,
  parseBlock6,
  showBlock,
  within,
  within6,
} from "../addresses";
import { ec2Id } from "../identifiers";
import { SUBNET, VPC, failure, textOf } from "../inputs";
import { loose, vpc } from "../references";
import { logs } from "../times";

export const ec2 = (type: string) => (resource: NewResource) => resource.arn("ec2", `${type}/${resource.id}`);
export const owner = (resource: NewResource) => resource.accountId;

/** Addresses that no VPC may have. */
const RESERVED = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(parseBlock);

/** A block of a size that AWS takes, with no bits behind its mask. */
const blockSize: Constraint = function* ({ text, type }) {
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

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const QUOTAS = { blocks: 5, vpcs: 5, subnets: 200 } as const;

const vpcQuota: Constraint = function* (_, world): Iterable<Failure> {
  const held = world.count(VPC);
  if (held >= QUOTAS.vpcs)
    yield failure(
      "cidrBlock",
      `this region has ${held} VPCs, and ${QUOTAS.vpcs} is the quota (VpcLimitExceeded): delete one, or have the quota raised`,
    );
};

export const zoneOf = (resource: NewResource): string => resource.text("availabilityZone") || `${resource.region}a`;

/** `us-east-1a` → `use1-az1`: the zone's name that means the same in every account. */
function zoneId(zone: string): string {
  const match = /^([a-z]+)-([a-z]+)-(\d)([a-z])$/.exec(zone);
  if (!match) return `${zone}-az1`;
  const [, area = "", side = "", number = "", letter = "a"] = match;
  const short = side.replace(/north|south|east|west|central/g, (word) => word.charAt(0));
  return `${area}${short}${number}-az${letter.charCodeAt(0) - 96}`;
}

/** A subnet lies within one of its VPC's blocks and beside its neighbours. */
const subnetBlock: Constraint = function* ({ text }, world) {
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

const ASSOCIATION6 = "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation";

/** Every IPv6 block of a VPC. */
function blocks6Of(world: World, id: string): readonly string[] {
  const vpc = world.get(VPC, id);
  return [...(vpc ? [vpc] : []), ...world.users({ type: VPC, id }, ASSOCIATION6)].flatMap((each) => {
    const cidr = textOf(each, "ipv6CidrBlock");
    return cidr === undefined || cidr === "" ? [] : [cidr];
  });
}

/** The same for IPv6, where a subnet is a /64 or a larger one in steps of four. */
const subnetBlock6: Constraint = function* ({ text }, world) {
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

export const publicIp = (resource: NewResource) => `203.0.113.${Number.parseInt(resource.hex(2, "public"), 16)}`;

export const privateIp = (resource: NewResource) =>
  `10.0.${Number.parseInt(resource.hex(2, "ip3"), 16)}.${4 + (Number.parseInt(resource.hex(2, "ip4"), 16) % 250)}`;

/** VPCs that are connected have no address in common. */
const peeredBlocks: Constraint = function* ({ text }, world) {
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

/** Ranges that can't stand beside each other: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const FAMILIES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16"].map(parseBlock);
const familyOf = (one: Block): Block | undefined => FAMILIES.find((family) => within(one, family));

/** A further block of a VPC. */
const secondaryBlock: Constraint = function* ({ text }, world) {
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

export const cards: Cards = {
  "aws:ec2/vpc:Vpc": {
    source: "ec2/vpc_.go",
    id: ec2Id("vpc"),
    computed: {
      arn: ec2("vpc"),
      ownerId: owner,
      mainRouteTableId: (resource) => `rtb-0${resource.hex(16, "main")}`,
      defaultRouteTableId: (resource) => `rtb-0${resource.hex(16, "main")}`,
      defaultNetworkAclId: (resource) => `acl-0${resource.hex(16, "acl")}`,
      defaultSecurityGroupId: (resource) => `sg-0${resource.hex(16, "sg")}`,
      dhcpOptionsId: (resource) => `dopt-0${resource.hex(16, "dhcp")}`,
      ipv6AssociationId: (resource) =>
        resource.inputs.assignGeneratedIpv6CidrBlock === true ? `vpc-cidr-assoc-0${resource.hex(16, "v6")}` : "",
      ipv6CidrBlock: (resource) =>
        resource.inputs.assignGeneratedIpv6CidrBlock === true
          ? `2600:1f14:${resource.hex(3, "v6")}:${resource.hex(2, "v6b")}00::/56`
          : "",
      ipv6CidrBlockNetworkBorderGroup: "",
      cidrBlock: "172.31.0.0/16",
    },
    defaults: {
      enableDnsSupport: true,
      instanceTenancy: "default",
      enableDnsHostnames: false,
      enableNetworkAddressUsageMetrics: false,
    },
    replaces: "cidrBlock ipv4IpamPoolId ipv4NetmaskLength",
    replacesWhen: {
      // The way back to shared hardware is open; the other one is not.
      instanceTenancy: ({ instanceTenancy: old }, { instanceTenancy: now }) =>
        old !== "dedicated" || (now ?? "default") !== "default",
    },
    constraints: [blockSize, vpcQuota],
    creationWhen: [
      {
        when: ({ enableDnsHostnames }) => enableDnsHostnames === true,
        figure: { runs: "11s 12s 12s 14s 15s 15s", source: logs("aws_vpc") },
      },
    ],
  },
  "aws:ec2/subnet:Subnet": {
    source: "ec2/vpc_subnet.go",
    id: ec2Id("subnet"),
    computed: {
      arn: ec2("subnet"),
      ownerId: owner,
      availabilityZone: zoneOf,
      availabilityZoneId: (resource) => zoneId(zoneOf(resource)),
      ipv6CidrBlockAssociationId: "",
    },
    defaults: {
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      mapPublicIpOnLaunch: false,
      privateDnsHostnameTypeOnLaunch: "ip-name",
    },
    references: { vpcId: vpc },
    replaces: `
      availabilityZone availabilityZoneId cidrBlock ipv4IpamPoolId ipv4NetmaskLength ipv6IpamPoolId ipv6Native
      ipv6NetmaskLength outpostArn vpcId
    `,
    replacesWhen: {
      ipv6CidrBlock: ({ assignIpv6AddressOnCreation }) => assignIpv6AddressOnCreation === true,
    },
    constraints: [blockSize, subnetBlock, subnetBlock6],
    creationWhen: [
      {
        when: ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch === true,
        figure: { runs: "10s 11s 11s 11s 14s", source: logs("aws_subnet") },
      },
    ],
  },
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
    source: "ec2/vpc_peering_connection.go",
    references: { vpcId: loose(vpc) },
    replaces: "peerOwnerId peerRegion peerVpcId vpcId",
    constraints: [peeredBlocks],
  },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": {
    constraints: [blockSize, secondaryBlock],
  },
};
