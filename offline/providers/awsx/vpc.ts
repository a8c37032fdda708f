// awsx:ec2:Vpc, built for real: the same children as the published component (v3.9), by type, logical name and parent.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createEndpoint, type EndpointSpec, wantsPrivateDns } from "./endpoints";
import { type Layout, layOut, type PlannedSubnet, type SubnetSpec } from "./layout";

/** The component's arguments as they arrive: what decides the children is plain. */
export interface VpcArgs {
  readonly availabilityZoneCidrMask?: number;
  readonly availabilityZoneNames?: readonly string[];
  readonly numberOfAvailabilityZones?: number;
  readonly cidrBlock?: string;
  readonly enableDnsHostnames?: pulumi.Input<boolean>;
  readonly enableDnsSupport?: pulumi.Input<boolean>;
  readonly assignGeneratedIpv6CidrBlock?: pulumi.Input<boolean>;
  readonly ipv4IpamPoolId?: pulumi.Input<string>;
  readonly natGateways?: {
    readonly strategy: string;
    readonly elasticIpAllocationIds?: readonly pulumi.Input<string>[];
  };
  readonly region?: pulumi.Input<string>;
  readonly subnetNameTagStrategy?: string;
  readonly subnetSpecs?: readonly SubnetSpec[];
  readonly subnetStrategy?: string;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  readonly vpcEndpointSpecs?: readonly EndpointSpec[];
  readonly vpcEndpointStrategy?: string;
}

/** What the SDK expects the component to return. */
export interface VpcState {
  readonly vpc: aws.ec2.Vpc;
  readonly vpcId: pulumi.Output<string>;
  readonly internetGateway: aws.ec2.InternetGateway;
  readonly subnets: aws.ec2.Subnet[];
  readonly publicSubnets: aws.ec2.Subnet[];
  readonly privateSubnets: aws.ec2.Subnet[];
  readonly isolatedSubnets: aws.ec2.Subnet[];
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetIds: pulumi.Output<string>[];
  readonly isolatedSubnetIds: pulumi.Output<string>[];
  readonly routeTables: aws.ec2.RouteTable[];
  readonly routeTableAssociations: aws.ec2.RouteTableAssociation[];
  readonly routes: aws.ec2.Route[];
  readonly natGateways: aws.ec2.NatGateway[];
  readonly eips: aws.ec2.Eip[];
  readonly vpcEndpoints: aws.ec2.VpcEndpoint[];
  readonly subnetLayout: SubnetSpec[];
}

/** The component; `state` resolves when every child has been registered. */
export class Vpc extends pulumi.ComponentResource<VpcState> {
  readonly state: pulumi.Output<VpcState>;

  constructor(name: string, args: VpcArgs, opts: pulumi.ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, { name, args }, opts);
    this.state = pulumi.output(this.getData()) as unknown as pulumi.Output<VpcState>;
  }

  protected override async initialize({ name, args }: { name: string; args: VpcArgs }): Promise<VpcState> {
    if (args.ipv4IpamPoolId !== undefined && args.cidrBlock === undefined) {
      throw new Error("offline: a VPC from an IPAM pool needs its cidrBlock; the emulation has no pools");
    }
    if (args.availabilityZoneNames && args.numberOfAvailabilityZones !== undefined) {
      throw new Error("Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified");
    }
    const zones = args.availabilityZoneNames ?? (await this.firstZones(args.numberOfAvailabilityZones ?? 3));
    const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
    const layout = layOut({
      name,
      cidrBlock,
      zones,
      ...(args.subnetSpecs && { specs: args.subnetSpecs }),
      strategy: args.subnetStrategy ?? "Legacy",
      ...(args.availabilityZoneCidrMask !== undefined && { zoneMask: args.availabilityZoneCidrMask }),
      nameTags: args.subnetNameTagStrategy ?? "Legacy",
    });
    refuseNat(args.natGateways, layout, zones.length);
    return new Construction(this, name, args, zones, cidrBlock, layout).state;
  }

  private async firstZones(count: number): Promise<string[]> {
    const { names } = await aws.getAvailabilityZones({}, { parent: this });
    if (names.length < count)
      throw new Error(`The configured region for this provider does not have at least ${count} Availability Zones.`);
    return names.slice(0, count);
  }
}

