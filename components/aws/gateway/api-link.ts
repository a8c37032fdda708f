// The VPC link of an API, and the rules that lead over it to the load balancer and to nothing else.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";
import { closedSecurityGroup } from "../kit";
import type { ApiGatewayArgs, ApiGatewayTransforms, ApiOrigin } from "./args-api-gateway";
import type { Firewall } from "./firewall";

/** Arguments that a VPC link takes from its gateway. */
interface LinkScope {
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly args: Pick<ApiGatewayArgs, "network" | "tags"> & {
    readonly origin: Pick<ApiOrigin, "loadBalancerSecurityGroupId" | "port">;
    readonly transform?: Pick<ApiGatewayTransforms, "securityGroup" | "egressRule" | "ingressRule" | "vpcLink">;
  };
}

/** Creates network interfaces in the private subnets, which may open connections to the load balancer and to nothing else. */
export function createLink(scope: LinkScope) {
  const { name, args, parent } = scope;
  const { network, origin, tags, transform } = args;
  const securityGroup = closedSecurityGroup({ parent, tags }, transform?.securityGroup, `${name}-link`, {
    vpcId: network.vpcId,
    description: "VPC link of the API",
  });
  const egressRule = new aws.vpc.SecurityGroupEgressRule(
    ...transformed<aws.vpc.SecurityGroupEgressRuleArgs>(
      transform?.egressRule,
      `${name}-link-to-alb`,
      {
        ...listenerPort(scope),
        securityGroupId: securityGroup.id,
        referencedSecurityGroupId: origin.loadBalancerSecurityGroupId,
        description: "The load balancer",
      },
      { parent },
    ),
  );
  const vpcLink = new aws.apigatewayv2.VpcLink(
    ...transformed<aws.apigatewayv2.VpcLinkArgs>(
      transform?.vpcLink,
      `${name}-link`,
      { subnetIds: network.privateSubnetIds, securityGroupIds: [securityGroup.id], ...tagged(tags) },
      { parent },
    ),
  );
  return { securityGroup, egressRule, vpcLink };
}

/** Lets the link in at the load balancer, after the firewall is there: no request passes that nothing has judged. */
export function openOrigin(scope: LinkScope, securityGroup: aws.ec2.SecurityGroup, firewall?: Firewall) {
  const { name, args, parent } = scope;
  return new aws.vpc.SecurityGroupIngressRule(
    ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
      args.transform?.ingressRule,
      `${name}-alb-from-link`,
      {
        ...listenerPort(scope),
        securityGroupId: args.origin.loadBalancerSecurityGroupId,
        referencedSecurityGroupId: securityGroup.id,
        description: "VPC link of the API",
      },
      { parent, ...(firewall && { dependsOn: [firewall.nodes.association] }) },
    ),
  );
}

function listenerPort({ args: { origin, tags } }: LinkScope) {
  return { ipProtocol: "tcp", fromPort: origin.port, toPort: origin.port, ...tagged(tags) };
}
