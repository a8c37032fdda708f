import { requireVpcFlowLog } from "../../../policy/rules/network/require-vpc-flow-log";
import { resource, specify, unknown } from "../support";

const vpc = (id: unknown = "vpc-1") => resource("aws:ec2/vpc:Vpc", { id }, "main");
const log = (vpcId: unknown) => resource("aws:ec2/flowLog:FlowLog", { vpcId }, "log", { vpcId: ["main"] });

specify(requireVpcFlowLog, {
  compliant: [[vpc(), log("vpc-1")]],
  violating: [[[vpc(), log("vpc-2")], ["main: flowLog is not set"]]],
  notApplicable: [[resource("aws:ec2/subnet:Subnet", {})]],
  missing: [[[vpc()], ["main: flowLog is not set"]]],
  unknown: [
    [[vpc(unknown), log(unknown)], []],
    [[vpc(unknown), resource("aws:ec2/flowLog:FlowLog", { subnetId: "s-1" }, "log")], ["main: flowLog is not set"]],
  ],
});
