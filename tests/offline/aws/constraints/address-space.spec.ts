import { expect } from "chai";
import fc from "fast-check";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { overlap6, parseBlock6, within6 } from "../../../../offline/aws/addresses";
import { subject } from "../../providers/support";
import { type Case, judged, last } from "./cases";
import { cloudOf, refusals } from "./support";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const SECOND = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
const vpc = (id: string, cidrBlock: string, ipv6CidrBlock = "") => ({
  type: VPC,
  id,
  inputs: { cidrBlock, ipv6CidrBlock },
});

const cloud = (): Emulation =>
  cloudOf(
    vpc("vpc-1", "10.0.0.0/16", "2600:1f14:1:100::/56"),
    vpc("vpc-2", "10.0.128.0/17"),
    vpc("vpc-3", "192.168.0.0/16"),
    { type: SECOND, id: "assoc-1", inputs: { vpcId: "vpc-1", cidrBlock: "100.64.0.0/20" } },
    { type: SUBNET, id: "subnet-1", inputs: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", ipv6CidrBlock: "2600:1f14:1:100::/64" } },
    { type: "aws:ec2/routeTable:RouteTable", id: "rtb-1", inputs: { vpcId: "vpc-1" } },
    { type: "aws:ec2/internetGateway:InternetGateway", id: "igw-1", inputs: { vpcId: "vpc-1" } },
  ); // prettier-ignore

const CASES: readonly Case[] = [
  [VPC, { cidrBlock: "10.9.0.0/16" }, [
    [{ cidrBlock: "10.9.0.0/29" }, 'cidrBlock: "10.9.0.0/29" is a /29: AWS takes /16 to /28 (InvalidVpc.Range)'],
    [{ cidrBlock: "127.0.0.0/16" }, 'cidrBlock: "127.0.0.0/16" is reserved (InvalidVpc.Range): choose a private block, such as 10.0.0.0/16'],
    [{ cidrBlock: "10.256.0.0/16" }, 'cidrBlock: "10.256.0.0/16" is not an IPv4 CIDR block, such as 10.0.0.0/16'],
  ]],
  [SUBNET, { vpcId: "vpc-1", cidrBlock: "100.64.1.0/24" }, [
    [{ cidrBlock: "100.64.16.0/24" }, `cidrBlock: "100.64.16.0/24" is outside the VPC's 10.0.0.0/16 and 100.64.0.0/20 (InvalidSubnet.Range): choose a block within it`],
    [{ cidrBlock: "10.0.0.128/25" }, 'cidrBlock: "10.0.0.128/25" overlaps 10.0.0.0/24 of subnet-1 (InvalidSubnet.Conflict): choose a free block'],
  ]],
  [SUBNET, { vpcId: "vpc-1", cidrBlock: "10.0.2.0/24", ipv6CidrBlock: "2600:1f14:1:101::/64" }, [
    [{ ipv6CidrBlock: "2600:1f14:1:100::/64" }, 'ipv6CidrBlock: "2600:1f14:1:100::/64" overlaps 2600:1f14:1:100::/64 of subnet-1 (InvalidSubnet.Conflict): choose a free block'],
    [{ ipv6CidrBlock: "2600:1f14:1:200::/64" }, `ipv6CidrBlock: "2600:1f14:1:200::/64" is outside the VPC's 2600:1f14:1:100::/56 (InvalidSubnet.Range): choose a block within it`],
    [{ ipv6CidrBlock: "2600:1f14:1:101::/65" }, 'ipv6CidrBlock: "2600:1f14:1:101::/65" is a /65: AWS takes /44 to /64 in steps of 4, usually /64'],
    [{ ipv6CidrBlock: "2600:1f14:1:101::1/64" }, `ipv6CidrBlock: "2600:1f14:1:101::1/64" has bits behind its mask: write the block's first address`],
    [{ ipv6CidrBlock: "10.0.2.0/24" }, 'ipv6CidrBlock: "10.0.2.0/24" is not an IPv6 CIDR block, such as 2600:1f14::/64'],
    [{ vpcId: "vpc-2", cidrBlock: "10.0.130.0/24" }, "ipv6CidrBlock: the VPC has no IPv6 block (InvalidSubnet.Range): give it one with assignGeneratedIpv6CidrBlock"],
  ]],
  [SECOND, { vpcId: "vpc-1", cidrBlock: "100.64.32.0/20" }, [
    [{ cidrBlock: "100.64.0.0/16" }, 'cidrBlock: "100.64.0.0/16" overlaps 100.64.0.0/20 of assoc-1 (InvalidVpc.Range): choose a free block'],
    [{ cidrBlock: "192.168.0.0/20" }, 'cidrBlock: "192.168.0.0/20" is of 192.168.0.0/16, which a VPC of 10.0.0.0/16 can\'t have (InvalidVpc.Range): choose a block of its own range, or of 100.64.0.0/10'],
    [{ cidrBlock: "100.64.32.0/8" }, 'cidrBlock: "100.64.32.0/8" is a /8: AWS takes /16 to /28 (InvalidVpc.Range)', 'cidrBlock: "100.64.32.0/8" overlaps 100.64.0.0/20 of assoc-1 (InvalidVpc.Range): choose a free block'],
    [{ vpcId: "vpc-9" }, 'vpcId: no aws:ec2/vpc:Vpc "vpc-9" exists in this account and region: create it first, or name one that exists'],
  ]],
  ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection", { vpcId: "vpc-1", peerVpcId: "vpc-3" }, [
    [{ peerVpcId: "vpc-2" }, "peerVpcId: 10.0.128.0/17 of vpc-2 overlaps 10.0.0.0/16 of vpc-1: connect VPCs whose blocks are apart"],
    [{ peerVpcId: "vpc-1" }, 'peerVpcId: "vpc-1" is the VPC itself: name another one'],
  ]],
  ["aws:ec2/route:Route", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }, [
    [{ destinationCidrBlock: "10.0.0.0/16" }, "destinationCidrBlock: 10.0.0.0/16 is the VPC's own (RouteAlreadyExists): traffic within it needs no route"],
    [{ destinationCidrBlock: "0.0.0.0" }, 'destinationCidrBlock: "0.0.0.0" is not an IPv4 CIDR block, such as 10.0.0.0/16'],
  ]],
  ["aws:ec2/networkInterface:NetworkInterface", { subnetId: "subnet-1", privateIps: ["10.0.0.10"] }, [
    [{ privateIps: ["10.0.0.10", "10.0.1.10"] }, 'privateIps[1]: "10.0.1.10" is outside 10.0.0.0/24 of subnet-1 (InvalidParameterValue): choose an address within it'],
    [{ privateIps: ["10.0.0.3"] }, 'privateIps[0]: "10.0.0.3" is kept by AWS in 10.0.0.0/24: the first four and the last are'],
  ]],
]; // prettier-ignore

