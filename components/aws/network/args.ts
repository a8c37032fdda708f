// What a network takes and what it offers.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Grant, Placement, Tier, Signal, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";

/** Arguments of {@link Network}. */
export interface NetworkArgs {
  readonly placement: Placement;
  /** IPv4 range of the VPC (`10.0.0.0/16`), /16 or smaller, with room for six zones of every tier. */
  readonly cidr: string;
  /**
   * Names of 2–6 zones of the region (`eu-central-1a`), with letters from a to f, in any order. A zone that is added, removed or
   * exchanged changes the subnets of that zone only.
   */
  readonly zones: readonly string[];
  /**
   * Prefix lengths of the subnets, 16–28. They can't be changed while the network stands: the new blocks overlap the old ones.
   * @default /24 in each tier
   */
  readonly masks?: Partial<Record<Tier, number>>;
  /** How private subnets reach the internet. @default "single" */
  readonly nat?: Nat;
  /** Services with an interface endpoint (`sqs`, `ecr.api`). @default none */
  readonly endpoints?: readonly string[];
  /** Number of zones, by their letters from the first on, that interface endpoints have an address in. @default every zone */
  readonly endpointZones?: number;
  /** Days that flow logs are kept; one of CloudWatch's values. @default 90 */
  readonly flowLogRetentionInDays?: number;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: NetworkTransforms;
}

/**
 * Network address translation: none, one gateway, one a zone, a number of gateways in the first zones by their letters, or one
 * instance, which is cheap and stands still while it is replaced. Gateways and the instance have public addresses of their own.
 */
export type Nat = "none" | "single" | "per-zone" | { readonly count: number } | { readonly instanceType: string };

/** One slot for each kind of child. A function receives the child's logical name, which tells children of one kind apart. */
export interface NetworkTransforms {
  readonly vpc?: Transform<aws.ec2.VpcArgs>;
  readonly internetGateway?: Transform<aws.ec2.InternetGatewayArgs>;
  readonly subnet?: Transform<aws.ec2.SubnetArgs>;
  readonly routeTable?: Transform<aws.ec2.RouteTableArgs>;
  readonly routeTableAssociation?: Transform<aws.ec2.RouteTableAssociationArgs>;
  readonly internetRoute?: Transform<aws.ec2.RouteArgs>;
  readonly defaultSecurityGroup?: Transform<aws.ec2.DefaultSecurityGroupArgs>;
  readonly defaultNetworkAcl?: Transform<aws.ec2.DefaultNetworkAclArgs>;
  readonly networkAcl?: Transform<aws.ec2.NetworkAclArgs>;
  readonly natAddress?: Transform<aws.ec2.EipArgs>;
  readonly natGateway?: Transform<aws.ec2.NatGatewayArgs>;
  readonly natSecurityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly natIngressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly natEgressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
  readonly natLaunchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
  readonly natInstance?: Transform<aws.ec2.InstanceArgs>;
  readonly natRoute?: Transform<aws.ec2.RouteArgs>;
  readonly gatewayEndpoint?: Transform<aws.ec2.VpcEndpointArgs>;
  readonly endpointSecurityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly endpointIngressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly interfaceEndpoint?: Transform<aws.ec2.VpcEndpointArgs>;
  readonly flowLogKey?: EncryptionKeyArgs["transform"];
  readonly flowLogGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly flowLogRole?: Transform<aws.iam.RoleArgs>;
  readonly flowLogRolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly flowLog?: Transform<aws.ec2.FlowLogArgs>;
}

/** What {@link Network} offers. Lists are in the order of the zones' letters. */
export interface NetworkOutputs {
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  readonly vpcId: pulumi.Output<string>;
  /** IPv4 range of the VPC. */
  readonly cidr: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Subnets without a route to the internet. */
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  /** Addresses that the internet sees private subnets come from; none without NAT. */
  readonly natPublicIps: pulumi.Output<string[]>;
  /** Group of the interface endpoints; undefined without any. */
  readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  /** Managed prefix list of S3 in the region. */
  readonly s3PrefixListId: pulumi.Output<string>;
  /** What a task needs to reach AWS services by endpoints. */
  grantEndpoints(): Grant;
  /** What a task needs to reach DynamoDB. Throws for a network that exists without `dynamodbPrefixListId`. */
  grantDynamodb(): Grant;
  /** What a task needs to reach the internet by HTTPS. Throws when the network has no NAT. */
  grantInternet(): Grant;
}

/** Arguments of {@link ExistingNetwork}. */
export interface ExistingNetworkArgs {
  readonly placement: Placement;
  /** `vpc-0a1b2c3d4e5f60718`. */
  readonly vpcId: string;
  /** IPv4 range of the VPC. */
  readonly cidr: pulumi.Input<string>;
  /** Subnets with a route to an internet gateway, each in a zone of its own. @default none */
  readonly publicSubnetIds?: readonly string[];
  /** Subnets of tasks and internal load balancers, 2–6, each in a zone of its own. */
  readonly privateSubnetIds: readonly string[];
  /** Subnets of databases and caches, 2–6, each in a zone of its own. */
  readonly isolatedSubnetIds: readonly string[];
  /** How tasks reach AWS services. */
  readonly endpoints: ExistingEndpoints;
  /** Managed prefix list of S3 in the region. */
  readonly s3PrefixListId: pulumi.Input<string>;
  /** Managed prefix list of DynamoDB in the region; for tasks that use tables. @default none */
  readonly dynamodbPrefixListId?: pulumi.Input<string>;
  /** Whether private subnets have a route to the internet. @default true */
  readonly internetEgress?: boolean;
  /** Attributes of the VPC and its subnets. Resources in the network wait until these are checked. @default no check */
  readonly facts?: pulumi.Input<NetworkFacts>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: Pick<NetworkTransforms, "endpointSecurityGroup" | "endpointIngressRule" | "interfaceEndpoint">;
}

/**
 * Interface endpoints of a network that exists: groups of those that stand there, services that get one, or
 * "over-internet", which opens every service's port 443 to the internet.
 */
export type ExistingEndpoints =
  | { readonly securityGroupIds: readonly pulumi.Input<string>[] }
  | { readonly make: readonly string[] }
  | "over-internet";

/** Attributes of a VPC, from EC2's API. */
export interface NetworkFacts {
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly subnets: readonly SubnetFacts[];
  /** Groups of the interface endpoints that are to exist, by service; undefined where there is none. @default not looked up */
  readonly endpoints?: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Attributes of a subnet, from EC2's API. */
export interface SubnetFacts {
  readonly id: string;
  /** `eu-central-1a`. */
  readonly zone: string;
  /** Where the default route leads; undefined when it is not known (the VPC's main route table). */
  readonly route: "internet-gateway" | "other" | "none" | undefined;
}
