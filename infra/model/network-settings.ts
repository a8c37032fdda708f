// What a stack says about a network that exists already.

/** A VPC that exists already. Nothing of it is created or changed, unless `endpoints` is "make". */
export interface ExistingNetworkSettings {
  readonly vpcId: string;
  /** IPv4 range of the VPC. @default looked up */
  readonly cidr?: string;
  /** None, or two and more in different zones. */
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  /** Subnets of databases and caches, without a route to an internet gateway. */
  readonly isolatedSubnetIds: readonly string[];
  /** Whether the VPC has interface endpoints, the stack makes them, or tasks reach AWS over the internet. @default "existing" */
  readonly endpoints: "existing" | "make" | "over-internet";
  /** Groups of the interface endpoints that exist. @default looked up, when all of them share one */
  readonly endpointSecurityGroupIds: readonly string[];
  /** Whether private subnets have a route to the internet. @default true */
  readonly internetEgress: boolean;
}