describe("offline providers: blocks of addresses", () => {
  judged(cloud, CASES);

  it("gives a VPC 200 subnets", () => {
    const block = (at: number) => ({ vpcId: "vpc-9", cidrBlock: `10.0.${at >> 4}.${(at % 16) * 16}/28` });
    const subnet = (at: number) => ({ type: SUBNET, id: `subnet-of-nine-${at}`, inputs: block(at) });
    const full = cloudOf(vpc("vpc-9", "10.0.0.0/16"), ...Array.from({ length: 199 }, (_, at) => subnet(at)));
    expect(last(full, SUBNET, (at) => block(at + 199), 1)).to.deep.equal([]);
    expect(last(full, SUBNET, (at) => block(at + 200), 1)).to.deep.equal([
      "vpcId: vpc-9 has 200 subnets, and 200 is the quota of a VPC (SubnetLimitExceeded): delete one, or use another VPC",
    ]);
  });

  it("gives a region five VPCs, and a VPC five blocks", () => {
    const block = (at: number) => ({ cidrBlock: `10.${at}.0.0/16` });
    expect(last(cloudOf(), VPC, block, 5)).to.deep.equal([]);
    expect(last(cloudOf(), VPC, block, 6)).to.deep.equal([
      "cidrBlock: this region has 5 VPCs, and 5 is the quota (VpcLimitExceeded): delete one, or have the quota raised",
    ]);
    const further = (at: number) => ({ vpcId: "vpc-3", cidrBlock: `100.${64 + at}.0.0/16` });
    expect(last(cloud(), SECOND, further, 4)).to.deep.equal([]);
    expect(last(cloud(), SECOND, further, 5)).to.deep.equal([
      "vpcId: vpc-3 has 5 IPv4 blocks, and 5 is the quota (CidrLimitExceeded): use another VPC",
    ]);
  });

  it("lets connected VPCs name each other's groups", () => {
    const GROUP = "aws:ec2/securityGroup:SecurityGroup";
    const aws = cloudOf(
      vpc("vpc-1", "10.0.0.0/16"),
      vpc("vpc-3", "192.168.0.0/16"),
      { type: GROUP, id: "sg-1", inputs: { vpcId: "vpc-1" } },
      { type: GROUP, id: "sg-3", inputs: { vpcId: "vpc-3" } },
    );
    const rule = { securityGroupId: "sg-1", ipProtocol: "-1", referencedSecurityGroupId: "sg-3" };
    const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(refusals(aws, INGRESS, rule)).to.deep.equal([
      'referencedSecurityGroupId: "sg-3" is in vpc-3, sg-1 in vpc-1: name a group of the same VPC',
    ]);
    aws.create(subject("aws:ec2/vpcPeeringConnection:VpcPeeringConnection"), { vpcId: "vpc-3", peerVpcId: "vpc-1" });
    expect(refusals(aws, INGRESS, rule)).to.deep.equal([]);
  });
});

describe("offline providers: IPv6 blocks", () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  it("reads what it writes out, however it is shortened", () => {
    expect(parseBlock6("2600:1f14::/56")).to.deep.equal(parseBlock6("2600:1f14:0:0:0:0:0:0/56"));
    expect(parseBlock6("::/0")?.base).to.equal(0n);
    for (const text of ["2600::1f14::/56", "2600:/56", "2600::/129", "g::/8", "1:2:3:4:5:6:7:8:9/8", "::"])
      expect(parseBlock6(text), text).to.equal(undefined);
  });
  it("finds a block within itself, and blocks apart that differ in their fixed bits", () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 64 }), (groups, mask) => {
        const own = parseBlock6(`${groups.join(":")}::/${mask}`);
        if (!own) throw new Error("not read");
        const other = { ...own, base: own.base ^ (1n << (128n - BigInt(mask))) };
        expect([within6(own, own), overlap6(own, own), overlap6(own, other)]).to.deep.equal([true, true, false]);
      }),
    );
  });
});
