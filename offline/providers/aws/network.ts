import type { Birth, TypeRule } from "../core/rules";
import type { Value } from "../core/values";
import { dnsSuffix, ec2Id, LETTERS } from "./shapes";

const ec2 = (type: string) => (birth: Birth) => birth.arn("ec2", `${type}/${birth.id}`);
const owner = (birth: Birth) => birth.accountId;
const privateIp = (birth: Birth) =>
  `10.0.${Number.parseInt(birth.hex(2, "ip3"), 16)}.${4 + (Number.parseInt(birth.hex(2, "ip4"), 16) % 250)}`;
const publicIp = (birth: Birth) => `203.0.113.${Number.parseInt(birth.hex(2, "public"), 16)}`;

/** `us-east-1a` → `use1-az1`: the zone's name that means the same in every account. */
function zoneId(zone: string): string {
  const match = /^([a-z]+)-([a-z]+)-(\d)([a-z])$/.exec(zone);
  if (!match) return `${zone}-az1`;
  const [, area = "", side = "", number = "", letter = "a"] = match;
  const short = side.replace(/north|south|east|west|central/g, (word) => word.charAt(0));
  return `${area}${short}${number}-az${letter.charCodeAt(0) - 96}`;
}

const zoneOf = (birth: Birth): string => birth.text("availabilityZone") || `${birth.region}a`;

const rule = (name: string): TypeRule => ({
  id: ec2Id("sgr"),
  autoname: false,
  computed: { arn: ec2("security-group-rule"), securityGroupRuleId: (birth) => birth.id, [name]: (birth) => birth.id },
});