function refuseNat(nat: VpcArgs["natGateways"], { subnets }: Layout, zones: number): void {
  const strategy = nat?.strategy ?? "OnePerAz";
  const given = nat?.elasticIpAllocationIds?.length ?? 0;
  const allowed = { none: 0, single: 1, oneperaz: zones }[strategy.toLowerCase()];
  if (allowed === undefined) throw new Error(`Unknown NatGatewayStrategy '${strategy}'`);
  if (given > 0 && given !== allowed) {
    throw new Error(
      `${given} Elastic IP allocation IDs were given; NAT Gateway strategy '${strategy}' takes ${allowed}.`,
    );
  }
  const has = (type: string): boolean => subnets.some((subnet) => subnet.type.toLowerCase() === type);
  if (allowed > 0 && !(has("public") && (has("private") || has("isolated")))) {
    throw new Error(
      "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway resource, " +
        "along with private or isolated subnets to route through it.",
    );
  }
}

const ORDER = ["public", "private", "isolated"];

/** One run of the component: children in the published order, collected as they are made. */
class Construction {
  readonly state: VpcState;
  private readonly tags: pulumi.Output<Record<string, string>>;
  private readonly region: { readonly region?: pulumi.Input<string> };

  constructor(
    component: pulumi.Resource,
    private readonly name: string,
    private readonly args: VpcArgs,
    zones: readonly string[],
    cidrBlock: string,
    layout: Layout,
  ) {
    this.tags = pulumi.output(args.tags).apply((tags): Record<string, string> => ({ Name: name, ...tags }));
    this.region = args.region === undefined ? {} : { region: args.region };
    const vpc = this.createVpc(component, cidrBlock);
    const internetGateway = new aws.ec2.InternetGateway(
      name,
      { ...this.region, vpcId: vpc.id, tags: this.tags },
      { parent: vpc, dependsOn: [vpc] },
    );
    this.state = {
      ...{ vpc, vpcId: vpc.id, internetGateway, subnetLayout: layout.specs.map(published) },
      ...{ subnets: [], publicSubnets: [], privateSubnets: [], isolatedSubnets: [] },
      ...{ publicSubnetIds: [], privateSubnetIds: [], isolatedSubnetIds: [] },
      ...{ routeTables: [], routeTableAssociations: [], routes: [], natGateways: [], eips: [], vpcEndpoints: [] },
    };
    zones.forEach((zone, at) => {
      const here = layout.subnets.filter((subnet) => subnet.zone === zone && ORDER.includes(subnet.type.toLowerCase()));
      const ordered = [...here].sort(
        (left, right) => ORDER.indexOf(left.type.toLowerCase()) - ORDER.indexOf(right.type.toLowerCase()),
      );
      ordered.forEach((planned, index) => {
        this.createSubnet(planned, at, at + index * zones.length);
      });
    });
    for (const spec of args.vpcEndpointSpecs ?? []) this.createEndpoint(spec, zones);
  }

  private createVpc(component: pulumi.Resource, cidrBlock: string): aws.ec2.Vpc {
    const privateDns =
      this.args.vpcEndpointStrategy === "Auto" && (this.args.vpcEndpointSpecs ?? []).some(wantsPrivateDns);
    const args = {
      ...(this.args as object),
      ...(privateDns && {
        enableDnsHostnames: this.args.enableDnsHostnames ?? true,
        enableDnsSupport: this.args.enableDnsSupport ?? true,
      }),
      cidrBlock,
      tags: this.tags,
    };
    return new aws.ec2.Vpc(this.name, args, { parent: component });
  }

