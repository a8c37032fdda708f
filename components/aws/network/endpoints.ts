// Endpoints keep traffic to AWS off the internet: gateways for S3 and DynamoDB, which are free, and interfaces by request.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { endpointServiceName, transformed } from "../../kit";
import { policyDocument } from "../kit";
import { inZone, type VpcLayout } from "./layout";
import { gatewayEndpointStatements, interfaceEndpointStatements } from "./policies";
import type { Scope } from "./scope";

/** Endpoints by service. */
export interface EndpointNodes {
  readonly gatewayEndpoints: Readonly<Record<"s3" | "dynamodb", aws.ec2.VpcEndpoint>>;
  readonly interfaceEndpoints: Readonly<Record<string, aws.ec2.VpcEndpoint>>;
  /** Undefined without interface endpoints. */
  readonly endpointSecurityGroup?: aws.ec2.SecurityGroup;
  /** By zone. */
  readonly endpointIngressRules: Readonly<Record<string, aws.vpc.SecurityGroupIngressRule>>;
}

/** Creates both kinds. */
export function createEndpoints(scope: Scope, layout: VpcLayout): EndpointNodes {
  const gatewayEndpoints = {
    s3: createGatewayEndpoint(scope, layout, "s3"),
    dynamodb: createGatewayEndpoint(scope, layout, "dynamodb"),
  };
  const { endpoints } = scope.resolved;
  if (endpoints.length === 0) return { gatewayEndpoints, interfaceEndpoints: {}, endpointIngressRules: {} };
  const { endpointSecurityGroup, endpointIngressRules } = createGuard(scope, layout);
  return {
    gatewayEndpoints,
    interfaceEndpoints: Object.fromEntries(
      endpoints.map((service) => [service, createInterfaceEndpoint(scope, layout, service, endpointSecurityGroup.id)]),
    ),
    endpointSecurityGroup,
    endpointIngressRules,
  };
}

function createGatewayEndpoint(
  { name, placement, tags, transform, parent }: Scope,
  { vpcId, nodes }: VpcLayout,
  service: "s3" | "dynamodb",
): aws.ec2.VpcEndpoint {
  return new aws.ec2.VpcEndpoint(
    ...transformed<aws.ec2.VpcEndpointArgs>(
      transform?.gatewayEndpoint,
      `${name}-${service}`,
      {
        vpcId,
        serviceName: endpointServiceName(service, "Gateway", placement),
        vpcEndpointType: "Gateway",
        routeTableIds: (["private", "isolated"] as const).flatMap((tier) =>
          Object.values(nodes.subnets[tier]).map(({ routeTable }) => routeTable.id),
        ),
        policy: policyDocument(gatewayEndpointStatements(service, placement)),
        ...tags,
      },
      { parent },
    ),
  );
}

function createGuard({ name, resolved, tags, transform, parent }: Scope, { vpcId }: VpcLayout) {
  const endpointSecurityGroup = new aws.ec2.SecurityGroup(
    ...transformed<aws.ec2.SecurityGroupArgs>(
      transform?.endpointSecurityGroup,
      `${name}-endpoints`,
      { vpcId, description: "Interface endpoints, reached from private subnets", ...tags },
      { parent },
    ),
  );
  const createRule = (zone: string, cidrIpv4: string) =>
    new aws.vpc.SecurityGroupIngressRule(
      ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
        transform?.endpointIngressRule,
        `${name}-endpoints-from-${zone}`,
        {
          securityGroupId: endpointSecurityGroup.id,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4,
          description: `Private subnet of ${zone}`,
          ...tags,
        },
        { parent },
      ),
    );
  const endpointIngressRules = Object.fromEntries(
    Object.entries(resolved.layout.private).map(([zone, cidrIpv4]) => [zone, createRule(zone, cidrIpv4)]),
  );
  return { endpointSecurityGroup, endpointIngressRules };
}

function createInterfaceEndpoint(
  { name, placement, resolved, tags, transform, parent }: Scope,
  { vpcId, subnetIds }: VpcLayout,
  service: string,
  securityGroupId: pulumi.Output<string>,
): aws.ec2.VpcEndpoint {
  return new aws.ec2.VpcEndpoint(
    ...transformed<aws.ec2.VpcEndpointArgs>(
      transform?.interfaceEndpoint,
      `${name}-${service.replaceAll(".", "-")}`,
      {
        vpcId,
        serviceName: endpointServiceName(service, "Interface", placement),
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: resolved.zones.slice(0, resolved.endpointZoneCount).map((zone) => inZone(subnetIds.private, zone)),
        securityGroupIds: [securityGroupId],
        policy: policyDocument(interfaceEndpointStatements(placement)),
        ...tags,
      },
      { parent },
    ),
  );
}
