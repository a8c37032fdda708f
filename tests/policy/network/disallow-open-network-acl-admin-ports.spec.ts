import { disallowOpenNetworkAclAdminPorts } from "../../../policy/rules/network/disallow-open-network-acl-admin-ports";
import { resource, specify, unknown } from "../support";

const ssh = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0", action: "allow", ruleNo: 100 };
const all = { ...ssh, protocol: "-1", fromPort: 0, toPort: 0 };
const acl = (...ingress: unknown[]) => [resource("aws:ec2/networkAcl:NetworkAcl", { id: "acl-1", ingress }, "acl")];
const rule = (props: object, name = "rule") =>
  resource(
    "aws:ec2/networkAclRule:NetworkAclRule",
    { networkAclId: "acl-1", ruleNumber: 100, ruleAction: "allow", protocol: "-1", ...props },
    name,
  );

specify(disallowOpenNetworkAclAdminPorts, {
  compliant: [
    acl({ ...ssh, cidrBlock: "10.0.0.0/16" }),
    acl({ ...ssh, fromPort: 443, toPort: 443 }),
    acl({ ...ssh, fromPort: 1024, toPort: 65535 }),
    acl({ ...all, ruleNo: 90, action: "deny" }, all),
    [...acl(), rule({ cidrBlock: "0.0.0.0/0", egress: true })],
    [
      ...acl(),
      rule({ cidrBlock: "0.0.0.0/0", ruleAction: "deny", ruleNumber: 50 }, "first"),
      rule({ cidrBlock: "0.0.0.0/0" }),
    ],
  ],
  violating: [
    [acl(ssh), ['acl: ingress[0].cidrBlock is "0.0.0.0/0"']],
    [acl({ ...ssh, fromPort: 3389, toPort: 65535 }), ['acl: ingress[0].cidrBlock is "0.0.0.0/0"']],
    [acl({ ...all, fromPort: 1023, toPort: 65535 }), ['acl: ingress[0].cidrBlock is "0.0.0.0/0"']],
    [acl({ ...all, cidrBlock: "", ipv6CidrBlock: "::/0" }), ['acl: ingress[0].ipv6CidrBlock is "::/0"']],
    [acl({ ...ssh, ruleNo: 90, action: "deny" }, all), ['acl: ingress[1].cidrBlock is "0.0.0.0/0"']],
    [[...acl(), rule({ cidrBlock: "0.0.0.0/1" })], ['rule: cidrBlock is "0.0.0.0/1"']],
    [[rule({ cidrBlock: "0.0.0.0/0", networkAclId: "acl-elsewhere" })], ['rule: cidrBlock is "0.0.0.0/0"']],
    [
      [resource("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", { ingress: [all] })],
      ['it: ingress[0].cidrBlock is "0.0.0.0/0"'],
    ],
  ],
  notApplicable: [[resource("aws:ec2/securityGroup:SecurityGroup", { ingress: [ssh] })]],
  missing: [[[resource("aws:ec2/networkAcl:NetworkAcl", {})], []]],
  unknown: [
    [acl(unknown, ssh), ['acl: ingress[1].cidrBlock is "0.0.0.0/0"']],
    [acl({ ...ssh, cidrBlock: unknown }), []],
    [acl({ ...ssh, fromPort: unknown }), []],
  ],
});
