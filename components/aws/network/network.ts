// A VPC with a stable address plan: adding or removing a zone changes resources of that zone only.
import * as pulumi from "@pulumi/pulumi";
import { type Grant, InvalidInput, placementProblems, throwIfAny, type Signal } from "../../kit";
import { placed } from "../kit";
import type { NetworkArgs, NetworkOutputs } from "./args";
import { createEgress, type EgressNodes } from "./egress";
import { createEndpoints, type EndpointNodes } from "./endpoints";
import { createFlowLogs, type FlowLogNodes } from "./flow-logs";
import { createLayout, type LayoutNodes } from "./layout";
import { resolveNetwork } from "./resolve";
import type { Scope } from "./scope";
import { egressSignals } from "./signals";
import { validateNetwork } from "./validate";

const TYPE = "archipelago:network:Network";

/** The children. */
export interface NetworkNodes extends LayoutNodes, EgressNodes, EndpointNodes, FlowLogNodes {}

/**
 * A VPC over two to six zones with public, private and isolated subnets, ways out, endpoints and flow logs. A NAT gateway
 * costs about 35 USD a month and an interface endpoint 8 USD a month and zone, traffic apart; the key of the flow logs 1 USD.
 * A zone that is added, removed or exchanged changes that zone's subnets only. Another `cidr` replaces everything; other
 * `masks` are refused by EC2 while the old subnets stand.
 *
 * @example
 * const network = new Network("network", { placement, cidr: "10.0.0.0/16", zones: ["eu-central-1a", "eu-central-1b"] });
 */
export class Network extends pulumi.ComponentResource implements NetworkOutputs {
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  readonly natPublicIps: pulumi.Output<string[]>;
  readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  readonly s3PrefixListId: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: NetworkNodes;

  constructor(
    private readonly name: string,
    args: NetworkArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateNetwork(name, args)]);
    const scope: Scope = {
      name,
      placement: args.placement,
      resolved: resolveNetwork(args),
      tags: args.tags && { tags: { ...args.tags } },
      transform: args.transform,
      parent: this,
    };
    const layout = createLayout(scope);
    const egress = createEgress(scope, layout);
    const endpoints = createEndpoints(scope, layout);
    const flowLogs = createFlowLogs(scope, layout.vpcId);
    this.nodes = { ...layout.nodes, ...egress, ...endpoints, ...flowLogs };
    this.signals = egressSignals(name, egress);
    this.vpcId = layout.vpcId;
    this.cidr = pulumi.output(args.cidr);
    this.publicSubnetIds = pulumi.all(Object.values(layout.subnetIds.public));
    this.privateSubnetIds = pulumi.all(Object.values(layout.subnetIds.private));
    this.isolatedSubnetIds = pulumi.all(Object.values(layout.subnetIds.isolated));
    this.natPublicIps = pulumi.all(Object.values(egress.natAddresses).map(({ publicIp }) => publicIp));
    this.endpointSecurityGroupId = endpoints.endpointSecurityGroup?.id;
    this.s3PrefixListId = endpoints.gatewayEndpoints.s3.prefixListId;
    this.registerOutputs(this.outputs());
  }

  grantEndpoints(): Grant {
    const interfaces = this.endpointSecurityGroupId && {
      to: `${this.name}-endpoints`,
      securityGroupId: this.endpointSecurityGroupId,
      port: 443,
      isOpen: true,
    };
    const { interfaceEndpoints, endpointIngressRules } = this.nodes;
    return {
      reaches: [
        ...(interfaces ? [interfaces] : []),
        { to: `${this.name}-s3`, prefixListId: this.s3PrefixListId, port: 443 },
      ],
      // Images and logs go through them: tasks that are there first fail, and a first deployment has nothing to go back to.
      startsAfter: [...Object.values(interfaceEndpoints), ...Object.values(endpointIngressRules)],
    };
  }

  grantDynamodb(): Grant {
    const { dynamodb } = this.nodes.gatewayEndpoints;
    return {
      reaches: [{ to: `${this.name}-dynamodb`, prefixListId: dynamodb.prefixListId, port: 443 }],
      startsAfter: [dynamodb],
    };
  }

  grantInternet(): Grant {
    if (Object.keys(this.nodes.natRoutes).length === 0) {
      throw new InvalidInput(`${TYPE} "${this.name}"`, [
        {
          path: "nat",
          value: "none",
          allowed: "a network with NAT, when something in it may reach the internet",
          remedy: 'set `nat` to "single" or more, or take the right away',
        },
      ]);
    }
    return {
      reaches: [{ cidr: "0.0.0.0/0", port: 443 }],
      startsAfter: Object.values(this.nodes.natRoutes),
    };
  }

  private outputs(): pulumi.Inputs {
    const { vpcId, cidr, publicSubnetIds, privateSubnetIds, isolatedSubnetIds } = this;
    const { natPublicIps, endpointSecurityGroupId, s3PrefixListId } = this;
    return {
      vpcId,
      cidr,
      publicSubnetIds,
      privateSubnetIds,
      isolatedSubnetIds,
      natPublicIps,
      endpointSecurityGroupId,
      s3PrefixListId,
    };
  }
}
