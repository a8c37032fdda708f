// The VPC component's endpoints: passed through as specified, or completed from the VPC's own subnets and tables ("Auto").
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** An endpoint as the component's user specifies it; everything else goes to the resource as it is. */
export interface EndpointSpec {
  readonly serviceName: string;
  readonly vpcEndpointType?: pulumi.Input<string>;
  readonly privateDnsEnabled?: boolean;
  readonly region?: pulumi.Input<string>;
  readonly ipAddressType?: pulumi.Input<string>;
  readonly subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  readonly subnetConfigurations?: pulumi.Input<object[]>;
  readonly securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  readonly routeTableIds?: pulumi.Input<pulumi.Input<string>[]>;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** What an endpoint may be completed from. */
export interface EndpointSurroundings {
  readonly vpc: aws.ec2.Vpc;
  readonly region?: pulumi.Input<string>;
  readonly zones: readonly string[];
  readonly automatic: boolean;
  readonly tags: pulumi.Output<Record<string, string>>;
  readonly routeTables: readonly aws.ec2.RouteTable[];
  readonly publicSubnets: readonly aws.ec2.Subnet[];
  readonly privateSubnets: readonly aws.ec2.Subnet[];
  readonly isolatedSubnets: readonly aws.ec2.Subnet[];
}

const kindOf = ({ vpcEndpointType }: EndpointSpec): string =>
  typeof vpcEndpointType === "string" ? vpcEndpointType.toLowerCase() : vpcEndpointType === undefined ? "gateway" : "";

/** Whether an endpoint needs the VPC's DNS attributes when it is completed. */
export function wantsPrivateDns(spec: EndpointSpec): boolean {
  return kindOf(spec) === "interface" && (spec.privateDnsEnabled ?? true);
}

/** Creates one endpoint; its logical name is the service's name, as published. */
export function createEndpoint(spec: EndpointSpec, around: EndpointSurroundings): aws.ec2.VpcEndpoint {
  const { vpc, automatic } = around;
  const kind = kindOf(spec);
  const region = spec.region ?? around.region;
  const tags = pulumi.all([around.tags, spec.tags ?? {}]).apply(([shared, own]) => ({ ...shared, ...own }));
  const completed = {
    ...(automatic &&
      kind === "interface" &&
      spec.subnetIds === undefined &&
      spec.subnetConfigurations === undefined && { subnetIds: onePerZone(around) }),
    ...(automatic && kind === "interface" && spec.privateDnsEnabled === undefined && { privateDnsEnabled: true }),
    ...(automatic &&
      kind === "interface" &&
      spec.securityGroupIds === undefined && { securityGroupIds: [securityGroup(spec, around, tags)] }),
    ...(automatic &&
      kind === "gateway" &&
      spec.routeTableIds === undefined && { routeTableIds: around.routeTables.map(({ id }) => id) }),
  };
  return new aws.ec2.VpcEndpoint(
    spec.serviceName,
    {
      ...(spec as object),
      ...completed,
      ...(region !== undefined && { region }),
      serviceName: spec.serviceName,
      vpcId: vpc.id,
      tags,
    },
    { parent: vpc, dependsOn: [vpc] },
  );
}

/** One subnet a zone: private before isolated before public. */
function onePerZone({
  zones,
  privateSubnets,
  isolatedSubnets,
  publicSubnets,
}: EndpointSurroundings): pulumi.Output<string>[] {
  return zones.flatMap((_, at) => {
    const kinds = [privateSubnets, isolatedSubnets, publicSubnets];
    const subnet = kinds
      .map((subnets) => subnets[(at * subnets.length) / zones.length])
      .find((found) => found !== undefined);
    return subnet ? [subnet.id] : [];
  });
}

function securityGroup(
  spec: EndpointSpec,
  { vpc, region }: EndpointSurroundings,
  tags: pulumi.Output<Record<string, string>>,
): pulumi.Output<string> {
  const place = spec.region ?? region;
  const where = place === undefined ? {} : { region: place };
  const group = new aws.ec2.SecurityGroup(
    `${spec.serviceName}-sg`,
    { ...where, vpcId: vpc.id, tags },
    { parent: vpc, dependsOn: [vpc] },
  );
  const dual =
    typeof spec.ipAddressType === "string" && ["ipv6", "dualstack"].includes(spec.ipAddressType.toLowerCase());
  new aws.ec2.SecurityGroupRule(
    `${spec.serviceName}-ingress`,
    {
      ...where,
      ...{
        type: "ingress",
        securityGroupId: group.id,
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: [vpc.cidrBlock],
      },
      ...(dual && { ipv6CidrBlocks: [vpc.ipv6CidrBlock] }),
    },
    { parent: vpc, dependsOn: [group] },
  );
  return group.id;
}
