// Networks and load balancers.
import type { Facts } from "./facts";

const ROUTE_DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
const ROUTE_TARGETS = [
  ...["carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "gatewayId", "localGatewayId", "natGatewayId"],
  ...["networkInterfaceId", "odbNetworkArn", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId"],
];
const RULE_SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

export const network: Facts = {
  "aws:ec2/route:Route": {
    source: "ec2/vpc_route.go",
    replaces: ["routeTableId", ...ROUTE_DESTINATIONS],
    oneOf: [ROUTE_DESTINATIONS, ROUTE_TARGETS],
    conflicts: [
      ["carrierGatewayId", "destinationIpv6CidrBlock"],
      ["egressOnlyGatewayId", "destinationCidrBlock"],
      ["vpcEndpointId", "destinationPrefixListId"],
    ],
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    source: "elbv2/load_balancer.go",
    replaces: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
    oneOf: [["subnets", "subnetMappings"]],
    conflicts: [["name", "namePrefix"]],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    source: "ec2/vpc_security_group_egress_rule.go",
    replaces: ["securityGroupId"],
    oneOf: [RULE_SOURCES],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    source: "ec2/vpc_security_group_ingress_rule.go",
    replaces: ["securityGroupId"],
    oneOf: [RULE_SOURCES],
  },
};
