import type { ResourceRule } from "../rule";
import { each, UNKNOWN } from "../value";

export const disallowDefaultSecurityGroupRules: ResourceRule = {
  id: "disallow-default-security-group-rules",
  title: "The default security group is empty",
  description:
    "The default security group of a network has no rules, so that what forgets to name a group reaches nothing.",
  severity: "high",
  controls: ["CIS-AWS-3.0 5.4", "NIST-800-53 SC-7"],
  remediation: "leave ingress and egress of the DefaultSecurityGroup out",
  appliesTo: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  check(group, report) {
    for (const { path, value } of [...each(group.props, "ingress[*]"), ...each(group.props, "egress[*]")]) {
      if (value !== UNKNOWN) report({ path, found: value, required: "no rule" });
    }
  },
};
