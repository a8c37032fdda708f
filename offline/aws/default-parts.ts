// Parts that exist with something else: the security group, the route table and the network ACL of a VPC, and the security group that EKS makes
// for a cluster.
import type { Existing } from "../providers/core/record";
import type { PackageRules } from "../providers/core/rules";
import { isObject, plainAll, text, type Value } from "../providers/core/values";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const CLUSTER = "aws:eks/cluster:Cluster";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
/** Outputs of a VPC that name its default parts, by their type. */
const DEFAULT_PARTS: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/securityGroup:SecurityGroup": ["defaultSecurityGroupId"],
  "aws:ec2/routeTable:RouteTable": ["mainRouteTableId", "defaultRouteTableId"],
  "aws:ec2/networkAcl:NetworkAcl": ["defaultNetworkAclId"],
};

export const defaultPart: NonNullable<PackageRules["defaultPart"]> = (type, id, all) => {
  const outputs = DEFAULT_PARTS[type];
  const whole = outputs && all(VPC).find((vpc) => outputs.some((output) => plainAll(vpc.outputs)[output] === id));
  const vpcId = whole?.id ?? (type === GROUP ? vpcOfClusterGroup(id, all) : undefined);
  return vpcId === undefined ? undefined : { type, id, urn: "", inputs: { vpcId }, outputs: { vpcId } };
};

/** The VPC of a cluster's security group. */
function vpcOfClusterGroup(id: string, all: (type: string) => readonly Existing[]): string | undefined {
  const configs = all(CLUSTER).map(({ outputs }) => plainAll(outputs).vpcConfig);
  const config = configs.find((one) => isObject(one) && one.clusterSecurityGroupId === id);
  const subnetIds = isObject(config) && Array.isArray(config.subnetIds) ? (config.subnetIds as readonly Value[]) : [];
  const [subnetId] = subnetIds;
  return text(all(SUBNET).find((subnet) => subnet.id === subnetId)?.outputs.vpcId);
}
