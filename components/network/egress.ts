// Ways out of private subnets: gateways or one instance, keyed by zone, and a route for each zone.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../base";
import type { VpcLayout } from "./layout";
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
    const address = createAddress(scope, firstZone, natInstance.instance.id);
    return {
      natAddresses: { [firstZone]: address },
      natGateways: {},
      natInstance,
      natRoutes: createRoutes(scope, layout, { [firstZone]: target }),
    };
  }
  const gateways = natZones.map((zone, index) => ({ zone, ...createGateway(scope, layout, zone, index) }));
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
  zone: string,
  instanceId?: pulumi.Output<string>,
): aws.ec2.Eip {
  return new aws.ec2.Eip(
    ...transformed<aws.ec2.EipArgs>(
      transform?.natAddress,
      `${name}-nat-${zone}`,
      { domain: "vpc", ...(instanceId && { instance: instanceId }), ...tags },
      { parent },
    ),
  );
}

function createGateway(scope: Scope, { subnetIds }: VpcLayout, zone: string, index: number) {
  const { name, tags, transform, parent } = scope;
  const address = createAddress(scope, zone);
  const gateway = new aws.ec2.NatGateway(
    ...transformed<aws.ec2.NatGatewayArgs>(
      transform?.natGateway,
      `${name}-nat-${zone}`,
      // The VPC's internet gateway is there by now: awsx answers when all of its children exist.
      { allocationId: address.allocationId, subnetId: elementOf(subnetIds.public, index), ...tags },
      { parent },
    ),
  );
  return { address, gateway };
}

function createRoutes(
  { name, resolved, transform, parent }: Scope,
  { routeTableIds }: VpcLayout,
  targets: Readonly<Record<string, Target>>,
): Record<string, aws.ec2.Route> {
  return Object.fromEntries(
    resolved.zones.flatMap((zone, index) => {
      const [routeTableId, target] = [routeTableIds.private[index], targets[resolved.natZoneOf[zone] ?? ""]];
      if (!routeTableId || !target) return [];
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

/** The element of a list that has it. */
export function elementOf(list: pulumi.Output<string[]>, index: number): pulumi.Output<string> {
  return list.apply((elements) => {
    const element = elements[index];
    if (element === undefined)
      throw new Error(`awsx made ${elements.length} subnets, of which number ${index} is missing`);
    return element;
  });
}
