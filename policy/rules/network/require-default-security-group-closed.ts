import { refers } from "../relations";
import type { StackRule } from "../rule";

export const requireDefaultSecurityGroupClosed: StackRule = {
  id: "require-default-security-group-closed",
  title: "Every network takes over its default security group",
  description:
    "Each network manages its default security group: AWS creates it with everything open among its members.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 5.4", "NIST-800-53 SC-7"],
  remediation: "add a DefaultSecurityGroup without rules for the network",
  appliesTo: ["aws:ec2/vpc:Vpc"],
  checkStack(stack, report) {
    const groups = stack.ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    for (const vpc of stack.ofType("aws:ec2/vpc:Vpc")) {
      if (groups.some((group) => refers(stack, group, "vpcId", vpc) !== "no")) continue;
      report(vpc, {
        path: "defaultSecurityGroup",
        found: undefined,
        required: "a DefaultSecurityGroup resource without rules",
      });
    }
  },
};
