// Networks and what stands in them.
import type { Facts, First } from "./facts";

const ROUTE_DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
const ROUTE_TARGETS = [
  ...["carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "gatewayId", "localGatewayId", "natGatewayId"],
  ...["networkInterfaceId", "odbNetworkArn", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId"],
];
export const RULE_SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
const RULE_PORTS = { fromPort: [-1, 65535], toPort: [-1, 65535] } as const;
const INLINE_RULES = ["ingress", "egress"];
const INLINE_NUMBERS: Facts[string]["ranges"] = {
  ...{ "egress.ruleNo": [1, 32766], "egress.fromPort": [0, 65535], "egress.toPort": [0, 65535] },
  ...{ "ingress.ruleNo": [1, 32766], "ingress.fromPort": [0, 65535], "ingress.toPort": [0, 65535] },
};
const ofRoute = (names: readonly string[]): readonly string[] => names.map((name) => `routes.${name}`);
const INLINE_SETS = [
  ...INLINE_RULES,
  ...INLINE_RULES.flatMap((direction) => ["prefixListIds", "securityGroups"].map((list) => `${direction}.${list}`)),
];
const LOGGED = ["eniId", "regionalNatGatewayId", "subnetId", "transitGatewayAttachmentId", "transitGatewayId", "vpcId"];
/** IPv6 blocks come in steps of four bits. */
const IPV6_NETMASKS = ["44", "48", "52", "56", "60"];
const OUTPOST: readonly First[] = [
  ["customerOwnedIpv4Pool", "mapCustomerOwnedIpOnLaunch", "outpostArn"],
  ["mapCustomerOwnedIpOnLaunch", "customerOwnedIpv4Pool", "outpostArn"],
];

export const network: Facts = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    source: "ec2/vpc_default_security_group.go",
    replaces: ["vpcId"],
    sets: INLINE_SETS,
  },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": {
    source: "ec2/vpc_egress_only_internet_gateway.go",
    replaces: ["vpcId"],
  },
  "aws:ec2/eip:Eip": {
    source: "ec2/ec2_eip.go",
    replaces: ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
    values: { domain: ["vpc", "standard"] },
  },
  "aws:ec2/flowLog:FlowLog": {
    source: "ec2/vpc_flow_log.go",
    replaces: [
      ...LOGGED,
      ...["deliverCrossAccountRole", "destinationOptions", "iamRoleArn", "logDestination", "logDestinationType"],
      ...["logFormat", "maxAggregationInterval", "tagFieldSpecifications", "trafficType"],
    ],
    forms: { arn: ["deliverCrossAccountRole", "iamRoleArn", "logDestination"] },
    values: { maxAggregationInterval: ["60", "600"] },
    oneOf: [LOGGED],
  },
  "aws:ec2/internetGateway:InternetGateway": { source: "ec2/vpc_internet_gateway.go", replaces: [] },
  "aws:ec2/natGateway:NatGateway": {
    source: "ec2/vpc_nat_gateway.go",
    replaces: [
      ...["allocationId", "availabilityMode", "connectivityType", "privateIp", "secondaryPrivateIpAddressCount"],
      ...["subnetId", "vpcId"],
    ],
    sets: ["secondaryAllocationIds", "secondaryPrivateIpAddresses"],
    conflicts: [["secondaryPrivateIpAddressCount", "secondaryPrivateIpAddresses"]],
  },
  "aws:ec2/networkAcl:NetworkAcl": {
    source: "ec2/vpc_network_acl.go",
    replaces: ["vpcId"],
    ranges: INLINE_NUMBERS,
    sets: [...INLINE_RULES, "subnetIds"],
  },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    source: "ec2/vpc_network_acl_rule.go",
    replaces: [
      ...["cidrBlock", "egress", "fromPort", "icmpCode", "icmpType", "ipv6CidrBlock", "networkAclId", "protocol"],
      ...["ruleAction", "ruleNumber", "toPort"],
    ],
    values: { ruleAction: ["allow", "deny"] },
    oneOf: [["cidrBlock", "ipv6CidrBlock"]],
  },
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
  "aws:ec2/routeTable:RouteTable": {
    source: "ec2/vpc_route_table.go",
    replaces: ["vpcId"],
    sets: ["propagatingVgws", "routes"],
    oneOf: [ofRoute(["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"]), ofRoute(ROUTE_TARGETS)],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    source: "ec2/vpc_route_table_association.go",
    replaces: ["gatewayId", "subnetId"],
    oneOf: [["subnetId", "gatewayId"]],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    source: "ec2/vpc_security_group.go",
    replaces: ["description", "name", "namePrefix", "vpcId"],
    lengths: { description: [0, 255], name: [0, 255] },
    patterns: { name: "^(?!sg-)", namePrefix: "^(?!sg-)" },
    sets: INLINE_SETS,
    conflicts: [["name", "namePrefix"]],
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    source: "ec2/vpc_security_group_rule.go",
    replaces: [
      ...["cidrBlocks", "fromPort", "ipv6CidrBlocks", "prefixListIds", "protocol", "securityGroupId", "self"],
      ...["sourceSecurityGroupId", "toPort", "type"],
    ],
    values: { type: ["ingress", "egress"] },
    conflicts: [
      ["sourceSecurityGroupId", "cidrBlocks", "ipv6CidrBlocks", "self"],
      ["self", "cidrBlocks", "ipv6CidrBlocks"],
    ],
  },
  "aws:ec2/subnet:Subnet": {
    source: "ec2/vpc_subnet.go",
    replaces: [
      ...["availabilityZone", "availabilityZoneId", "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
      ...["ipv6IpamPoolId", "ipv6Native", "ipv6NetmaskLength", "outpostArn", "vpcId"],
    ],
    forms: { arn: ["outpostArn"] },
    ranges: { ipv4NetmaskLength: [16, 28] },
    values: { ipv6NetmaskLength: [...IPV6_NETMASKS, "64"] },
    conflicts: [
      ["availabilityZone", "availabilityZoneId"],
      ["ipv4IpamPoolId", "customerOwnedIpv4Pool"],
      ["ipv4NetmaskLength", "cidrBlock", "customerOwnedIpv4Pool"],
      ["ipv6NetmaskLength", "ipv6CidrBlock"],
    ],
    needs: [...OUTPOST, ["ipv4NetmaskLength", "ipv4IpamPoolId"], ["ipv6NetmaskLength", "ipv6IpamPoolId"]],
  },
  "aws:ec2/vpc:Vpc": {
    source: "ec2/vpc_.go",
    replaces: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    ranges: { ipv4NetmaskLength: [16, 28] },
    values: { instanceTenancy: ["default", "dedicated"], ipv6NetmaskLength: IPV6_NETMASKS },
    conflicts: [
      ["assignGeneratedIpv6CidrBlock", "ipv6IpamPoolId"],
      ["cidrBlock", "ipv4NetmaskLength"],
      ["ipv6CidrBlock", "ipv6NetmaskLength", "assignGeneratedIpv6CidrBlock"],
    ],
    needs: [
      ["ipv4NetmaskLength", "ipv4IpamPoolId"],
      ["ipv6CidrBlock", "ipv6IpamPoolId"],
      ["ipv6CidrBlockNetworkBorderGroup", "assignGeneratedIpv6CidrBlock"],
      ["ipv6NetmaskLength", "ipv6IpamPoolId"],
    ],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    source: "ec2/vpc_endpoint.go",
    replaces: [
      ...["dnsOptions.privateDnsPreference", "dnsOptions.privateDnsSpecifiedDomains", "resourceConfigurationArn"],
      ...["serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType", "vpcId"],
    ],
    forms: { arn: ["resourceConfigurationArn", "serviceNetworkArn"] },
    items: { "dnsOptions.privateDnsSpecifiedDomains": [1, 10] },
    sets: ["dnsOptions.privateDnsSpecifiedDomains", "routeTableIds", "subnetConfigurations"],
    conflicts: [
      ["resourceConfigurationArn", "serviceName", "serviceNetworkArn"],
      ["serviceNetworkArn", "serviceName"],
    ],
  },
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
    source: "ec2/vpc_peering_connection.go",
    replaces: ["peerOwnerId", "peerRegion", "peerVpcId", "vpcId"],
    // Another region's VPC is accepted there.
    conflicts: [["peerRegion", "autoAccept"]],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    source: "ec2/vpc_security_group_egress_rule.go",
    replaces: ["securityGroupId"],
    ranges: RULE_PORTS,
    oneOf: [RULE_SOURCES],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    source: "ec2/vpc_security_group_ingress_rule.go",
    replaces: ["securityGroupId"],
    ranges: RULE_PORTS,
    oneOf: [RULE_SOURCES],
  },
};
