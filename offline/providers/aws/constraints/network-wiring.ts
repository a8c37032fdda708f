// What may be connected to what inside a VPC, and how often.
import type { Constraint } from "../../core/rules";
import { UNKNOWN } from "../../core/values";
import { failure, SUBNET, textOf, VPC } from "./support";

const TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const NAT = "aws:ec2/natGateway:NatGateway";

/** An elastic IP address serves one NAT gateway. */
const address: Constraint = function* ({ type, text }, world) {
  const id = text("allocationId");
  if (id === undefined) return;
  const [holder] = world.users({ type: "aws:ec2/eip:Eip", id }, type, "allocationId");
  if (holder)
    yield failure(
      "allocationId",
      `"${id}" belongs to ${holder.id} already (Resource.AlreadyAssociated): give each NAT gateway an address of its own`,
    );
};

/** A subnet has one route table, of its own VPC. */
const association: Constraint = function* ({ type, text }, world) {
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
const gateway: Constraint = function* ({ type, text }, world) {
  const id = text("vpcId");
  if (id === undefined) return;
  const [other] = world.users({ type: VPC, id }, type, "vpcId");
  if (other)
    yield failure("vpcId", `"${id}" has ${other.id} already (Resource.AlreadyAssociated): a VPC has one gateway`);
};

/** A route leads to a gateway of the table's VPC. */
const sameVpc: Constraint = function* ({ text }, world) {
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

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
const BY_ROUTE: readonly string[] = ["s3", "dynamodb", "s3express"];

/**
 * Services whose interface endpoints have the partition's own prefix, of those that the product uses: the table of
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts, made by describe-vpc-endpoint-services.
 */
const PREFIXED = [
  ["cn-", "cn.com.amazonaws", ["ecr.api", "ecr.dkr", "sqs"]],
  ["eusc-", "eu.amazonaws", ["ecr.api", "ecr.dkr"]],
] as const;

const endpoint: Constraint = function* ({ inputs, text, region }) {
  const [, prefix = "", theirs = "", service = ""] =
    /^((?:cn\.)?com\.amazonaws|eu\.amazonaws)\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.(.+)$/.exec(text("serviceName") ?? "") ??
    [];
  const elsewhere = text("serviceRegion") ?? region;
  const [, own = "com.amazonaws"] =
    PREFIXED.find(([begins, , services]) => theirs.startsWith(begins) && services.some((one) => one === service)) ?? [];
  if (service !== "" && prefix !== own)
    yield failure("serviceName", `InvalidServiceName: ${theirs} calls it ${own}.${theirs}.${service}`);
  if (theirs !== "" && theirs !== elsewhere)
    yield failure(
      "serviceName",
      `a service of ${theirs}, and the endpoint is of ${region} (InvalidServiceName): name com.amazonaws.${region}.${service}, or set serviceRegion`,
    );
  if ((text("vpcEndpointType") ?? "Gateway") !== "Gateway" || inputs.vpcEndpointType === UNKNOWN) return;
  if (service !== "" && !BY_ROUTE.includes(service))
    yield failure(
      "vpcEndpointType",
      `${service} has no gateway endpoint, ${BY_ROUTE.join(", ")} have: set it to Interface`,
    );
  for (const property of ["subnetIds", "securityGroupIds"])
    if (Array.isArray(inputs[property]) && inputs[property].length > 0)
      yield failure(
        property,
        "a gateway endpoint is reached by routes: leave it out, or set vpcEndpointType to Interface",
      );
};

export const wiring: Readonly<Record<string, readonly Constraint[]>> = {
  [NAT]: [address],
  [GATEWAY]: [gateway],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [association],
  "aws:ec2/route:Route": [sameVpc],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [endpoint],
};
