import { expect } from "chai";
import { UNKNOWN, type Values } from "../../../../offline/providers/core/values";
import { provider, subject } from "../../providers/support";
import { type Case, judged } from "./cases";
import { cloudOf, refusals } from "./support";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const rule = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
const refused = (inputs: Values): readonly string[] =>
  refusals(cloudOf({ type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1" }), INGRESS, inputs);

describe("offline providers: protocols and ports of security group rules", () => {
  it("takes every protocol that AWS knows, and what is unknown yet", () => {
    for (const ipProtocol of ["tcp", "udp", "TCP", "6", "-1", "icmp", "icmpv6", "50"])
      expect(refused({ ...rule, ipProtocol }), ipProtocol).to.deep.equal([]);
    expect(refused({ securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" })).to.deep.equal([]);
    const unknown = { ...rule, fromPort: UNKNOWN, toPort: UNKNOWN, securityGroupId: UNKNOWN };
    expect(provider().check(subject(INGRESS), unknown).failures).to.deep.equal([]);
  });

  it("refuses an unknown protocol", () => {
    for (const ipProtocol of ["http", "256"])
      expect(refused({ ...rule, ipProtocol })).to.deep.equal([
        `ipProtocol: "${ipProtocol}" is unknown (InvalidParameterValue): tcp, udp, icmp, icmpv6, -1 for all, or a number from 0 to 255`,
      ]);
  });

  it("refuses a port that does not exist, and TCP without ports", () => {
    expect(refused({ ...rule, toPort: 70_000 })).to.deep.equal([
      "toPort: 70000 is no port (InvalidParameterValue): 0 to 65535",
    ]);
    expect(refused({ securityGroupId: "sg-1", ipProtocol: "tcp", cidrIpv4: "10.0.0.0/16" })).to.deep.equal([
      "fromPort: a rule of tcp needs fromPort and toPort (InvalidParameterValue): give both",
      "toPort: a rule of tcp needs fromPort and toPort (InvalidParameterValue): give both",
    ]);
  });
});

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const LISTED = "aws:ec2/securityGroupRule:SecurityGroupRule";
const open = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] };
const CASES: readonly Case[] = [
  [INGRESS, rule, [
    [{ cidrIpv4: "10.0.0.1/16" }, 'cidrIpv4: "10.0.0.1/16" has bits behind its mask: write 10.0.0.0/16'],
    [{ cidrIpv4: null, cidrIpv6: "fd00::1/64" }, 'cidrIpv6: "fd00::1/64" has bits behind its mask: write the block\'s first address'],
  ]],
  [LISTED, { ...open, type: "ingress", securityGroupId: "sg-1" }, [
    [{ cidrBlocks: ["10.0.0.0"] }, 'cidrBlocks[0]: "10.0.0.0" is not an IPv4 CIDR block, such as 10.0.0.0/16'],
    [{ cidrBlocks: null }, "cidrBlocks: a rule needs a source or a destination: one of cidrBlocks, ipv6CidrBlocks, prefixListIds, self, sourceSecurityGroupId"],
    [{ protocol: "http" }, 'protocol: "http" is unknown (InvalidParameterValue): tcp, udp, icmp, icmpv6, -1 for all, or a number from 0 to 255'],
    [{ fromPort: 444 }, "fromPort: 444 is above toPort 443: write the lower port first"],
    [{ cidrBlocks: null, sourceSecurityGroupId: "sg-2" }, 'sourceSecurityGroupId: "sg-2" is in vpc-2, sg-1 in vpc-1: name a group of the same VPC'],
  ]],
  [GROUP, { name: "web", ingress: [open], egress: [{ ...open, protocol: "-1", fromPort: 0, toPort: 0 }] }, [
    [{ ingress: [open, { ...open, cidrBlocks: ["10.0.0.0/33"] }] }, 'ingress[1].cidrBlocks[0]: "10.0.0.0/33" is not an IPv4 CIDR block, such as 10.0.0.0/16'],
    [{ egress: [{ ...open, toPort: 80 }] }, "egress[0].fromPort: 443 is above toPort 80: write the lower port first"],
    [{ ingress: [{ protocol: "tcp", fromPort: 1, toPort: 1 }] }, "ingress[0].cidrBlocks: a rule needs a source or a destination: one of cidrBlocks, ipv6CidrBlocks, prefixListIds, securityGroups, self"],
    [{ ingress: [{ ...open, cidrBlocks: blocks(61) }] }, "ingress: 61 rules, and 60 is the quota of a group (RulesPerSecurityGroupLimitExceeded): name a security group or a prefix list instead of single addresses"],
    [{ ingress: [{ ...open, securityGroups: ["sg-9"] }] }, `ingress[0].securityGroups[0]: no ${GROUP} "sg-9" exists in this account and region: create it first, or name one that exists`],
  ]],
  ["aws:ec2/networkAclRule:NetworkAclRule", { networkAclId: "acl-1", ruleNumber: 100, protocol: "tcp", ruleAction: "allow", fromPort: 1, toPort: 2, cidrBlock: "0.0.0.0/0" }, [
    [{ ruleNumber: 32_767 }, "ruleNumber: 32767 is out of range: 1 to 32766"],
    [{ cidrBlock: "0.0.0.0" }, 'cidrBlock: "0.0.0.0" is not an IPv4 CIDR block, such as 10.0.0.0/16'],
    [{ ruleNumber: 7 }, "ruleNumber: 7 is taken in acl-1 (NetworkAclEntryAlreadyExists): choose a free one"],
    [{ ruleNumber: 7, egress: true }],
  ]],
]; // prettier-ignore

function blocks(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `10.0.${at}.0/24`);
}

const cloud = () =>
  cloudOf(
    { type: GROUP, id: "sg-1", inputs: { vpcId: "vpc-1" } },
    { type: GROUP, id: "sg-2", inputs: { vpcId: "vpc-2" } },
    { type: "aws:ec2/networkAcl:NetworkAcl", id: "acl-1" },
    {
      ...{ type: "aws:ec2/networkAclRule:NetworkAclRule", id: "nacl-1" },
      inputs: { networkAclId: "acl-1", ruleNumber: 7, protocol: "-1", ruleAction: "allow" },
    },
  );

describe("offline providers: rules of security groups, however they are written", () => {
  judged(cloud, CASES);

  it("counts the rules of a group over all forms, IPv4 and IPv6 for themselves", () => {
    const aws = cloudOf({ type: GROUP, id: "sg-1", inputs: { ingress: [{ ...open, cidrBlocks: blocks(30) }] } });
    const listed = { ...open, type: "ingress", securityGroupId: "sg-1", cidrBlocks: blocks(29) };
    expect(refusals(aws, LISTED, listed, "listed")).to.deep.equal([]);
    expect(refusals(aws, INGRESS, rule, "last")).to.deep.equal([]);
    expect(refusals(aws, INGRESS, { ...rule, fromPort: 80, toPort: 80 })).to.deep.equal([
      "securityGroupId: sg-1 has 60 rules of this direction, and 60 is the quota (RulesPerSecurityGroupLimitExceeded): name a security group or a prefix list instead of single addresses",
    ]);
    const six: Values = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv6: "::/0" };
    expect(refusals(aws, INGRESS, six, "six")).to.deep.equal([]);
    const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
    expect(refusals(aws, EGRESS, rule, "out")).to.deep.equal([]);
  });
});
