import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { MemoryInventory } from "../../../../offline/providers/core/record";
import { UNKNOWN } from "../../../../offline/providers/core/values";
import { CONFIG, provider, subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const NAT = "aws:ec2/natGateway:NatGateway";
const ROUTE = "aws:ec2/route:Route";

const cloud = (): Emulation =>
  cloudOf(
    ...["1", "2"].flatMap((n) => [
      { type: "aws:ec2/vpc:Vpc", id: `vpc-${n}`, inputs: { cidrBlock: `10.${n}.0.0/16` } },
      { type: "aws:ec2/subnet:Subnet", id: `subnet-${n}`, inputs: { vpcId: `vpc-${n}` } },
      { type: "aws:ec2/routeTable:RouteTable", id: `rtb-${n}`, inputs: { vpcId: `vpc-${n}` } },
    ]),
    { type: "aws:ec2/eip:Eip", id: "eipalloc-1" },
  );
/** The id of what is made. */
const made = (aws: Emulation, type: string, inputs: Parameters<Emulation["create"]>[1]): string =>
  aws.create(subject(type, "first"), inputs).id;

describe("offline providers: what is connected inside a VPC", () => {
  it("gives an elastic IP address to one NAT gateway", () => {
    const aws = cloud();
    const inputs = { subnetId: "subnet-1", allocationId: "eipalloc-1" };
    const id = made(aws, NAT, inputs);
    expect(refusals(aws, NAT, inputs)).to.deep.equal([
      `allocationId: "eipalloc-1" belongs to ${id} already (Resource.AlreadyAssociated): give each NAT gateway an address of its own`,
    ]);
    expect(() => {
      aws.delete(subject("aws:ec2/eip:Eip"), "eipalloc-1");
    }).to.throw(`aws:ec2/eip:Eip "eipalloc-1" can't be deleted: it is in use by aws:ec2/natGateway:NatGateway "${id}"`);
  });

  it("gives a subnet one route table, of its VPC", () => {
    const aws = cloud();
    expect(refusals(aws, ASSOCIATION, { subnetId: "subnet-1", routeTableId: "rtb-2" })).to.deep.equal([
      'routeTableId: "rtb-2" is in vpc-2, the subnet in vpc-1: name a table of the same VPC',
    ]);
    expect(refusals(aws, ASSOCIATION, { subnetId: "subnet-1", routeTableId: "rtb-1" })).to.deep.equal([]);
    expect(refusals(aws, ASSOCIATION, { subnetId: "subnet-1", routeTableId: "rtb-1" }, "again")).to.deep.equal([
      'subnetId: "subnet-1" has rtb-1 already (Resource.AlreadyAssociated): a subnet has one',
    ]);
  });

  it("gives a VPC one internet gateway", () => {
    const aws = cloud();
    const id = made(aws, GATEWAY, { vpcId: "vpc-1" });
    expect(refusals(aws, GATEWAY, { vpcId: "vpc-1" })).to.deep.equal([
      `vpcId: "vpc-1" has ${id} already (Resource.AlreadyAssociated): a VPC has one gateway`,
    ]);
    expect(refusals(aws, GATEWAY, { vpcId: "vpc-2" })).to.deep.equal([]);
  });

  it("calls interface endpoints as the partition does", () => {
    const interfaceOf = (serviceName: string, region: string) =>
      refusals(provider("aws", new MemoryInventory(), { ...CONFIG, region }), ENDPOINT, {
        vpcId: UNKNOWN,
        vpcEndpointType: "Interface",
        serviceName,
      });
    for (const [region, name] of [
      ["cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.api"],
      ["cn-north-1", "com.amazonaws.cn-north-1.sns"],
      ["eusc-de-east-1", "eu.amazonaws.eusc-de-east-1.ecr.dkr"],
      ["us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.api"],
    ] as const)
      expect(interfaceOf(name, region), name).to.deep.equal([]);
    expect(interfaceOf("com.amazonaws.cn-north-1.ecr.api", "cn-north-1")).to.deep.equal([
      "serviceName: InvalidServiceName: cn-north-1 calls it cn.com.amazonaws.cn-north-1.ecr.api",
    ]);
    expect(interfaceOf("cn.com.amazonaws.cn-north-1.sns", "cn-north-1")).to.deep.equal([
      "serviceName: InvalidServiceName: cn-north-1 calls it com.amazonaws.cn-north-1.sns",
    ]);
  });

  it("leads a route to gateways of the table's VPC", () => {
    const aws = cloud();
    const gatewayId = made(aws, GATEWAY, { vpcId: "vpc-1" });
    const natGatewayId = made(aws, NAT, { subnetId: "subnet-1", allocationId: "eipalloc-1" });
    for (const target of [{ gatewayId }, { natGatewayId }]) {
      const [[property, id] = []] = Object.entries(target);
      const inputs = { destinationCidrBlock: "0.0.0.0/0", ...target };
      expect(refusals(aws, ROUTE, { ...inputs, routeTableId: "rtb-2" })).to.deep.equal([
        `${property}: "${id}" is in vpc-1, rtb-2 in vpc-2: name a gateway of the same VPC`,
      ]);
    }
    const own = { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId };
    expect(refusals(aws, ROUTE, own)).to.deep.equal([]);
  });
});
