import { disallowOpenSensitivePorts } from "../../../policy/rules/network/disallow-open-sensitive-ports";
import { resource, specify, unknown } from "../support";

const rule = (props: object) => ({ protocol: "tcp", fromPort: 5432, toPort: 5432, ...props });
const group = (...ingress: unknown[]) => resource("aws:ec2/securityGroup:SecurityGroup", { ingress });
const older = (props: object) =>
  resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", ...rule(props) });
const newer = (props: object) => resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ...props });

specify(disallowOpenSensitivePorts, {
  compliant: [
    group(rule({ cidrBlocks: ["10.0.0.0/8", "203.0.113.0/24"] })),
    group(rule({ fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] })),
    newer({ ipProtocol: "tcp", fromPort: 22, toPort: 22, referencedSecurityGroupId: "sg-1" }),
  ],
  violating: [
    [group(rule({ cidrBlocks: ["54.0.0.0/12"] })), ['it: ingress[0].cidrBlocks[0] is "54.0.0.0/12"']],
    [older({ fromPort: 20, toPort: 30, cidrBlocks: ["0.0.0.0/0"] }), ['it: cidrBlocks[0] is "0.0.0.0/0"']],
    [newer({ ipProtocol: "-1", cidrIpv6: "2600::/16" }), ['it: cidrIpv6 is "2600::/16"']],
    [newer({ ipProtocol: "6", fromPort: 0, toPort: 65535, cidrIpv4: "3.0.0.0/8" }), ['it: cidrIpv4 is "3.0.0.0/8"']],
  ],
  notApplicable: [
    resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
  ],
  missing: [
    [group(rule({})), []],
    [newer({ ipProtocol: "-1" }), []],
  ],
  unknown: [
    [group(rule({ cidrBlocks: unknown, ipv6CidrBlocks: ["::/0"] })), ['it: ingress[0].ipv6CidrBlocks[0] is "::/0"']],
    [group(rule({ protocol: unknown, cidrBlocks: ["0.0.0.0/0"] })), []],
    [newer({ ipProtocol: "-1", cidrIpv4: unknown }), []],
  ],
});
