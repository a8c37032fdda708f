import { disallowDefaultSecurityGroupRules } from "../../../policy/rules/network/disallow-default-security-group-rules";
import { resource, specify, unknown } from "../support";

const group = (props: object) => resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { ...props });

specify(disallowDefaultSecurityGroupRules, {
  compliant: [group({ ingress: [], egress: [] })],
  violating: [
    [
      group({ ingress: [{ self: true }], egress: [{ protocol: "-1" }] }),
      ['it: ingress[0] is {"self":true}', 'it: egress[0] is {"protocol":"-1"}'],
    ],
  ],
  notApplicable: [resource("aws:ec2/securityGroup:SecurityGroup", { ingress: [{ self: true }] })],
  missing: [[group({}), []]],
  unknown: [
    [group({ ingress: unknown, egress: [unknown] }), []],
    [group({ ingress: unknown, egress: [{ protocol: "-1" }] }), ['it: egress[0] is {"protocol":"-1"}']],
  ],
});
