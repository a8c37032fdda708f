// The subnets of one tier, each with its route table. Everything is keyed by zone, never by a place in a list.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Tier, transformed } from "../../kit";
import type { Scope } from "./scope";

/** One subnet with what makes it reachable. */
export interface SubnetNodes {
  readonly subnet: aws.ec2.Subnet;
  readonly routeTable: aws.ec2.RouteTable;
  readonly association: aws.ec2.RouteTableAssociation;
  /** To the internet gateway; of public subnets only. */
  readonly internetRoute?: aws.ec2.Route;
}

/** Arguments that the subnets of a tier need. */
export interface Ground {
  readonly vpc: aws.ec2.Vpc;
  readonly internetGateway: aws.ec2.InternetGateway;
  /** URN of the VPC when awsx made it. */
  readonly formerVpc: pulumi.Output<string>;
}

/** Creates a subnet in each zone. */
export function createTier(scope: Scope, ground: Ground, tier: Tier): Readonly<Record<string, SubnetNodes>> {
  return Object.fromEntries(scope.resolved.zones.map((zone) => [zone, createSubnet(scope, ground, tier, zone)]));
}

/** The identifier of a subnet, as soon as its routes lead where the tier says. */
export function idOf({ subnet, association, internetRoute }: SubnetNodes): pulumi.Output<string> {
  return pulumi.all([subnet.id, association.id, internetRoute?.id]).apply(([id]) => id);
}

function createSubnet(scope: Scope, { vpc, internetGateway, formerVpc }: Ground, tier: Tier, zone: string) {
  const { resolved, tags, transform, parent } = scope;
  const name = `${scope.name}-${tier}-${zone}`;
  const former = formerNames(scope, formerVpc, tier, zone);
  const named = { tags: { Name: name, ...tags?.tags } };
  const subnet = new aws.ec2.Subnet(
    ...transformed<aws.ec2.SubnetArgs>(
      transform?.subnet,
      name,
      {
        vpcId: vpc.id,
        availabilityZone: zone,
        cidrBlock: resolved.layout[tier][zone] ?? "",
        mapPublicIpOnLaunch: false,
        ...named,
      },
      { parent, aliases: [former.subnet] },
    ),
  );
  const routeTable = new aws.ec2.RouteTable(
    ...transformed<aws.ec2.RouteTableArgs>(
      transform?.routeTable,
      name,
      { vpcId: vpc.id, ...named },
      { parent, aliases: [former.routeTable] },
    ),
  );
  const association = new aws.ec2.RouteTableAssociation(
    ...transformed<aws.ec2.RouteTableAssociationArgs>(
      transform?.routeTableAssociation,
      name,
      { routeTableId: routeTable.id, subnetId: subnet.id },
      { parent, aliases: [former.association] },
    ),
  );
  if (tier !== "public") return { subnet, routeTable, association };
  const internetRoute = new aws.ec2.Route(
    ...transformed<aws.ec2.RouteArgs>(
      transform?.internetRoute,
      name,
      { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internetGateway.id },
      { parent, aliases: [former.internetRoute] },
    ),
  );
  return { subnet, routeTable, association, internetRoute };
}

/** URNs of an earlier version, in which awsx numbered subnets by their place in the list and hung route tables below them. */
function formerNames({ name, resolved }: Scope, formerVpc: pulumi.Output<string>, tier: Tier, zone: string) {
  const numbered = `${name}-${tier}-${resolved.zonesAsGiven.indexOf(zone) + 1}`;
  const below = (type: string, parent: pulumi.Output<string>) => pulumi.createUrn(numbered, type, parent);
  const subnet = below("aws:ec2/subnet:Subnet", formerVpc);
  const routeTable = below("aws:ec2/routeTable:RouteTable", subnet);
  return {
    subnet,
    routeTable,
    association: below("aws:ec2/routeTableAssociation:RouteTableAssociation", routeTable),
    internetRoute: below("aws:ec2/route:Route", routeTable),
  };
}
