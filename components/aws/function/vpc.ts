// A function inside a VPC: its security group, the rules that its grants ask for, and the right to have network interfaces.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Grant, type Placement, type Statement, tagged, transformed } from "../../kit";
import { closedSecurityGroup, isInside, namedReaches, peerOf } from "../kit";
import type { LambdaFunctionArgs } from "./args";
import type { FunctionScope } from "./schedule";

type Rule = aws.vpc.SecurityGroupIngressRule | aws.vpc.SecurityGroupEgressRule;

/** There with `network`, and not otherwise. */
export interface VpcNodes {
  readonly securityGroup?: aws.ec2.SecurityGroup;
  /** By logical name. */
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Whether something that the grants open is reachable from inside a VPC only. */
export function needsVpc(grants: Readonly<Record<string, Grant>>): boolean {
  return Object.values(grants).some(({ reaches = [] }) => reaches.some(isInside));
}

/** Creates the group, and the rules on both sides of each connection. */
export function createVpcParts({ name, args, parent }: FunctionScope): VpcNodes {
  const { network, grants = {}, tags, transform } = args;
  if (network === undefined) return { rules: {} };
  const securityGroup = closedSecurityGroup({ parent, tags }, transform?.securityGroup, `${name}-function`, {
    vpcId: network.vpcId,
    description: `Function ${name}`,
  });
  const tcp = (role: string, port: number) => ({
    ...{ ipProtocol: "tcp", fromPort: port, toPort: port, description: `${name} ${role}` },
    ...tagged(tags),
  });
  const rules = namedReaches(grants).flatMap(({ key, reach }): [string, Rule][] => {
    const out = new aws.vpc.SecurityGroupEgressRule(
      ...transformed<aws.vpc.SecurityGroupEgressRuleArgs>(
        transform?.egressRule,
        `${name}-to-${key}`,
        { securityGroupId: securityGroup.id, ...peerOf(reach), ...tcp(`to-${key}`, reach.port) },
        { parent },
      ),
    );
    if (!("securityGroupId" in reach) || reach.isOpen === true) return [[`${name}-to-${key}`, out]];
    const at = new aws.vpc.SecurityGroupIngressRule(
      ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
        transform?.ingressRule,
        `${name}-at-${key}`,
        {
          securityGroupId: reach.securityGroupId,
          referencedSecurityGroupId: securityGroup.id,
          ...tcp(`at-${key}`, reach.port),
        },
        { parent },
      ),
    );
    return [
      [`${name}-to-${key}`, out],
      [`${name}-at-${key}`, at],
    ];
  });
  return { securityGroup, rules: Object.fromEntries(rules) };
}

const CHANGE = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:UnassignPrivateIpAddresses",
];
const DESCRIBE = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];

/**
 * Lambda itself manages the interfaces by the function's role; it makes and deletes them, so their identifiers are not known in advance.
 * The function's own code must not manage any: Lambda names the function in `lambda:SourceFunctionArn` for calls of the code only.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function interfaceStatements(
  { partition, region, accountId }: Placement,
  network: Pick<NonNullable<LambdaFunctionArgs["network"]>, "privateSubnetIds">,
  securityGroup: aws.ec2.SecurityGroup,
): Statement[] {
  const own = `arn:${partition}:ec2:${region}:${accountId}`;
  const subnets = pulumi.output(network.privateSubnetIds).apply((ids) => ids.map((id) => `${own}:subnet/${id}`));
  const Resource = pulumi
    .all([subnets, securityGroup.arn])
    .apply(([arns, group]) => [`${own}:network-interface/*`, ...arns, group]);
  return [
    // A list that one output holds is JSON as good as a list of outputs.
    { Sid: "ManageInterfaces", Action: CHANGE, Resource: Resource as unknown as pulumi.Input<string> },
    // EC2 holds these to no resource.
    { Sid: "SeeInterfaces", Action: DESCRIBE, Resource: "*" },
    {
      Sid: "InterfacesAreNotForCode",
      Effect: "Deny",
      Action: [...CHANGE, ...DESCRIBE],
      Resource: "*",
      Condition: { Null: { "lambda:SourceFunctionArn": "false" } },
    },
  ];
}

/** The `vpcConfig` of a function, or nothing. */
export function vpcArgs(
  network: { readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]> } | undefined,
  { securityGroup }: VpcNodes,
): Pick<aws.lambda.FunctionArgs, "vpcConfig"> {
  if (network === undefined || securityGroup === undefined) return {};
  return { vpcConfig: { subnetIds: network.privateSubnetIds, securityGroupIds: [securityGroup.id] } };
}
