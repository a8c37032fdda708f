// What the rules say of resources that must stay out of public subnets.
import { resource, unknown } from "./judge";
import type { Cases } from "./specify";

const id = (name: string, known: boolean) => (known ? name : unknown);
/** A public and a private subnet, by route tables of their own. */
const network = (known: boolean) => [
  resource("aws:ec2/internetGateway:InternetGateway", { id: id("gw-1", known) }, "gateway"),
  resource("aws:ec2/subnet:Subnet", { id: id("s-public", known) }, "public"),
  resource("aws:ec2/subnet:Subnet", { id: id("s-private", known) }, "private"),
  resource("aws:ec2/routeTable:RouteTable", { id: id("rt-1", known) }, "open"),
  resource("aws:ec2/routeTable:RouteTable", { id: id("rt-2", known), routes: [] }, "closed"),
  resource("aws:ec2/route:Route", { routeTableId: id("rt-1", known), gatewayId: id("gw-1", known) }, "out", {
    routeTableId: ["open"],
    gatewayId: ["gateway"],
  }),
  resource(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    { subnetId: id("s-public", known), routeTableId: id("rt-1", known) },
    "a",
    { subnetId: ["public"], routeTableId: ["open"] },
  ),
  resource(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    { subnetId: id("s-private", known), routeTableId: id("rt-2", known) },
    "b",
    { subnetId: ["private"], routeTableId: ["closed"] },
  ),
];

/**
 * The cases of one type.
 *
 * @param path where its subnets are named (`networkConfiguration.subnets`)
 */
export function outOfPublicSubnets(type: string, path: string): Cases {
  const [top = "", below] = path.split(".");
  const it = (subnets: unknown, ...from: string[]) =>
    resource(type, { [top]: below === undefined ? subnets : { [below]: subnets } }, "it", { [top]: from });
  return {
    compliant: [[...network(true), it(["s-private"], "private")]],
    violating: [
      [
        [...network(true), it(["s-private", "s-public"], "private", "public")],
        [`it: ${path} is ["s-private","s-public"]`],
      ],
      [
        [
          resource("aws:ec2/subnet:Subnet", { id: "s-public", vpcId: "vpc-1" }, "public"),
          resource("aws:ec2/vpc:Vpc", { id: "vpc-1" }, "vpc"),
          resource(
            "aws:ec2/routeTable:RouteTable",
            { id: "rt-1", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
            "main",
          ),
          resource(
            "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
            { vpcId: "vpc-1", routeTableId: "rt-1" },
            "association",
          ),
          it(["s-public"], "public"),
        ],
        [`it: ${path} is ["s-public"]`],
      ],
    ],
    notApplicable: [[...network(true), resource("aws:lb/loadBalancer:LoadBalancer", { subnets: ["s-public"] })]],
    missing: [[[...network(true), resource(type, {})], []]],
    unknown: [
      [[...network(false), it(unknown, "private")], []],
      [[...network(false), it(unknown, "private", "public")], []],
      [[...network(false), it(unknown, "public")], [`it: ${path} is not known yet`]],
      [
        [...network(true), it([unknown, "s-public"], "private", "public")],
        [`it: ${path} is ["(not known yet)","s-public"]`],
      ],
    ],
  };
}