  private createSubnet(planned: PlannedSubnet, zoneIndex: number, ipv6Index: number): void {
    const { state, region } = this;
    const type = planned.type.toLowerCase();
    const own = { Name: planned.nameTag, SubnetType: planned.type };
    const assignIpv6AddressOnCreation = pulumi
      .output(this.args.assignGeneratedIpv6CidrBlock)
      .apply((assign) => planned.spec.assignIpv6AddressOnCreation ?? assign ?? false);
    const subnet = new aws.ec2.Subnet(
      planned.logicalName,
      {
        ...region,
        vpcId: state.vpc.id,
        availabilityZone: planned.zone,
        mapPublicIpOnLaunch: type === "public",
        cidrBlock: planned.cidrBlock,
        assignIpv6AddressOnCreation,
        ipv6CidrBlock: ipv6Block(state.vpc, assignIpv6AddressOnCreation, ipv6Index),
        tags: pulumi
          .all([this.tags, planned.spec.tags ?? {}])
          .apply(([shared, extra]) => ({ ...shared, ...extra, ...own })),
      },
      { parent: state.vpc, dependsOn: [state.vpc] },
    );
    state.subnets.push(subnet);
    const [subnets, ids] =
      type === "public"
        ? [state.publicSubnets, state.publicSubnetIds]
        : type === "private"
          ? [state.privateSubnets, state.privateSubnetIds]
          : [state.isolatedSubnets, state.isolatedSubnetIds];
    subnets.push(subnet);
    ids.push(subnet.id);
    const routeTable = new aws.ec2.RouteTable(
      planned.logicalName,
      { ...region, vpcId: state.vpc.id, tags: this.tags.apply((shared) => ({ ...shared, ...own })) },
      { parent: subnet, dependsOn: [subnet] },
    );
    state.routeTables.push(routeTable);
    const under = { parent: routeTable, dependsOn: [routeTable] };
    const association = { ...region, routeTableId: routeTable.id, subnetId: subnet.id };
    state.routeTableAssociations.push(new aws.ec2.RouteTableAssociation(planned.logicalName, association, under));
    if (type === "public") this.createNat(subnet, zoneIndex);
    const target = this.target(type, zoneIndex);
    if (target) {
      const route = { ...region, routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", ...target };
      state.routes.push(new aws.ec2.Route(planned.logicalName, route, under));
    }
  }

  /** Where a subnet's default route leads, if it has one. */
  private target(
    type: string,
    zoneIndex: number,
  ): { gatewayId: pulumi.Output<string> } | { natGatewayId: pulumi.Output<string> } | undefined {
    if (type === "public") return { gatewayId: this.state.internetGateway.id };
    const nat = this.natStrategy === "single" ? this.state.natGateways[0] : this.state.natGateways[zoneIndex];
    return type === "private" && this.natStrategy !== "none" && nat ? { natGatewayId: nat.id } : undefined;
  }

  private get natStrategy(): string {
    return (this.args.natGateways?.strategy ?? "OnePerAz").toLowerCase();
  }

  private createNat(subnet: aws.ec2.Subnet, zoneIndex: number): void {
    const { state, region } = this;
    const wanted = { none: 0, single: 1 }[this.natStrategy] ?? zoneIndex + 1;
    if (state.natGateways.length >= wanted) return;
    const name = `${this.name}-${zoneIndex + 1}`;
    const tags = pulumi.output(this.args.tags).apply((own) => ({ ...own, Name: name }));
    const under = { parent: subnet, dependsOn: [subnet] };
    const given = this.args.natGateways?.elasticIpAllocationIds ?? [];
    const eip = given.length === 0 ? new aws.ec2.Eip(name, { ...region, tags }, under) : undefined;
    if (eip) state.eips.push(eip);
    const allocationId = eip?.allocationId ?? given[zoneIndex];
    const nat = { ...region, subnetId: subnet.id, ...(allocationId !== undefined && { allocationId }), tags };
    state.natGateways.push(new aws.ec2.NatGateway(name, nat, under));
  }

  private createEndpoint(spec: EndpointSpec, zones: readonly string[]): void {
    const automatic = this.args.vpcEndpointStrategy === "Auto";
    this.state.vpcEndpoints.push(
      createEndpoint(spec, { ...this.state, ...this.region, tags: this.tags, automatic, zones }),
    );
  }
}

function published({ name, cidrBlocks, cidrMask, size, type }: SubnetSpec): SubnetSpec {
  return {
    type,
    ...(name && { name }),
    ...(cidrBlocks && { cidrBlocks }),
    ...(cidrMask && { cidrMask }),
    ...(size && { size }),
  };
}

/** The n-th /64 of the VPC's /56, where the subnet hands out IPv6 addresses. */
function ipv6Block(vpc: aws.ec2.Vpc, assign: pulumi.Output<boolean>, index: number): pulumi.Output<string> {
  const block = pulumi.all([vpc.ipv6CidrBlock, assign]).apply(([cidr, wanted]) => {
    if (!wanted) return undefined;
    const hextets = (cidr as string | undefined)?.split("/")[0]?.split(":") ?? [];
    if (hextets.length < 4)
      throw new Error("Subnets with assignIpv6AddressOnCreation=true require the VPC to have an IPv6 CIDR block.");
    const fourth = (Number.parseInt(hextets[3] ?? "0", 16) & 0xff00) | index;
    return `${hextets.slice(0, 3).join(":")}:${fourth.toString(16)}::/64`;
  });
  return block as pulumi.Output<string>;
}
