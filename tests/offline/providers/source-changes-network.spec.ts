import { expect } from "chai";
import type { Values } from "../../../offline/providers/core/values";
import { provider, subject } from "./support";

const aws = provider();
const changes = (type: string, olds: Values, news: Values): string[] =>
  aws.diff(subject(type), olds, news).changes.map(({ path, replaces }) => `${path}${replaces ? " replaces" : ""}`);

/** Type, inputs before and after, and the exact changes. */
const CHANGED: readonly (readonly [string, Values, Values, readonly string[]])[] = [
  [
    "aws:apigatewayv2/integration:Integration",
    { connectionType: "INTERNET" },
    { connectionType: "VPC_LINK" },
    ["connectionType"],
  ],
  [
    "aws:apigatewayv2/integration:Integration",
    { integrationSubtype: "a" },
    { integrationSubtype: "b" },
    ["integrationSubtype replaces"],
  ],
  ["aws:apigateway/integration:Integration", { passthroughBehavior: "NEVER" }, {}, ["passthroughBehavior replaces"]],
  ["aws:apigateway/requestValidator:RequestValidator", { name: "a" }, { name: "b" }, ["name"]],
  ["aws:apigateway/apiKey:ApiKey", { name: "a" }, { name: "b" }, ["name replaces"]],
  ["aws:apigateway/authorizer:Authorizer", { type: "TOKEN" }, { type: "REQUEST" }, ["type"]],
  ["aws:apigateway/authorizer:Authorizer", { type: "TOKEN" }, { type: "COGNITO_USER_POOLS" }, ["type replaces"]],
  ["aws:ec2/subnet:Subnet", { ipv6CidrBlock: "a" }, { ipv6CidrBlock: "b" }, ["ipv6CidrBlock"]],
  [
    "aws:ec2/subnet:Subnet",
    { ipv6CidrBlock: "a", assignIpv6AddressOnCreation: true },
    { ipv6CidrBlock: "b", assignIpv6AddressOnCreation: true },
    ["ipv6CidrBlock replaces"],
  ],
  ["aws:ec2/vpc:Vpc", { instanceTenancy: "dedicated" }, { instanceTenancy: "default" }, ["instanceTenancy"]],
  ["aws:ec2/vpc:Vpc", {}, { instanceTenancy: "dedicated" }, ["instanceTenancy replaces"]],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcEndpointType: "Interface" },
    { vpcEndpointType: "Interface", privateDnsEnabled: true },
    ["privateDnsEnabled"],
  ],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    {},
    { privateDnsEnabled: true, dnsOptions: { dnsRecordIpType: "ipv4" } },
    ["dnsOptions", "privateDnsEnabled replaces"],
  ],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    {},
    { dnsOptions: { privateDnsPreference: "ALL_DOMAINS" } },
    ["dnsOptions replaces"],
  ],
  [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { cidrIpv4: "10.0.0.0/8", fromPort: 1 },
    { cidrIpv4: "10.1.0.0/16", fromPort: 2 },
    ["cidrIpv4", "fromPort"],
  ],
  [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { cidrIpv4: "10.0.0.0/8" },
    { referencedSecurityGroupId: "sg-1" },
    ["cidrIpv4 replaces", "referencedSecurityGroupId replaces"],
  ],
  ["aws:ec2/instance:Instance", { userData: "a" }, { userData: "b" }, ["userData"]],
  [
    "aws:ec2/instance:Instance",
    { userData: "a" },
    { userData: "b", userDataReplaceOnChange: true },
    ["userData replaces", "userDataReplaceOnChange"],
  ],
  [
    "aws:ec2/instance:Instance",
    { rootBlockDevice: { volumeSize: 8 } },
    { rootBlockDevice: { volumeSize: 9, encrypted: true } },
    ["rootBlockDevice.encrypted replaces", "rootBlockDevice.volumeSize"],
  ],
  [
    "aws:ec2/instance:Instance",
    { launchTemplate: { id: "l", version: "1" } },
    { launchTemplate: { id: "l", version: "2" } },
    ["launchTemplate.version replaces"],
  ],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { loadBalancerType: "network", subnets: ["a", "b"] },
    { loadBalancerType: "network", subnets: ["b"] },
    ["subnets[0] replaces"],
  ],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { loadBalancerType: "network", subnets: ["a"] },
    { loadBalancerType: "network", subnets: ["b", "a"] },
    ["subnets[0]"],
  ],
  ["aws:lb/loadBalancer:LoadBalancer", { subnets: ["a", "b"] }, { subnets: ["b"] }, ["subnets[0]"]],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { loadBalancerType: "network" },
    { loadBalancerType: "network", securityGroups: ["sg-1"] },
    ["securityGroups replaces"],
  ],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { subnetMappings: [{ subnetId: "a" }] },
    { subnetMappings: [{ subnetId: "b" }] },
    ["subnetMappings[0].subnetId replaces"],
  ],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { subnetMappings: [{ subnetId: "a" }] },
    { subnetMappings: [{ subnetId: "b" }, { subnetId: "a" }] },
    ["subnetMappings[0]"],
  ],
  [
    "aws:route53/record:Record",
    { type: "A", setIdentifier: "x" },
    { type: "AAAA", setIdentifier: "y" },
    ["setIdentifier", "type"],
  ],
  [
    "aws:servicediscovery/service:Service",
    { dnsConfig: { dnsRecords: [{ ttl: 1, type: "A" }] } },
    { dnsConfig: { dnsRecords: [{ ttl: 2, type: "SRV" }] } },
    ["dnsConfig.dnsRecords[0].ttl", "dnsConfig.dnsRecords[0].type replaces"],
  ],
  [
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    { logDestinationConfigs: ["a", "b"] },
    { logDestinationConfigs: ["b", "a"] },
    [],
  ],
  [
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    { logDestinationConfigs: ["a"] },
    { logDestinationConfigs: ["b"] },
    ["logDestinationConfigs[0] replaces"],
  ],
];

describe("facts from the source of the real provider: changes of networks and edges", () => {
  for (const [type, olds, news, found] of CHANGED)
    it(`${type}: ${JSON.stringify(olds)} to ${JSON.stringify(news)}`, () => {
      expect(changes(type, olds, news)).to.deep.equal(found);
    });
});
