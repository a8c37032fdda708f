import { requireDefaultSecurityGroupClosed } from "../../../policy/rules/network/require-default-security-group-closed";
import { resource, specify, unknown } from "../support";

const vpc = (id: unknown = "vpc-1") => resource("aws:ec2/vpc:Vpc", { id }, "main");
const group = (vpcId: unknown) =>
  resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId }, "default", { vpcId: ["main"] });

specify(requireDefaultSecurityGroupClosed, {
  compliant: [[vpc(), group("vpc-1")]],
  violating: [[[vpc(), group("vpc-2")], ["main: defaultSecurityGroup is not set"]]],
  notApplicable: [[resource("aws:ec2/subnet:Subnet", { vpcId: "vpc-1" })]],
  missing: [[[vpc()], ["main: defaultSecurityGroup is not set"]]],
  unknown: [
    [[vpc(unknown), group(unknown)], []],
    [[vpc(unknown)], ["main: defaultSecurityGroup is not set"]],
  ],
});
