import { expect } from "chai";
import { UNKNOWN, type Values } from "../../../offline/providers/core/values";
import { provider, subject } from "./support";

const aws = provider();
const refusals = (type: string, inputs: Values): string[] =>
  aws.check(subject(type), inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);
const together = (other: string): string => `conflicts with "${other}", which is given too: leave one of the two out`;
const beside = (other: string): string => `needs "${other}" beside it: give that too, or leave this out`;

const ARN = "arn:aws:lambda:eu-central-1:111122223333:function:guard";

/** Type, clean inputs, changes of them with their exact refusals. */
const REFUSED: readonly (readonly [string, Values, readonly (readonly [Values, ...string[]])[]])[] = [
  [
    "aws:ec2/vpc:Vpc",
    { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true },
    [
      [
        { ipv4NetmaskLength: 20 },
        `cidrBlock: ${together("ipv4NetmaskLength")}`,
        `ipv4NetmaskLength: ${beside("ipv4IpamPoolId")}`,
      ],
      [{ ipv6IpamPoolId: "ipam-pool-1" }, `assignGeneratedIpv6CidrBlock: ${together("ipv6IpamPoolId")}`],
    ],
  ],
  [
    "aws:ec2/subnet:Subnet",
    { vpcId: UNKNOWN, cidrBlock: "10.0.0.0/24", availabilityZone: "eu-central-1a" },
    [
      [{ availabilityZoneId: "euc1-az1" }, `availabilityZone: ${together("availabilityZoneId")}`],
      [{ cidrBlock: "", ipv4IpamPoolId: "p", ipv4NetmaskLength: 29 }, "ipv4NetmaskLength: 29 is not between 16 and 28"],
      [
        { customerOwnedIpv4Pool: "p" },
        `customerOwnedIpv4Pool: ${beside("mapCustomerOwnedIpOnLaunch")}`,
        `customerOwnedIpv4Pool: ${beside("outpostArn")}`,
      ],
    ],
  ],
  [
    "aws:ec2/flowLog:FlowLog",
    { vpcId: UNKNOWN, logDestination: UNKNOWN, maxAggregationInterval: 60 },
    [
      [{ maxAggregationInterval: 61 }, 'maxAggregationInterval: 61 is not one of "60", "600"; did you mean "60"?'],
      [
        { vpcId: "vpc-1", subnetId: "subnet-1" },
        "vpcId: exactly one of eniId, regionalNatGatewayId, subnetId, transitGatewayAttachmentId, transitGatewayId, vpcId is needed: subnetId and vpcId are given",
      ],
    ],
  ],
  [
    "aws:ec2/natGateway:NatGateway",
    { subnetId: UNKNOWN, allocationId: UNKNOWN },
    [
      [
        { secondaryPrivateIpAddressCount: 2 },
        "secondaryPrivateIpAddressCount: only a private NAT gateway takes it: leave it out",
      ],
      [
        { allocationId: "eipalloc-1", connectivityType: "private" },
        "allocationId: a private NAT gateway has no elastic IP address: leave it out",
      ],
    ],
  ],
  [
    "aws:ec2/instance:Instance",
    { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", userData: "#!/bin/sh" },
    [
      [{ userDataBase64: "IyEvYmluL3No" }, `userData: ${together("userDataBase64")}`],
      [{ ami: null }, "ami: at least one of ami, launchTemplate is needed: none is given"],
    ],
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    { instanceType: "t3.micro", iamInstanceProfile: { arn: UNKNOWN } },
    [
      [
        { instanceRequirements: { memoryMib: { min: 1 }, vcpuCount: { min: 1 } } },
        `instanceRequirements: ${together("instanceType")}`,
      ],
      [{ defaultVersion: 0 }, "defaultVersion: 0 is not at least 1"],
    ],
  ],
  [
    "aws:ec2/networkAcl:NetworkAcl",
    { vpcId: UNKNOWN, ingress: [{ ruleNo: 32766, action: "allow", protocol: "-1", fromPort: 0, toPort: 0 }] },
    [
      [
        { ingress: [{ ruleNo: 0, action: "allow", protocol: "tcp", fromPort: -1, toPort: 0 }] },
        "ingress[0].ruleNo: 0 is not between 1 and 32766",
        "ingress[0].fromPort: -1 is not between 0 and 65535",
      ],
    ],
  ],
  [
    "aws:ec2/routeTable:RouteTable",
    { vpcId: UNKNOWN, routes: [{ cidrBlock: "0.0.0.0/0", ipv6CidrBlock: "", gatewayId: UNKNOWN }] },
    [
      [
        { routes: [{ cidrBlock: "0.0.0.0/0", ipv6CidrBlock: "::/0", gatewayId: UNKNOWN }] },
        "routes[0].ipv6CidrBlock: exactly one of cidrBlock, ipv6CidrBlock, destinationPrefixListId is needed: cidrBlock and ipv6CidrBlock are given",
      ],
    ],
  ],
  [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: UNKNOWN, ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8", fromPort: 443, toPort: 443 },
    [[{ toPort: 65536 }, "toPort: 65536 is not between -1 and 65535"]],
  ],
  [
    "aws:ec2/securityGroup:SecurityGroup",
    { vpcId: UNKNOWN, name: "shop" },
    [[{ name: "sg-shop" }, 'name: "sg-shop" does not match ^(?!sg-)']],
  ],
  [
    "aws:apigateway/usagePlan:UsagePlan",
    { throttleSettings: { rateLimit: 10 } },
    [
      [
        { throttleSettings: {} },
        "throttleSettings.burstLimit: at least one of burstLimit, rateLimit is needed: none is given",
      ],
    ],
  ],
  [
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    { vpcId: UNKNOWN, peerVpcId: UNKNOWN, autoAccept: true },
    [[{ peerRegion: "eu-west-1" }, `peerRegion: ${together("autoAccept")}`]],
  ],
  [
    "aws:ec2/networkAclRule:NetworkAclRule",
    { networkAclId: UNKNOWN, ruleNumber: 100, protocol: "-1", ruleAction: "allow", cidrBlock: "0.0.0.0/0" },
    [
      [{ ruleAction: "permit" }, 'ruleAction: "permit" is not one of "allow", "deny"'],
      [{ cidrBlock: null }, "cidrBlock: exactly one of cidrBlock, ipv6CidrBlock is needed: none is given"],
    ],
  ],
  [
    "aws:lb/targetGroup:TargetGroup",
    { port: 80, protocol: "HTTP", vpcId: UNKNOWN, targetType: "ip", healthCheck: { path: "/health", timeout: 5 } },
    [
      [{ healthCheck: { path: "health" } }, 'healthCheck.path: "health" does not match ^/'],
      [
        { healthCheck: { interval: 301, timeout: 1 } },
        "healthCheck.interval: 301 is not between 5 and 300",
        "healthCheck.timeout: 1 is not between 2 and 120",
      ],
      [
        { healthCheck: { protocol: "TCP", path: "/health" } },
        "healthCheck.path: a check by TCP has none: leave it out, or check by HTTP",
        "healthCheck.protocol: a target of HTTP is not checked by TCP: check by HTTP or HTTPS",
      ],
    ],
  ],
  [
    "aws:lb/listener:Listener",
    {
      loadBalancerArn: UNKNOWN,
      port: 80,
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
    },
    [
      [
        { defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "301" } }] },
        'defaultActions[0].redirect.statusCode: "301" is not one of "HTTP_301", "HTTP_302"',
      ],
      [
        {
          defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "301" } }],
        },
        String.raw`defaultActions[0].fixedResponse.statusCode: "301" does not match ^[245]\d\d$`,
      ],
    ],
  ],
  [
    "aws:route53/record:Record",
    { zoneId: UNKNOWN, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] },
    [
      [
        { type: "ALIAS" },
        'type: "ALIAS" is not one of "A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", … (17 in all)',
      ],
      [{ records: null, ttl: null }, "records: exactly one of records, aliases is needed: none is given"],
      [{ weightedRoutingPolicies: [{ weight: 1 }] }, `weightedRoutingPolicies: ${beside("setIdentifier")}`],
    ],
  ],
  [
    "aws:acm/certificate:Certificate",
    { domainName: "example.com", validationMethod: "DNS" },
    [
      [{ domainName: "example.com." }, 'domainName: "example.com." does not match [^.]$'],
      [
        { certificateAuthorityArn: "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1" },
        `certificateAuthorityArn: ${together("validationMethod")}`,
      ],
    ],
  ],
  [
    "aws:apigateway/integration:Integration",
    { restApi: UNKNOWN, resourceId: UNKNOWN, httpMethod: "GET", type: "HTTP_PROXY", uri: "https://example.com" },
    [
      [
        { httpMethod: "get" },
        'httpMethod: "get" is not one of "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"; did you mean "GET"?',
      ],
      [
        { type: "PROXY", timeoutMilliseconds: 49 },
        'type: "PROXY" is not one of "HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"',
        "timeoutMilliseconds: 49 is not between 50 and 900000",
      ],
    ],
  ],
  [
    "aws:apigateway/authorizer:Authorizer",
    { restApi: UNKNOWN, type: "TOKEN", authorizerUri: ARN },
    [
      [{ authorizerUri: null }, "authorizerUri: an authorizer of type TOKEN calls a function: give its invoke ARN"],
      [
        { type: "COGNITO_USER_POOLS" },
        "providerArns: an authorizer of type COGNITO_USER_POOLS asks user pools: give their ARNs",
      ],
    ],
  ],
  [
    "aws:apigatewayv2/integration:Integration",
    { apiId: UNKNOWN, integrationType: "HTTP_PROXY", payloadFormatVersion: "1.0" },
    [[{ payloadFormatVersion: "3.0" }, 'payloadFormatVersion: "3.0" is not one of "1.0", "2.0"; did you mean "1.0"?']],
  ],
];

describe("facts from the source of the real provider: networks and edges refuse", () => {
  for (const [type, clean, refused] of REFUSED)
    it(type, () => {
      expect(refusals(type, clean)).to.deep.equal([]);
      for (const [change, ...reasons] of refused)
        expect(refusals(type, { ...clean, ...change })).to.deep.equal(reasons);
    });
});
