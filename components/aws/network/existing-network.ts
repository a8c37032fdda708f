// An existing VPC with the interface of Network, so that the other components can use either.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Reach,
  endpointServiceName,
  type Grant,
  InvalidInput,
  placementProblems,
  tagged,
  throwIfAny,
  transformed,
} from "../../kit";
import { policyDocument, placed } from "../kit";
import type { ExistingNetworkArgs, NetworkOutputs } from "./args";
import { factProblems } from "./existing";
import { interfaceEndpointStatements } from "./policies";
import { validateExisting } from "./validate-existing";

const TYPE = "archipelago:network:ExistingNetwork";

/** The children: none, unless endpoints are to be made. */
export interface ExistingNetworkNodes {
  readonly endpointSecurityGroup?: aws.ec2.SecurityGroup;
  readonly endpointIngressRule?: aws.vpc.SecurityGroupIngressRule;
  /** By service. */
  readonly interfaceEndpoints: Readonly<Record<string, aws.ec2.VpcEndpoint>>;
}

/**
 * A VPC that exists. Nothing is created and nothing of the VPC is changed, unless `endpoints` asks for interface endpoints
 * (8 USD a month and zone each) with a security group of their own. With `facts`, every resource in the network waits until
 * they are checked.
 *
 * @example
 * const network = new ExistingNetwork("network", {
 *   placement, vpcId: "vpc-0a1b2c3d4e5f60718", cidr: "10.20.0.0/16", s3PrefixListId: "pl-6ea54007",
 *   privateSubnetIds: ["subnet-0a1", "subnet-0b2"], isolatedSubnetIds: ["subnet-0c3", "subnet-0d4"],
 *   endpoints: { securityGroupIds: ["sg-0e5"] },
 * });
 */
export class ExistingNetwork extends pulumi.ComponentResource implements NetworkOutputs {
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  readonly natPublicIps: pulumi.Output<string[]>;
  readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  readonly s3PrefixListId: pulumi.Output<string>;
  readonly signals = [];
  /** The children. */
  readonly nodes: ExistingNetworkNodes;

  constructor(
    private readonly name: string,
    private readonly args: ExistingNetworkArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateExisting(name, args)]);
    const checked = pulumi.output(args.facts).apply((facts) => {
      if (facts) throwIfAny(`${TYPE} "${name}"`, factProblems(args, facts));
    });
    const known = <T>(value: pulumi.Input<T>): pulumi.Output<T> =>
      pulumi.all([value, checked]).apply(([given]) => given as T);
    this.vpcId = known(args.vpcId);
    this.cidr = known(args.cidr);
    this.publicSubnetIds = known([...(args.publicSubnetIds ?? [])]);
    this.privateSubnetIds = known([...args.privateSubnetIds]);
    this.isolatedSubnetIds = known([...args.isolatedSubnetIds]);
    this.natPublicIps = pulumi.output([]);
    this.s3PrefixListId = pulumi.output(args.s3PrefixListId);
    this.nodes = this.createEndpoints();
    this.endpointSecurityGroupId = this.nodes.endpointSecurityGroup?.id;
    const { vpcId, cidr, publicSubnetIds, privateSubnetIds, isolatedSubnetIds, natPublicIps } = this;
    const { endpointSecurityGroupId, s3PrefixListId } = this;
    this.registerOutputs({
      vpcId,
      cidr,
      publicSubnetIds,
      privateSubnetIds,
      isolatedSubnetIds,
      natPublicIps,
      endpointSecurityGroupId,
      s3PrefixListId,
    });
  }

  grantEndpoints(): Grant {
    const { endpoints } = this.args;
    if (endpoints === "over-internet") return this.grantInternet();
    const { endpointSecurityGroup, endpointIngressRule, interfaceEndpoints } = this.nodes;
    const groups = "make" in endpoints ? [endpointSecurityGroup?.id] : endpoints.securityGroupIds;
    const interfaces = groups.flatMap((securityGroupId, index): Reach[] =>
      securityGroupId === undefined
        ? []
        : [
            {
              to: `${this.name}-endpoints${index === 0 ? "" : index + 1}`,
              securityGroupId,
              port: 443,
              isOpen: true,
            },
          ],
    );
    return {
      reaches: [...interfaces, { to: `${this.name}-s3`, prefixListId: this.s3PrefixListId, port: 443 }],
      startsAfter: [...Object.values(interfaceEndpoints), ...(endpointIngressRule ? [endpointIngressRule] : [])],
    };
  }

  grantDynamodb(): Grant {
    const { dynamodbPrefixListId, endpoints } = this.args;
    if (endpoints === "over-internet") return this.grantInternet();
    if (dynamodbPrefixListId !== undefined) {
      return { reaches: [{ to: `${this.name}-dynamodb`, prefixListId: dynamodbPrefixListId, port: 443 }] };
    }
    throw new InvalidInput(`${TYPE} "${this.name}"`, [
      {
        path: "dynamodbPrefixListId",
        value: undefined,
        allowed: "the id of a prefix list, when something in the network uses DynamoDB",
        remedy: "look it up: aws ec2 describe-managed-prefix-lists",
      },
    ]);
  }

  grantInternet(): Grant {
    if (this.args.internetEgress === false) {
      throw new InvalidInput(`${TYPE} "${this.name}"`, [
        {
          path: "internetEgress",
          value: false,
          allowed: "true, when something in the network may reach the internet",
          remedy:
            "give private subnets a route (NAT, a transit gateway) and set `internetEgress`, or take the right away",
        },
      ]);
    }
    return { reaches: [{ cidr: "0.0.0.0/0", port: 443 }] };
  }

  private createEndpoints(): ExistingNetworkNodes {
    const { args, name, vpcId } = this;
    const services = typeof args.endpoints === "object" && "make" in args.endpoints ? args.endpoints.make : [];
    if (services.length === 0) return { interfaceEndpoints: {} };
    const endpointSecurityGroup = new aws.ec2.SecurityGroup(
      ...transformed<aws.ec2.SecurityGroupArgs>(
        args.transform?.endpointSecurityGroup,
        `${name}-endpoints`,
        { vpcId, description: "Interface endpoints, reached from the VPC", ...tagged(args.tags) },
        { parent: this },
      ),
    );
    const endpointIngressRule = new aws.vpc.SecurityGroupIngressRule(
      ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
        args.transform?.endpointIngressRule,
        `${name}-endpoints-from-vpc`,
        {
          securityGroupId: endpointSecurityGroup.id,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: this.cidr,
          description: "The VPC",
          ...tagged(args.tags),
        },
        { parent: this },
      ),
    );
    const interfaceEndpoints = Object.fromEntries(
      services.map((service) => [service, this.createEndpoint(service, endpointSecurityGroup.id)]),
    );
    return { endpointSecurityGroup, endpointIngressRule, interfaceEndpoints };
  }

  private createEndpoint(service: string, securityGroupId: pulumi.Output<string>): aws.ec2.VpcEndpoint {
    const { placement, tags, transform } = this.args;
    return new aws.ec2.VpcEndpoint(
      ...transformed<aws.ec2.VpcEndpointArgs>(
        transform?.interfaceEndpoint,
        `${this.name}-${service.replaceAll(".", "-")}`,
        {
          vpcId: this.vpcId,
          serviceName: endpointServiceName(service, "Interface", placement),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: this.privateSubnetIds,
          securityGroupIds: [securityGroupId],
          policy: policyDocument(interfaceEndpointStatements(placement)),
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }
}
