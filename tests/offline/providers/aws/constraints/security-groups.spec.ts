import { expect } from "chai";
import { UNKNOWN, type Values } from "../../../../../offline/providers/core/values";
import { provider, subject } from "../../support";
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
