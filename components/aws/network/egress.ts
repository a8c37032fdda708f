// Ways out of private subnets: gateways or one instance, keyed by zone, and a route for each zone.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import { inZone, type VpcLayout } from "./layout";
import { createNatInstance, type NatInstanceNodes } from "./nat-instance";
import type { Scope } from "./scope";

/** Ways out, by zone. */
export interface EgressNodes {
  readonly natAddresses: Readonly<Record<string, aws.ec2.Eip>>;
  readonly natGateways: Readonly<Record<string, aws.ec2.NatGateway>>;
  readonly natInstance?: NatInstanceNodes;
  readonly natRoutes: Readonly<Record<string, aws.ec2.Route>>;
}

/** What the route of a zone points at. */
type Target = Pick<aws.ec2.RouteArgs, "natGatewayId" | "networkInterfaceId">;

/** Creates what the network's NAT says; nothing for "none". */
export function createEgress(scope: Scope, layout: VpcLayout): EgressNodes {
  const { natZones, natInstanceType } = scope.resolved;
  const [firstZone] = natZones;
  if (firstZone === undefined) return { natAddresses: {}, natGateways: {}, natRoutes: {} };
  if (natInstanceType !== undefined) {
    const natInstance = createNatInstance(scope, layout, firstZone, natInstanceType);
    const target = { networkInterfaceId: natInstance.instance.primaryNetworkInterfaceId };
    // Not the address of a gateway, which holds it until it is deleted.
    const address = createAddress(scope, layout, `nat-instance-${firstZone}`, { instance: natInstance.instance.id });
    return {
      natAddresses: { [firstZone]: address },
      natGateways: {},
      natInstance,
      natRoutes: createRoutes(scope, layout, { [firstZone]: target }),
    };
  }
  const gateways = natZones.map((zone) => ({ zone, ...createGateway(scope, layout, zone) }));
  return {
    natAddresses: Object.fromEntries(gateways.map(({ zone, address }) => [zone, address])),
    natGateways: Object.fromEntries(gateways.map(({ zone, gateway }) => [zone, gateway])),
    natRoutes: createRoutes(
      scope,
      layout,
      Object.fromEntries(gateways.map(({ zone, gateway }) => [zone, { natGatewayId: gateway.id }])),
    ),
  };
}

function createAddress(
  { name, tags, transform, parent }: Scope,
  { nodes }: VpcLayout,
  role: string,
  holder: Pick<aws.ec2.EipArgs, "instance">,
  opts: pulumi.CustomResourceOptions = {},
): aws.ec2.Eip {
  return new aws.ec2.Eip(
    ...transformed<aws.ec2.EipArgs>(
      transform?.natAddress,
      `${name}-${role}`,
      { domain: "vpc", ...holder, ...tags },
      // Without an internet gateway, EC2 associates no public address with anything in the VPC.
      { parent, dependsOn: [nodes.internetGateway], ...opts },
    ),
  );
}

function createGateway(scope: Scope, layout: VpcLayout, zone: string) {
  const { name, tags, transform, parent } = scope;
  // A gateway in another subnet is another gateway, which can't have the address while the old one holds it.
  const { subnet } = inZone(layout.nodes.subnets.public, zone);
  const address = createAddress(scope, layout, `nat-${zone}`, {}, { replacementTrigger: subnet.id });
  const gateway = new aws.ec2.NatGateway(
    ...transformed<aws.ec2.NatGatewayArgs>(
      transform?.natGateway,
      `${name}-nat-${zone}`,
      { allocationId: address.allocationId, subnetId: inZone(layout.subnetIds.public, zone), ...tags },
      { parent },
    ),
  );
  return { address, gateway };
}

function createRoutes(
  { name, resolved, transform, parent }: Scope,
  { nodes }: VpcLayout,
  targets: Readonly<Record<string, Target>>,
): Record<string, aws.ec2.Route> {
  return Object.fromEntries(
    resolved.zones.flatMap((zone) => {
      const routeTableId = inZone(nodes.subnets.private, zone).routeTable.id;
      const target = targets[resolved.natZoneOf[zone] ?? ""];
      if (!target) return [];
      const route = new aws.ec2.Route(
        ...transformed<aws.ec2.RouteArgs>(
          transform?.natRoute,
          `${name}-nat-${zone}`,
          { routeTableId, destinationCidrBlock: "0.0.0.0/0", ...target },
          { parent },
        ),
      );
      return [[zone, route] as const];
    }),
  );
}
