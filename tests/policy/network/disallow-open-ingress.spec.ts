import { disallowOpenIngress } from "../../../policy/rules/network/disallow-open-ingress";
import { resource, specify, unknown } from "../support";

const rule = (props: object) => ({ protocol: "tcp", fromPort: 8080, toPort: 8080, ...props });
const group = (...ingress: unknown[]) => resource("aws:ec2/securityGroup:SecurityGroup", { ingress });
const older = (props: object) =>
  resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", ...rule(props) });
const newer = (props: object) => resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ...props });

specify(disallowOpenIngress, {
  compliant: [
    group(rule({ fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] })),
    group(rule({ cidrBlocks: ["10.0.0.0/8", "203.0.113.0/24"], ipv6CidrBlocks: ["fd00::/8"] })),
    group(rule({ protocol: "icmp", fromPort: 8, toPort: 0, cidrBlocks: ["0.0.0.0/0"] })),
    newer({ ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" }),
    older({ type: "egress", cidrBlocks: ["0.0.0.0/0"] }),
  ],
  violating: [
    [
      group(rule({ cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] })),
      ['it: ingress[0].cidrBlocks[1] is "0.0.0.0/0"', 'it: ingress[0].ipv6CidrBlocks[0] is "::/0"'],
    ],
    [
      group(rule({ cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] })),
      ['it: ingress[0].cidrBlocks[0] is "0.0.0.0/1"', 'it: ingress[0].cidrBlocks[1] is "128.0.0.0/1"'],
    ],
    [older({ fromPort: 80, toPort: 443, ipv6CidrBlocks: ["2000::/3"] }), ['it: ipv6CidrBlocks[0] is "2000::/3"']],
    [
      older({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
      ['it: cidrBlocks[0] is "0.0.0.0/0"'],
    ],
    [newer({ ipProtocol: "-1", cidrIpv6: "::/0" }), ['it: cidrIpv6 is "::/0"']],
    [newer({ ipProtocol: "udp", fromPort: 53, toPort: 53, cidrIpv4: "10.0.0.0/7" }), ['it: cidrIpv4 is "10.0.0.0/7"']],
  ],
  notApplicable: [
    resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
    resource("aws:ec2/networkAcl:NetworkAcl", { ingress: [rule({ cidrBlocks: ["0.0.0.0/0"] })] }),
  ],
  missing: [
    [resource("aws:ec2/securityGroup:SecurityGroup", {}), []],
    [group(rule({})), []],
  ],
  unknown: [
    [resource("aws:ec2/securityGroup:SecurityGroup", { ingress: unknown }), []],
    [group(unknown, rule({ cidrBlocks: ["0.0.0.0/0", unknown] })), ['it: ingress[1].cidrBlocks[0] is "0.0.0.0/0"']],
    [group(rule({ fromPort: unknown, cidrBlocks: ["0.0.0.0/0"] })), []],
    [newer({ securityGroupId: unknown, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }), ['it: cidrIpv4 is "0.0.0.0/0"']],
  ],
});
