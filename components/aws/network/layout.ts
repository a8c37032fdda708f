// The VPC with its subnets and route tables, in the blocks that are decided here. Each is keyed by its zone: awsx numbers subnets by
// their place in a list, and its lists become unknown as a whole when one subnet is new (docs/decisions/0004-network-layout.md).
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Tier, TIERS, transformed } from "../../kit";
import { aclRules } from "./acl";
import type { Scope } from "./scope";
import { createTier, idOf, type SubnetNodes } from "./subnet-tier";

/** Something of each tier. */
type ByTier<T> = Readonly<Record<Tier, T>>;

/** The children that the rest of the network stands on. */
export interface LayoutNodes {
  readonly vpc: aws.ec2.Vpc;
  readonly internetGateway: aws.ec2.InternetGateway;
  /** By zone. */
  readonly subnets: ByTier<Readonly<Record<string, SubnetNodes>>>;
  readonly defaultSecurityGroup: aws.ec2.DefaultSecurityGroup;
  readonly defaultNetworkAcl: aws.ec2.DefaultNetworkAcl;
  readonly networkAcls: ByTier<aws.ec2.NetworkAcl>;
}

/** The VPC and its internet gateway, on which the rest of the network depends. */
export interface VpcLayout {
  readonly nodes: LayoutNodes;
  readonly vpcId: pulumi.Output<string>;
  /** By zone; known when the subnet's routes are there. */
  readonly subnetIds: ByTier<Readonly<Record<string, pulumi.Output<string>>>>;
}

/** Creates the VPC, empties its default security group and closes its default network ACL. */
export function createLayout(scope: Scope): VpcLayout {
  const ground = createGround(scope);
  const subnets = byTier((tier) => createTier(scope, ground, tier));
  const { vpc, internetGateway } = ground;
  return {
    nodes: {
      vpc,
      internetGateway,
      subnets,
      ...createDefaults(scope, vpc),
      networkAcls: byTier((tier) =>
        createNetworkAcl(
          scope,
          tier,
          vpc.id,
          Object.values(subnets[tier]).map(({ subnet }) => subnet.id),
        ),
      ),
    },
    vpcId: vpc.id,
    subnetIds: byTier((tier) =>
      Object.fromEntries(Object.entries(subnets[tier]).map(([zone, nodes]) => [zone, idOf(nodes)])),
    ),
  };
}

function byTier<T>(make: (tier: Tier) => T): ByTier<T> {
  return Object.fromEntries(TIERS.map((tier) => [tier, make(tier)])) as Record<Tier, T>;
}

function createGround({ name, resolved, tags, transform, parent }: Scope) {
  // In an earlier version awsx made the VPC and everything below it.
  const component = pulumi.createUrn(name, "awsx:ec2:Vpc", parent);
  const formerVpc = pulumi.createUrn(name, "aws:ec2/vpc:Vpc", component);
  const named = { tags: { Name: name, ...tags?.tags } };
  const vpc = new aws.ec2.Vpc(
    ...transformed<aws.ec2.VpcArgs>(
      transform?.vpc,
      name,
      { cidrBlock: resolved.cidr, enableDnsHostnames: true, enableDnsSupport: true, ...named },
      { parent, aliases: [formerVpc] },
    ),
  );
  const internetGateway = new aws.ec2.InternetGateway(
    ...transformed<aws.ec2.InternetGatewayArgs>(
      transform?.internetGateway,
      name,
      { vpcId: vpc.id, ...named },
      { parent, aliases: [pulumi.createUrn(name, "aws:ec2/internetGateway:InternetGateway", formerVpc)] },
    ),
  );
  return { vpc, internetGateway, formerVpc };
}

function createDefaults({ name, tags, transform, parent }: Scope, vpc: aws.ec2.Vpc) {
  const defaultSecurityGroup = new aws.ec2.DefaultSecurityGroup(
    ...transformed<aws.ec2.DefaultSecurityGroupArgs>(
      transform?.defaultSecurityGroup,
      `${name}-default`,
      // Written out: what is left out stays as AWS made it, open inside and outwards.
      { vpcId: vpc.id, ingress: [], egress: [], ...tags },
      { parent },
    ),
  );
  const defaultNetworkAcl = new aws.ec2.DefaultNetworkAcl(
    ...transformed<aws.ec2.DefaultNetworkAclArgs>(
      transform?.defaultNetworkAcl,
      `${name}-default`,
      { defaultNetworkAclId: vpc.defaultNetworkAclId, ingress: [], egress: [], ...tags },
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
  subnetIds: pulumi.Output<string>[],
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

/** What a zone has; the zone is one of the network's. */
export function inZone<T>(things: Readonly<Record<string, T>>, zone: string): T {
  const thing = things[zone];
  if (thing === undefined) throw new Error(`the network has no zone ${zone}`);
  return thing;
}
