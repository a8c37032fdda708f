// Route tables, gateways and elastic IP addresses.
import type { Cards } from "../card";
import type { Constraint, Reference } from "../../providers/core/rules";
import { type Value, isObject } from "../../providers/core/values";
import { addressInSubnet, blockFault, localBlocks } from "../addresses";
import { dnsSuffix, ec2Id } from "../identifiers";
import { SUBNET, VPC, failure, isGiven, textOf } from "../inputs";
import { address, firm, loose, subnet, table, vpc } from "../references";
import { endings, logs } from "../times";
import { ec2, owner, privateIp, publicIp } from "./ec2-network";

const gatewayOf = (type: string, prefix: string): Reference => ({
  type,
  id: (value) => (value.startsWith(prefix) ? value : undefined),
});

const igw = gatewayOf("aws:ec2/internetGateway:InternetGateway", "igw-");

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const TABLE = "aws:ec2/routeTable:RouteTable";

const routeDestination: Constraint = function* ({ text }, world) {
  const id = text("routeTableId");
  if (id === undefined) return;
  const vpcId = textOf(world.get(TABLE, id), "vpcId");
  const local = vpcId === undefined ? [] : localBlocks(world, vpcId);
  for (const property of ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"]) {
    const destination = text(property);
    if (destination === undefined) continue;
    const reason = property === "destinationPrefixListId" ? undefined : blockFault(destination);
    if (reason !== undefined) yield failure(property, reason);
    if (local.includes(destination))
      yield failure(property, `${destination} is the VPC's own (RouteAlreadyExists): traffic within it needs no route`);
    const taken = world
      .users({ type: TABLE, id }, "aws:ec2/route:Route")
      .some((other) => other.inputs[property] === destination);
    if (taken)
      yield failure(
        property,
        `${id} has a route to ${destination} already (RouteAlreadyExists): a destination has one route`,
      );
  }
};

const NAT = "aws:ec2/natGateway:NatGateway";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";

/** A route leads to a gateway of the table's VPC. */
const gatewayOfVpc: Constraint = function* ({ text }, world) {
  const [tableId, gatewayId, natId] = [text("routeTableId"), text("gatewayId"), text("natGatewayId")];
  const ours = tableId === undefined ? undefined : textOf(world.get(TABLE, tableId), "vpcId");
  const subnetId = natId === undefined ? undefined : textOf(world.get(NAT, natId), "subnetId");
  const targets = [
    ["gatewayId", gatewayId, gatewayId === undefined ? undefined : textOf(world.get(GATEWAY, gatewayId), "vpcId")],
    ["natGatewayId", natId, subnetId === undefined ? undefined : textOf(world.get(SUBNET, subnetId), "vpcId")],
  ] as const;
  for (const [property, id, theirs] of targets) {
    if (ours !== undefined && theirs !== undefined && ours !== theirs)
      yield failure(property, `"${id}" is in ${theirs}, ${tableId} in ${ours}: name a gateway of the same VPC`);
  }
};

/** A subnet has one route table, of its own VPC. */
const oneRouteTable: Constraint = function* ({ type, text }, world) {
  const [subnetId, tableId] = [text("subnetId"), text("routeTableId")];
  if (subnetId === undefined) return;
  const [other] = world.users({ type: SUBNET, id: subnetId }, type, "subnetId");
  if (other)
    yield failure(
      "subnetId",
      `"${subnetId}" has ${textOf(other, "routeTableId") ?? "a route table"} already (Resource.AlreadyAssociated): a subnet has one`,
    );
  const ours = textOf(world.get(SUBNET, subnetId), "vpcId");
  const theirs = tableId === undefined ? undefined : textOf(world.get(TABLE, tableId), "vpcId");
  if (ours !== undefined && theirs !== undefined && ours !== theirs)
    yield failure("routeTableId", `"${tableId}" is in ${theirs}, the subnet in ${ours}: name a table of the same VPC`);
};

/** A VPC has one internet gateway. */
const oneGateway: Constraint = function* ({ type, text }, world) {
  const id = text("vpcId");
  if (id === undefined) return;
  const [other] = world.users({ type: VPC, id }, type, "vpcId");
  if (other)
    yield failure("vpcId", `"${id}" has ${other.id} already (Resource.AlreadyAssociated): a VPC has one gateway`);
};

const ADDRESSES_PER_REGION = 5;

const addressQuota: Constraint = function* (_, world) {
  const held = world.count("aws:ec2/eip:Eip");
  if (held >= ADDRESSES_PER_REGION) {
    const limit = `this region has ${held} elastic IP addresses, and ${ADDRESSES_PER_REGION} is the quota (AddressLimitExceeded)`;
    yield failure("domain", `${limit}: use fewer NAT gateways, release some, or have the quota raised`);
  }
};

const isBlock = (value: Value | undefined): boolean => isObject(value);

