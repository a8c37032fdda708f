// VPC endpoints and flow logs.
import type { Cards } from "../card";
import type { NewResource, Constraint } from "../../providers/core/rules";
import { UNKNOWN, type Value } from "../../providers/core/values";
import { LETTERS, dnsSuffix, ec2Id } from "../identifiers";
import { failure } from "../inputs";
import { balancer, firm, group, logGroup, loose, role, subnet, table, vpc } from "../references";
import { endings, logs } from "../times";
import { ec2, owner } from "./ec2-network";

const isGateway = (resource: NewResource): boolean => (resource.text("vpcEndpointType") || "Gateway") === "Gateway";

function endpointDns(resource: NewResource): Value {
  const service = resource.text("serviceName").split(".").slice(3).join(".") || "service";
  const zone = resource.token(14, `${LETTERS.slice(0, 26)}0123456789`, "zone").toUpperCase();
  return [
    {
      dnsName: `${resource.id}-${resource.hex(8, "dns")}.${service}.${resource.region}.vpce.${dnsSuffix(resource.partition)}`,
      hostedZoneId: `Z${zone}`,
    },
  ];
}

function listOf(resource: NewResource, property: string): readonly Value[] {
  const value = resource.inputs[property];
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/**
 * Services whose interface endpoints have the partition's own prefix, of those that the product uses: the table of
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts, made by describe-vpc-endpoint-services.
 */
const PREFIXED = [
  ["cn-", "cn.com.amazonaws", ["ecr.api", "ecr.dkr", "sqs"]],
  ["eusc-", "eu.amazonaws", ["ecr.api", "ecr.dkr"]],
] as const;

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
const BY_ROUTE: readonly string[] = ["s3", "dynamodb", "s3express"];

const endpointService: Constraint = function* ({ inputs, text, region }) {
  const [, prefix = "", theirs = "", service = ""] =
    /^((?:cn\.)?com\.amazonaws|eu\.amazonaws)\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.(.+)$/.exec(text("serviceName") ?? "") ??
    [];
  const elsewhere = text("serviceRegion") ?? region;
  const [, own = "com.amazonaws"] =
    PREFIXED.find(([begins, , services]) => theirs.startsWith(begins) && services.some((one) => one === service)) ?? [];
  if (service !== "" && prefix !== own)
    yield failure("serviceName", `InvalidServiceName: ${theirs} calls it ${own}.${theirs}.${service}`);
  if (theirs !== "" && theirs !== elsewhere)
    yield failure(
      "serviceName",
      `a service of ${theirs}, and the endpoint is of ${region} (InvalidServiceName): name com.amazonaws.${region}.${service}, or set serviceRegion`,
    );
  if ((text("vpcEndpointType") ?? "Gateway") !== "Gateway" || inputs.vpcEndpointType === UNKNOWN) return;
  if (service !== "" && !BY_ROUTE.includes(service))
    yield failure(
      "vpcEndpointType",
      `${service} has no gateway endpoint, ${BY_ROUTE.join(", ")} have: set it to Interface`,
    );
  for (const property of ["subnetIds", "securityGroupIds"])
    if (Array.isArray(inputs[property]) && inputs[property].length > 0)
      yield failure(
        property,
        "a gateway endpoint is reached by routes: leave it out, or set vpcEndpointType to Interface",
      );
};

export const cards: Cards = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    source: "ec2/vpc_endpoint.go",
    id: ec2Id("vpce"),
    computed: {
      arn: ec2("vpc-endpoint"),
      ownerId: owner,
      state: "available",
      prefixListId: (resource) => (isGateway(resource) ? `pl-0${resource.hex(16, "pl")}` : ""),
      cidrBlocks: (resource) => (isGateway(resource) ? ["52.216.0.0/15"] : []),
      dnsEntries: (resource) => (isGateway(resource) ? [] : endpointDns(resource)),
      networkInterfaceIds: (resource) =>
        listOf(resource, "subnetIds").map((_, at) => `eni-0${resource.hex(16, `eni${at}`)}`),
      policy: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
      ipAddressType: "ipv4",
      requesterManaged: false,
      routeTableIds: [],
      subnetIds: [],
      securityGroupIds: [],
    },
    defaults: { vpcEndpointType: "Gateway", privateDnsEnabled: false },
    references: {
      vpcId: vpc,
      "subnetIds[]": subnet,
      "securityGroupIds[]": group,
      "routeTableIds[]": table,
    },
    policies: { policy: "resource" },
    replaces: `
      dnsOptions.privateDnsPreference dnsOptions.privateDnsSpecifiedDomains resourceConfigurationArn
      serviceName serviceNetworkArn serviceRegion vpcEndpointType vpcId
    `,
    replacesWhen: {
      privateDnsEnabled: (_, { vpcEndpointType }) => vpcEndpointType !== "Interface",
    },
    constraints: [endpointService],
    creationWhen: [
      {
        when: ({ vpcEndpointType }) => vpcEndpointType === "Interface",
        figure: { runs: "43s 1m53s 2m2s", source: logs("aws_vpc_endpoint") },
      },
    ],
    creation: {
      runs: "6s 6s 6s 6s 6s 6s 7s 7s",
      source: `${logs("aws_vpc_endpoint")}; gateway endpoints`,
    },
    // Gateway endpoints are routes only.
    deletesAtOnce: ({ vpcEndpointType }) => vpcEndpointType !== "Interface",
    deletion: {
      runs: "1m12s",
      source: `${endings("aws_vpc_endpoint")}; not of a gateway endpoint`,
    },
  },
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": {
    policies: { policy: "resource" },
  },
  "aws:ec2/vpcEndpointService:VpcEndpointService": {
    references: { "networkLoadBalancerArns[]": firm(balancer) },
  },
  "aws:ec2/flowLog:FlowLog": {
    source: "ec2/vpc_flow_log.go",
    id: ec2Id("fl"),
    computed: {
      arn: ec2("vpc-flow-log"),
      logFormat:
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    },
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    references: {
      vpcId: loose(vpc),
      subnetId: loose(subnet),
      iamRoleArn: role,
      logDestination: logGroup,
    },
    roles: { iamRoleArn: "vpc-flow-logs" },
    replaces: `
      deliverCrossAccountRole destinationOptions eniId iamRoleArn logDestination logDestinationType logFormat
      maxAggregationInterval regionalNatGatewayId subnetId tagFieldSpecifications trafficType
      transitGatewayAttachmentId transitGatewayId vpcId
    `,
  },
};
