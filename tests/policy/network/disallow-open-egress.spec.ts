import { disallowOpenEgress } from "../../../policy/rules/network/disallow-open-egress";
import { resource, specify, unknown } from "../support";

const group = (...egress: unknown[]) => resource("aws:ec2/securityGroup:SecurityGroup", { egress });
const newer = (props: object) => resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { ...props });
const all = { protocol: "-1", fromPort: 0, toPort: 0 };

specify(disallowOpenEgress, {
  compliant: [
    group({ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }),
    group({ ...all, cidrBlocks: ["10.0.0.0/16"] }),
    newer({ ipProtocol: "-1", referencedSecurityGroupId: "sg-1" }),
  ],
  violating: [
    [
      group({ ...all, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }),
      ['it: egress[0].cidrBlocks[0] is "0.0.0.0/0"', 'it: egress[0].ipv6CidrBlocks[0] is "::/0"'],
    ],
    [
      group({ protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/1"] }),
      ['it: egress[0].cidrBlocks[0] is "0.0.0.0/1"'],
    ],
    [newer({ ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }), ['it: cidrIpv4 is "0.0.0.0/0"']],
    [
      resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "egress", ...all, cidrBlocks: ["0.0.0.0/0"] }),
      ['it: cidrBlocks[0] is "0.0.0.0/0"'],
    ],
  ],
  notApplicable: [resource("aws:ec2/networkAcl:NetworkAcl", { egress: [{ ...all, cidrBlock: "0.0.0.0/0" }] })],
  missing: [
    [resource("aws:ec2/securityGroup:SecurityGroup", {}), []],
    [group(all), []],
  ],
  unknown: [
    [group({ ...all, cidrBlocks: unknown }), []],
    [group(unknown, { ...all, cidrBlocks: ["0.0.0.0/0"] }), ['it: egress[1].cidrBlocks[0] is "0.0.0.0/0"']],
  ],
});
