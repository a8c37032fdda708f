// The default parts of a VPC: a security group, a route table and a network ACL exist with it.
import type { PackageRules } from "../providers/core/rules";
import { plainAll } from "../providers/core/values";

const VPC = "aws:ec2/vpc:Vpc";
/** Outputs of a VPC that name its default parts, by their type. */
const DEFAULT_PARTS: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/securityGroup:SecurityGroup": ["defaultSecurityGroupId"],
  "aws:ec2/routeTable:RouteTable": ["mainRouteTableId", "defaultRouteTableId"],
  "aws:ec2/networkAcl:NetworkAcl": ["defaultNetworkAclId"],
};

export const defaultPart: NonNullable<PackageRules["defaultPart"]> = (type, id, all) => {
  const outputs = DEFAULT_PARTS[type];
  const whole = outputs && all(VPC).find((vpc) => outputs.some((output) => plainAll(vpc.outputs)[output] === id));
  return whole && { type, id, urn: "", inputs: { vpcId: whole.id }, outputs: { vpcId: whole.id } };
};
