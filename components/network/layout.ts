// The VPC with its subnets and route tables, laid out by awsx in the blocks that are decided here.
import * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
// The package as a whole would load its classic half as well, a fifth of what the program loads.
import { Vpc } from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../base";
import { aclRules } from "./acl";
import type { NetworkTransforms, Tier } from "./args";
import { TIERS } from "./resolve";
import type { Scope } from "./scope";

/** What the rest of the network hangs on. */
export interface VpcLayout {
  readonly vpc: awsx.ec2.Vpc;
  readonly vpcId: pulumi.Output<string>;
  readonly defaultSecurityGroup: aws.ec2.DefaultSecurityGroup;
  readonly defaultNetworkAcl: aws.ec2.DefaultNetworkAcl;
  readonly networkAcls: Readonly<Record<Tier, aws.ec2.NetworkAcl>>;
  readonly subnetIds: Readonly<Record<Tier, pulumi.Output<string[]>>>;
  /** By tier, in the order of zones. */
  readonly routeTableIds: Readonly<Record<Tier, readonly pulumi.Output<string>[]>>;
}

const AWSX_TYPES = { public: "Public", private: "Private", isolated: "Isolated" } as const;

/** Creates the VPC, empties its default security group and closes its default network ACL. */
export function createLayout(scope: Scope): VpcLayout {
  const vpc = createVpc(scope);
  const subnetIds = {
    public: vpc.publicSubnetIds,
    private: vpc.privateSubnetIds,
    isolated: vpc.isolatedSubnetIds,
  };
  return {
    vpc,
    vpcId: vpc.vpcId,
    ...createDefaults(scope, vpc),
    networkAcls: {
      public: createNetworkAcl(scope, "public", vpc.vpcId, subnetIds.public),
      private: createNetworkAcl(scope, "private", vpc.vpcId, subnetIds.private),
      isolated: createNetworkAcl(scope, "isolated", vpc.vpcId, subnetIds.isolated),
    },
    subnetIds,
    routeTableIds: {
      public: routeTablesOf(scope, vpc, "public"),
      private: routeTablesOf(scope, vpc, "private"),
      isolated: routeTablesOf(scope, vpc, "isolated"),
    },
  };
}

function createVpc({ name, resolved, tags, transform, parent }: Scope): awsx.ec2.Vpc {
  return new Vpc(
    name,
    {
      cidrBlock: resolved.cidr,
      availabilityZoneNames: [...resolved.zones],
      enableDnsHostnames: true,
      enableDnsSupport: true,
      natGateways: { strategy: "None" },
      // With explicit blocks, "Auto" checks that none overlap; "Exact" would want every gap declared, in blocks that come
      // as many as zones (docs/decisions/0004-network-layout.md).
      subnetStrategy: "Auto",
      subnetNameTagStrategy: "AvailabilityZone",
      subnetSpecs: TIERS.map((tier) => ({
        type: AWSX_TYPES[tier],
        name: tier,
        cidrBlocks: [...resolved.layout[tier]],
      })),
      ...tags,
      ...transform?.vpc,
    },
    { parent, transforms: [withoutPublicIps(transform?.subnet)] },
  );
}

/** awsx gives every machine in a public subnet a public address and has no setting for it. */
function withoutPublicIps(subnet: NetworkTransforms["subnet"]): pulumi.ResourceTransform {
  return ({ type, name, props, opts }) => {
    if (type !== "aws:ec2/subnet:Subnet") return undefined;
    const changed = { ...props, mapPublicIpOnLaunch: false } as unknown as aws.ec2.SubnetArgs;
    subnet?.(changed, name);
    return { props: changed, opts };
  };
}

function createDefaults({ name, tags, transform, parent }: Scope, vpc: awsx.ec2.Vpc) {
  const defaultSecurityGroup = new aws.ec2.DefaultSecurityGroup(
    ...transformed<aws.ec2.DefaultSecurityGroupArgs>(
      transform?.defaultSecurityGroup,
      `${name}-default`,
      // Written out: what is left out stays as AWS made it, open inside and outwards.
      { vpcId: vpc.vpcId, ingress: [], egress: [], ...tags },
      { parent },
    ),
  );
  const defaultNetworkAcl = new aws.ec2.DefaultNetworkAcl(
    ...transformed<aws.ec2.DefaultNetworkAclArgs>(
      transform?.defaultNetworkAcl,
      `${name}-default`,
      { defaultNetworkAclId: vpc.vpc.defaultNetworkAclId, ingress: [], egress: [], ...tags },
      // Subnets belong to it for the moment until their own ACL takes them, which a refresh may see.
      { parent, ignoreChanges: ["subnetIds"] },
    ),
  );
  return { defaultSecurityGroup, defaultNetworkAcl };
}

function createNetworkAcl(
  { name, resolved, tags, transform, parent }: Scope,
  tier: Tier,
  vpcId: pulumi.Output<string>,
  subnetIds: pulumi.Output<string[]>,
): aws.ec2.NetworkAcl {
  return new aws.ec2.NetworkAcl(
    ...transformed<aws.ec2.NetworkAclArgs>(
      transform?.networkAcl,
      `${name}-${tier}`,
      { vpcId, subnetIds, ...aclRules(tier, resolved.cidr), ...tags },
      { parent },
    ),
  );
}

/** awsx returns route tables zone by zone, in each the tiers' in this order. */
function routeTablesOf({ resolved }: Scope, vpc: awsx.ec2.Vpc, tier: Tier): pulumi.Output<string>[] {
  return resolved.zones.map((zone, index) =>
    vpc.routeTables.apply((tables) => {
      const table = tables[index * TIERS.length + TIERS.indexOf(tier)];
      if (!table) throw new Error(`awsx made no route table for the ${tier} subnet of ${zone}`);
      return table.id;
    }),
  );
}