export const network: Readonly<Record<string, TypeRule>> = {
  "aws:ec2/vpc:Vpc": {
    id: ec2Id("vpc"),
    computed: {
      arn: ec2("vpc"),
      ownerId: owner,
      mainRouteTableId: (birth) => `rtb-0${birth.hex(16, "main")}`,
      defaultRouteTableId: (birth) => `rtb-0${birth.hex(16, "main")}`,
      defaultNetworkAclId: (birth) => `acl-0${birth.hex(16, "acl")}`,
      defaultSecurityGroupId: (birth) => `sg-0${birth.hex(16, "sg")}`,
      dhcpOptionsId: (birth) => `dopt-0${birth.hex(16, "dhcp")}`,
      ipv6AssociationId: (birth) =>
        birth.inputs.assignGeneratedIpv6CidrBlock === true ? `vpc-cidr-assoc-0${birth.hex(16, "v6")}` : "",
      ipv6CidrBlock: (birth) =>
        birth.inputs.assignGeneratedIpv6CidrBlock === true
          ? `2600:1f14:${birth.hex(3, "v6")}:${birth.hex(2, "v6b")}00::/56`
          : "",
      ipv6CidrBlockNetworkBorderGroup: "",
      cidrBlock: "172.31.0.0/16",
    },
    defaults: {
      enableDnsSupport: true,
      instanceTenancy: "default",
      enableDnsHostnames: false,
      enableNetworkAddressUsageMetrics: false,
    },
  },
  "aws:ec2/subnet:Subnet": {
    id: ec2Id("subnet"),
    computed: {
      arn: ec2("subnet"),
      ownerId: owner,
      availabilityZone: zoneOf,
      availabilityZoneId: (birth) => zoneId(zoneOf(birth)),
      ipv6CidrBlockAssociationId: "",
    },
    defaults: {
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      mapPublicIpOnLaunch: false,
      privateDnsHostnameTypeOnLaunch: "ip-name",
    },
  },
  "aws:ec2/routeTable:RouteTable": {
    id: ec2Id("rtb"),
    computed: { arn: ec2("route-table"), ownerId: owner, routes: [], propagatingVgws: [] },
  },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": {
    id: (birth) => birth.text("defaultRouteTableId"),
    replaces: ["defaultRouteTableId"],
    computed: { arn: ec2("route-table"), ownerId: owner },
  },
  "aws:ec2/route:Route": {
    id: (birth) => `r-${birth.text("routeTableId")}${birth.hex(10)}`,
    computed: { origin: "CreateRoute", state: "active", instanceId: "", instanceOwnerId: "", networkInterfaceId: "" },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { id: ec2Id("rtbassoc") },
  "aws:ec2/internetGateway:InternetGateway": {
    id: ec2Id("igw"),
    computed: { arn: ec2("internet-gateway"), ownerId: owner },
  },
  "aws:ec2/eip:Eip": {
    id: ec2Id("eipalloc"),
    computed: {
      allocationId: (birth) => birth.id,
      arn: ec2("elastic-ip"),
      publicIp,
      publicDns: (birth) =>
        `ec2-${publicIp(birth).replace(/\./g, "-")}.${birth.region}.compute.${dnsSuffix(birth.partition)}`,
      associationId: "",
      domain: "vpc",
      publicIpv4Pool: "amazon",
      networkBorderGroup: (birth) => birth.region,
      networkInterface: "",
      privateIp: "",
      privateDns: "",
      instance: "",
      carrierIp: "",
      customerOwnedIp: "",
      ptrRecord: "",
    },
  },
  "aws:ec2/natGateway:NatGateway": {
    id: ec2Id("nat"),
    computed: {
      publicIp,
      privateIp,
      associationId: (birth) => `eipassoc-0${birth.hex(16, "assoc")}`,
      networkInterfaceId: (birth) => `eni-0${birth.hex(16, "eni")}`,
    },
    defaults: { connectivityType: "public" },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    id: ec2Id("sg"),
    autoname: { property: "name", limit: 255 },
    uniqueWithin: ["vpcId"],
    computed: {
      arn: ec2("security-group"),
      ownerId: owner,
      ingress: [],
      egress: [],
      vpcId: (birth) => `vpc-0${birth.hex(16, "vpc")}`,
    },
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: (birth) => `sgrule-${Number.parseInt(birth.hex(8), 16)}`,
    computed: { securityGroupRuleId: (birth) => `sgr-0${birth.hex(16, "rule")}`, sourceSecurityGroupId: "" },
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    id: ec2Id("sg"),
    computed: {
      arn: ec2("security-group"),
      ownerId: owner,
      name: "default",
      description: "default VPC security group",
      namePrefix: "",
    },
    autoname: false,
  },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    id: (birth) => birth.text("defaultNetworkAclId"),
    replaces: ["defaultNetworkAclId"],
    computed: { arn: ec2("network-acl"), ownerId: owner, vpcId: (birth) => `vpc-0${birth.hex(16, "vpc")}` },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule("id"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule("id"),
  "aws:ec2/networkInterface:NetworkInterface": {
    id: ec2Id("eni"),
    replaces: ["subnetId", "interfaceType"],
    computed: {
      arn: ec2("network-interface"),
      ownerId: owner,
      privateIp,
      privateIps: (birth) => [privateIp(birth)],
      macAddress: (birth) => `02:${(birth.hex(10, "mac").match(/../g) ?? []).join(":")}`,
      privateDnsName: (birth) => `ip-${privateIp(birth).replace(/\./g, "-")}.${birth.region}.compute.internal`,
      interfaceType: "interface",
      outpostArn: "",
      securityGroups: [],
    },
  },
  "aws:ec2/instance:Instance": {
    id: ec2Id("i"),
    computed: {
      arn: ec2("instance"),
      instanceState: "running",
      privateIp,
      publicIp,
      primaryNetworkInterfaceId: (birth) => `eni-0${birth.hex(16, "eni")}`,
      privateDns: (birth) => `ip-${privateIp(birth).replace(/\./g, "-")}.${birth.region}.compute.internal`,
      publicDns: (birth) =>
        `ec2-${publicIp(birth).replace(/\./g, "-")}.${birth.region}.compute.${dnsSuffix(birth.partition)}`,
      availabilityZone: zoneOf,
      subnetId: (birth) => `subnet-0${birth.hex(16, "subnet")}`,
    },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    id: ec2Id("lt"),
    autoname: { property: "name", limit: 125 },
    computed: { arn: ec2("launch-template"), latestVersion: 1, defaultVersion: 1 },
  },
  "aws:ec2/flowLog:FlowLog": {
    id: ec2Id("fl"),
    computed: {
      arn: ec2("vpc-flow-log"),
      logFormat:
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    },
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: ec2Id("vpce"),
    computed: {
      arn: ec2("vpc-endpoint"),
      ownerId: owner,
      state: "available",
      prefixListId: (birth) => (isGateway(birth) ? `pl-0${birth.hex(16, "pl")}` : ""),
      cidrBlocks: (birth) => (isGateway(birth) ? ["52.216.0.0/15"] : []),
      dnsEntries: (birth) => (isGateway(birth) ? [] : endpointDns(birth)),
      networkInterfaceIds: (birth) => listOf(birth, "subnetIds").map((_, at) => `eni-0${birth.hex(16, `eni${at}`)}`),
      policy: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
      ipAddressType: "ipv4",
      requesterManaged: false,
      routeTableIds: [],
      subnetIds: [],
      securityGroupIds: [],
    },
    defaults: { vpcEndpointType: "Gateway", privateDnsEnabled: false },
  },
};

const isGateway = (birth: Birth): boolean => (birth.text("vpcEndpointType") || "Gateway") === "Gateway";

function listOf(birth: Birth, property: string): readonly Value[] {
  const value = birth.inputs[property];
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

function endpointDns(birth: Birth): Value {
  const service = birth.text("serviceName").split(".").slice(3).join(".") || "service";
  const zone = birth.token(14, `${LETTERS.slice(0, 26)}0123456789`, "zone").toUpperCase();
  return [
    {
      dnsName: `${birth.id}-${birth.hex(8, "dns")}.${service}.${birth.region}.vpce.${dnsSuffix(birth.partition)}`,
      hostedZoneId: `Z${zone}`,
    },
  ];
}
