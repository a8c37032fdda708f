// What exists because something else does: a VPC brings a security group, a route table and an access list of its own.
import type { PackageRules } from "../core/rules";
import { plainAll } from "../core/values";

const VPC = "aws:ec2/vpc:Vpc";
/** Outputs of a VPC that name what it brought, by the type of that. */
const BROUGHT: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/securityGroup:SecurityGroup": ["defaultSecurityGroupId"],
  "aws:ec2/routeTable:RouteTable": ["mainRouteTableId", "defaultRouteTableId"],
  "aws:ec2/networkAcl:NetworkAcl": ["defaultNetworkAclId"],
};

export const partOf: NonNullable<PackageRules["partOf"]> = (type, id, all) => {
  const outputs = BROUGHT[type];
  const whole = outputs && all(VPC).find((vpc) => outputs.some((output) => plainAll(vpc.outputs)[output] === id));
  return whole && { type, id, urn: "", inputs: { vpcId: whole.id }, outputs: { vpcId: whole.id } };
};
