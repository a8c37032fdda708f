import { refers } from "../relations";
import type { StackRule } from "../rule";

export const requireVpcFlowLog: StackRule = {
  id: "require-vpc-flow-log",
  title: "Networks log their traffic",
  description: "Each network has a flow log.",
  severity: "medium",
  controls: ["CIS-AWS-3.0 3.7", "PCI-DSS-4.0 10.2.1", "NIST-800-53 AU-12"],
  remediation: "add a FlowLog with the network's vpcId and trafficType ALL",
  appliesTo: ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"],
  checkStack(stack, report) {
    const logs = stack.ofType("aws:ec2/flowLog:FlowLog");
    for (const vpc of stack.ofType("aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc")) {
      if (logs.some((log) => refers(stack, log, "vpcId", vpc) !== "no")) continue;
      report(vpc, { path: "flowLog", found: undefined, required: "a FlowLog resource of this network" });
    }
  },
};