/** A NAT gateway in public has an address, one in private has none. */
const natAddress: Constraint = function* ({ inputs, text }) {
  const isPublic = (inputs.connectivityType ?? "public") === "public";
  if (isPublic && !isGiven(inputs, "allocationId") && !isBlock(inputs.availabilityZoneAddresses))
    yield failure("allocationId", "a public NAT gateway needs an elastic IP address: give the id of one");
  if (isPublic && isGiven(inputs, "secondaryPrivateIpAddressCount"))
    yield failure("secondaryPrivateIpAddressCount", "only a private NAT gateway takes it: leave it out");
  if (inputs.connectivityType !== "private") return;
  const secondary = inputs.secondaryAllocationIds;
  if (text("allocationId") !== undefined)
    yield failure("allocationId", "a private NAT gateway has no elastic IP address: leave it out");
  if (Array.isArray(secondary) && secondary.length > 0)
    yield failure("secondaryAllocationIds", "a private NAT gateway has no elastic IP address: leave it out");
};

/** An elastic IP address serves one NAT gateway. */
const unsharedAddress: Constraint = function* ({ type, text }, world) {
  const id = text("allocationId");
  if (id === undefined) return;
  const [holder] = world.users({ type: "aws:ec2/eip:Eip", id }, type, "allocationId");
  if (holder)
    yield failure(
      "allocationId",
      `"${id}" belongs to ${holder.id} already (Resource.AlreadyAssociated): give each NAT gateway an address of its own`,
    );
};

export const cards: Cards = {
  "aws:ec2/routeTable:RouteTable": {
    source: "ec2/vpc_route_table.go",
    id: ec2Id("rtb"),
    computed: { arn: ec2("route-table"), ownerId: owner, routes: [], propagatingVgws: [] },
    references: { vpcId: vpc },
    replaces: "vpcId",
  },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": {
    id: (resource) => resource.text("defaultRouteTableId"),
    replaces: "defaultRouteTableId",
    computed: { arn: ec2("route-table"), ownerId: owner },
  },
  "aws:ec2/route:Route": {
    source: "ec2/vpc_route.go",
    id: (resource) => `r-${resource.text("routeTableId")}${resource.hex(10)}`,
    computed: { origin: "CreateRoute", state: "active", instanceId: "", instanceOwnerId: "", networkInterfaceId: "" },
    references: {
      routeTableId: table,
      gatewayId: igw,
      natGatewayId: { type: "aws:ec2/natGateway:NatGateway" },
      egressOnlyGatewayId: { type: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway" },
      vpcPeeringConnectionId: { type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection" },
    },
    replaces: "destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId routeTableId",
    constraints: [routeDestination, gatewayOfVpc],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    source: "ec2/vpc_route_table_association.go",
    id: ec2Id("rtbassoc"),
    references: { subnetId: loose(subnet), routeTableId: firm(table) },
    replaces: "gatewayId subnetId",
    constraints: [oneRouteTable],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    source: "ec2/vpc_internet_gateway.go",
    id: ec2Id("igw"),
    computed: { arn: ec2("internet-gateway"), ownerId: owner },
    references: { vpcId: vpc },
    replaces: "",
    constraints: [oneGateway],
  },
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": {
    references: { vpcId: vpc, internetGatewayId: firm(igw) },
  },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": {
    source: "ec2/vpc_egress_only_internet_gateway.go",
    replaces: "vpcId",
  },
  "aws:ec2/eip:Eip": {
    source: "ec2/ec2_eip.go",
    id: ec2Id("eipalloc"),
    computed: {
      allocationId: (resource) => resource.id,
      arn: ec2("elastic-ip"),
      publicIp,
      publicDns: (resource) =>
        `ec2-${publicIp(resource).replace(/\./g, "-")}.${resource.region}.compute.${dnsSuffix(resource.partition)}`,
      associationId: "",
      domain: "vpc",
      publicIpv4Pool: "amazon",
      networkBorderGroup: (resource) => resource.region,
      networkInterface: "",
      privateIp: "",
      privateDns: "",
      instance: "",
      carrierIp: "",
      customerOwnedIp: "",
      ptrRecord: "",
    },
    replaces: "address domain ipamPoolId networkBorderGroup publicIpv4Pool",
    constraints: [addressQuota],
  },
  "aws:ec2/eipAssociation:EipAssociation": {
    references: { allocationId: address },
  },
  "aws:ec2/natGateway:NatGateway": {
    source: "ec2/vpc_nat_gateway.go",
    id: ec2Id("nat"),
    computed: {
      publicIp,
      privateIp,
      associationId: (resource) => `eipassoc-0${resource.hex(16, "assoc")}`,
      networkInterfaceId: (resource) => `eni-0${resource.hex(16, "eni")}`,
    },
    defaults: { connectivityType: "public" },
    references: { subnetId: subnet, allocationId: address },
    replaces: `
      allocationId availabilityMode connectivityType privateIp secondaryPrivateIpAddressCount subnetId vpcId
    `,
    constraints: [natAddress, unsharedAddress, addressInSubnet],
    creation: {
      runs:
        "1m25s 1m27s 1m28s 1m32s 1m35s 1m36s 1m44s 1m44s 1m45s 1m46s 1m46s 1m47s 1m55s 1m55s 1m56s 1m56s 1m58s 1m59s 2m0s 2m1s " +
        "2m3s 2m3s 2m4s 2m5s 2m5s 2m5s",
      source: logs("aws_nat_gateway"),
    },
    deletion: {
      runs: "37s 50s 52s 53s 56s 1m0s 1m1s 1m2s 1m2s 1m2s 1m12s 1m19s",
      source: endings("aws_nat_gateway"),
    },
  },
};
