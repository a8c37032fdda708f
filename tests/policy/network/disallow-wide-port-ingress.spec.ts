import { disallowWidePortIngress } from "../../../policy/rules/network/disallow-wide-port-ingress";
import { resource, specify, unknown } from "../support";

const rule = (props: object) => ({ protocol: "tcp", fromPort: 8080, toPort: 8080, ...props });
const group = (...ingress: unknown[]) => resource("aws:ec2/securityGroup:SecurityGroup", { ingress });
const older = (props: object) =>
  resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", ...rule(props) });
const newer = (props: object) => resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ...props });

specify(disallowWidePortIngress, {
  compliant: [
    group(rule({ cidrBlocks: ["10.0.0.0/16"] })),
    newer({ ipProtocol: "-1", referencedSecurityGroupId: "sg-1" }),
  ],
  violating: [
    [
      group(rule({ fromPort: 0, toPort: 65535, cidrBlocks: ["10.0.0.0/16"] })),
      ['it: ingress[0].cidrBlocks[0] is "10.0.0.0/16"'],
    ],
    [newer({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" }), ['it: cidrIpv4 is "10.0.0.0/16"']],
    [older({ protocol: "all", cidrBlocks: ["10.0.0.0/16"] }), ['it: cidrBlocks[0] is "10.0.0.0/16"']],
  ],
  notApplicable: [older({ type: "egress", protocol: "-1", cidrBlocks: ["10.0.0.0/16"] })],
  missing: [[newer({ ipProtocol: "-1" }), []]],
  unknown: [
    [newer({ ipProtocol: "-1", cidrIpv4: unknown }), []],
    [
      group(rule({ protocol: "-1", cidrBlocks: [unknown, "10.0.0.0/16"] })),
      ['it: ingress[0].cidrBlocks[1] is "10.0.0.0/16"'],
    ],
  ],
});
