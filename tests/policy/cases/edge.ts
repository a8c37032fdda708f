// Load balancers, APIs, distributions, firewalls, zones.
import type { Case } from "./case";

const HTTPS = {
  protocol: "HTTPS",
  port: 8443,
  vpcId: "$vpc",
  targetType: "ip",
  healthCheck: { path: "/health", protocol: "HTTPS" },
};

const targetGroup = (module: string): Case => ({
  type: `aws:${module}/targetGroup:TargetGroup`,
  right: HTTPS,
  wrong: [
    ["require-target-tls", { protocol: "HTTP" }],
    ["require-target-health-check", { "healthCheck.path": undefined }],
    ["disallow-target-health-check-off", { "healthCheck.enabled": false }],
  ],
});

const visible = { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: true };
const managed = {
  name: "bad-inputs",
  priority: 1,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { name: "AWSManagedRulesKnownBadInputsRuleSet", vendorName: "AWS" } },
  visibilityConfig: visible,
};
const rated = {
  name: "rate",
  priority: 1,
  action: { block: {} },
  statement: { rateBasedStatement: { limit: 1000 } },
  visibilityConfig: visible,
};

/** What makes the attributes of a negotiation of TLS wrong. */
const negotiation = (list: string): Case["wrong"] => [
  ["enforce-classic-listener-tls-policy", { [list]: [{ name: "Protocol-TLSv1", value: "true" }] }],
  ["disallow-classic-listener-weak-cipher", { [list]: [{ name: "ECDHE-RSA-RC4-SHA", value: "true" }] }],
  ["disallow-classic-listener-weak-cipher", { [list]: [{ name: "DES-CBC3-SHA", value: "true" }] }],
  [
    "enforce-classic-listener-reference-policy",
    { [list]: [{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-2016-08" }] },
  ],
];

export const edgeCases: readonly Case[] = [
  targetGroup("lb"),
  targetGroup("alb"),
  ...["lb", "alb"].map((module): Case => ({
    type: `aws:${module}/loadBalancer:LoadBalancer`,
    right: {
      internal: true,
      subnets: "$subnets",
      securityGroups: ["$group"],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: true,
      enableCrossZoneLoadBalancing: true,
      accessLogs: { bucket: "logs", enabled: true },
    },
    alone: { internal: false },
    wrong: [
      ["require-load-balancer-access-log", { "accessLogs.enabled": false }],
      ["require-load-balancer-access-log", { accessLogs: undefined }],
      ["require-load-balancer-deletion-protection", { enableDeletionProtection: undefined }],
      ["require-load-balancer-cross-zone", { loadBalancerType: "network", enableCrossZoneLoadBalancing: undefined }],
      ["require-load-balancer-invalid-header-drop", { dropInvalidHeaderFields: false }],
      ["require-load-balancer-two-subnets", { subnets: ["$subnet"] }],
    ],
  })),
  {
    type: "aws:elb/loadBalancer:LoadBalancer",
    right: {
      internal: true,
      subnets: "$subnets",
      listeners: [
        {
          instancePort: 8443,
          instanceProtocol: "https",
          lbPort: 443,
          lbProtocol: "https",
          sslCertificateId: "$certificate",
        },
      ],
      accessLogs: { bucket: "logs" },
      connectionDraining: true,
      crossZoneLoadBalancing: true,
    },
    wrong: [
      ["require-classic-load-balancer-access-log", { accessLogs: undefined }],
      ["disallow-classic-load-balancer-log-off", { "accessLogs.enabled": false }],
      ["require-classic-load-balancer-draining", { connectionDraining: undefined }],
      ["require-classic-load-balancer-cross-zone", { crossZoneLoadBalancing: false }],
      ["require-classic-load-balancer-zones", { subnets: ["$subnet"] }],
      [
        "enforce-classic-listener-tls",
        { "listeners[0].lbProtocol": "http", "listeners[0].sslCertificateId": undefined },
      ],
      ["enforce-classic-backend-tls", { "listeners[0].instanceProtocol": "http" }],
      [
        "require-classic-listener-certificate",
        { "listeners[0].sslCertificateId": "arn:aws:iam::123456789012:server-certificate/own" },
      ],
      ["disallow-classic-load-balancer-desync", { desyncMitigationMode: "monitor" }],
    ],
  },
  {
    type: "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy",
    right: {
      loadBalancer: "classic",
      lbPort: 443,
      attributes: [
        { name: "Protocol-TLSv1.2", value: "true" },
        { name: "Protocol-TLSv1", value: "false" },
      ],
    },
    wrong: negotiation("attributes"),
  },
  {
    type: "aws:elb/loadBalancerPolicy:LoadBalancerPolicy",
    right: {
      loadBalancerName: "classic",
      policyName: "tls",
      policyTypeName: "SSLNegotiationPolicyType",
      policyAttributes: [{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-TLS-1-2-2017-01" }],
    },
    wrong: negotiation("policyAttributes"),
  },
  {
    type: "aws:apigateway/stage:Stage",
    right: {
      deployment: "d",
      restApi: "a",
      stageName: "live",
      accessLogSettings: { destinationArn: "$logs", format: "$context.requestId" },
      xrayTracingEnabled: true,
      clientCertificateId: "c",
      cacheClusterEnabled: true,
      cacheClusterSize: "0.5",
    },
    beside: [
      {
        type: "aws:wafv2/webAclAssociation:WebAclAssociation",
        names: "resourceArn",
        by: "arn",
        props: {
          webAclArn: "$webAcl",
        },
      },
    ],
    wrong: [
      ["require-api-access-log", { accessLogSettings: undefined }],
      ["require-api-tracing", { xrayTracingEnabled: undefined }],
      ["require-api-client-certificate", { clientCertificateId: undefined }],
      ["require-api-cache", { cacheClusterEnabled: undefined, cacheClusterSize: undefined }],
    ],
  },
  {
    type: "aws:apigateway/methodSettings:MethodSettings",
    right: {
      restApi: "a",
      stageName: "live",
      methodPath: "*/*",
      settings: { loggingLevel: "ERROR", metricsEnabled: true, cachingEnabled: true, cacheDataEncrypted: true },
    },
    wrong: [
      ["require-api-execution-log", { "settings.loggingLevel": "OFF" }],
      ["require-api-execution-log", { "settings.loggingLevel": undefined }],
      ["require-api-metrics", { "settings.metricsEnabled": undefined }],
      ["disallow-api-data-trace", { "settings.dataTraceEnabled": true }],
      ["require-api-cache-encryption", { "settings.cacheDataEncrypted": false }],
      ["require-api-cache", { "settings.cachingEnabled": undefined, "settings.cacheDataEncrypted": true }],
    ],
  },
  {
    type: "aws:apigateway/method:Method",
    right: { restApi: "a", resourceId: "r", httpMethod: "GET", authorization: "AWS_IAM", requestValidatorId: "v" },
    alone: { authorization: "NONE" },
    wrong: [["require-api-request-validation", { requestValidatorId: undefined }]],
  },
  {
    type: "aws:apigateway/integration:Integration",
    right: {
      restApi: "a",
      resourceId: "r",
      httpMethod: "GET",
      type: "HTTP_PROXY",
      integrationHttpMethod: "GET",
      uri: "https://orders.example.com/",
    },
    wrong: [["enforce-api-integration-tls", { uri: "http://orders.example.com/" }]],
  },
  {
    type: "aws:apigatewayv2/api:Api",
    right: { protocolType: "HTTP", corsConfiguration: { allowOrigins: ["https://shop.example.com"] } },
    wrong: [["disallow-any-origin", { "corsConfiguration.allowOrigins": ["*"] }]],
  },
  {
    type: "aws:apigatewayv2/stage:Stage",
    right: { apiId: "a", name: "live", accessLogSettings: { destinationArn: "$logs", format: "$context.requestId" } },
    wrong: [
      ["require-api-access-log", { accessLogSettings: undefined }],
      ["disallow-api-data-trace", { defaultRouteSettings: { dataTraceEnabled: true } }],
    ],
  },
  {
    type: "aws:apigatewayv2/route:Route",
    right: { apiId: "a", routeKey: "GET /orders", authorizationType: "AWS_IAM" },
    wrong: [
      ["require-api-route-authorization", { authorizationType: "NONE" }],
      ["require-api-route-authorization", { authorizationType: undefined }],
      ["require-api-route-authorization", { authorizationType: undefined, routeKey: "$connect" }],
    ],
  },
  {
    type: "aws:apigatewayv2/integration:Integration",
    right: {
      apiId: "a",
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: "https://orders.example.com/",
    },
    wrong: [
      ["enforce-api-integration-tls", { integrationUri: "http://orders.example.com/" }],
      [
        "require-api-link-tls",
        {
          connectionType: "VPC_LINK",
          connectionId: "l",
          integrationUri: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/a/b/c",
        },
      ],
    ],
  },
  {
    type: "aws:appsync/graphQLApi:GraphQLApi",
    right: {
      authenticationType: "AWS_IAM",
      visibility: "PRIVATE",
      name: "orders",
      logConfig: { cloudwatchLogsRoleArn: "$role", fieldLogLevel: "ERROR" },
    },
    wrong: [
      ["require-graphql-log", { logConfig: undefined }],
      ["require-graphql-log", { "logConfig.fieldLogLevel": "NONE" }],
      ["disallow-graphql-api-key", { authenticationType: "API_KEY" }],
    ],
    alone: { visibility: undefined },
  },
  {
    type: "aws:appsync/apiCache:ApiCache",
    right: {
      apiId: "a",
      apiCachingBehavior: "FULL_REQUEST_CACHING",
      type: "SMALL",
      ttl: 60,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
    },
    wrong: [
      ["require-graphql-cache-encryption", { atRestEncryptionEnabled: undefined }],
      ["require-graphql-cache-tls", { transitEncryptionEnabled: undefined }],
    ],
  },
  {
    type: "aws:cloudfront/distribution:Distribution",
    right: {
      enabled: true,
      defaultRootObject: "index.html",
      restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["DE"] } },
      defaultCacheBehavior: {
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        targetOriginId: "o",
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        viewerProtocolPolicy: "redirect-to-https",
        responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
      },
      origins: [
        {
          originId: "o",
          domainName: "o.example.com",
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originSslProtocols: ["TLSv1.2"],
            originProtocolPolicy: "https-only",
          },
        },
        { originId: "b", domainName: "files.s3.eu-central-1.amazonaws.com", originAccessControlId: "E1" },
      ],
      originGroups: [
        { originId: "g", failoverCriteria: { statusCodes: [500] }, members: [{ originId: "o" }, { originId: "b" }] },
      ],
      viewerCertificate: {
        acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      webAclId: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/11111111-2222-3333-4444-555555555555",
      loggingConfig: { bucket: "logs.s3.amazonaws.com" },
    },
    wrong: [
      ["require-distribution-root-object", { defaultRootObject: undefined }],
      ["require-distribution-web-acl", { webAclId: undefined }],
      ["require-distribution-origin-failover", { originGroups: undefined }],
      [
        "require-distribution-geo-restriction",
        { "restrictions.geoRestriction.restrictionType": "none", "restrictions.geoRestriction.locations": undefined },
      ],
      [
        "require-distribution-certificate",
        { viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2021" } },
      ],
      ["disallow-old-origin-tls", { "origins[0].customOriginConfig.originSslProtocols": ["TLSv1", "TLSv1.2"] }],
      ["require-distribution-sni", { "viewerCertificate.sslSupportMethod": "vip" }],
      ["require-distribution-origin-access", { "origins[1].originAccessControlId": undefined }],
      ["require-distribution-response-headers", { "defaultCacheBehavior.responseHeadersPolicyId": undefined }],
      ["enforce-distribution-tls", { "defaultCacheBehavior.viewerProtocolPolicy": "allow-all" }],
    ],
  },
  {
    type: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    right: {
      securityHeadersConfig: { strictTransportSecurity: { accessControlMaxAgeSec: 31536000, override: true } },
      corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ["Accept"] },
        accessControlAllowMethods: { items: ["GET"] },
        accessControlAllowOrigins: { items: ["https://shop.example.com"] },
        originOverride: true,
      },
    },
    wrong: [
      ["require-strict-transport-header", { securityHeadersConfig: undefined }],
      [
        "require-strict-transport-header",
        { "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec": 3600 },
      ],
      ["disallow-any-origin", { "corsConfig.accessControlAllowOrigins.items": ["*"] }],
    ],
  },
  {
    type: "aws:wafv2/webAcl:WebAcl",
    right: { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig: visible, rules: [managed] },
    wrong: [
      ["require-web-acl-metrics", { "visibilityConfig.cloudwatchMetricsEnabled": false }],
      ["require-web-acl-metrics", { "rules[0].visibilityConfig.cloudwatchMetricsEnabled": false }],
    ],
    alone: { rules: undefined },
    beside: [
      {
        type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        names: "resourceArn",
        by: "arn",
        props: { logDestinationConfigs: ["arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-a"] },
      },
    ],
  },
  {
    type: "aws:wafv2/ruleGroup:RuleGroup",
    right: { scope: "REGIONAL", capacity: 10, visibilityConfig: visible, rules: [rated] },
    wrong: [
      ["require-web-acl-rule-group-rules", { rules: undefined }],
      ["require-web-acl-metrics", { "visibilityConfig.cloudwatchMetricsEnabled": false }],
    ],
  },
  ...["waf", "wafregional"].map((module): Case => ({
    type: `aws:${module}/webAcl:WebAcl`,
    right: {
      metricName: "acl",
      defaultAction: { type: "ALLOW" },
      rules: [{ priority: 1, ruleId: "r", action: { type: "BLOCK" } }],
      loggingConfiguration: {
        logDestination: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/aws-waf-logs-a",
      },
    },
    alone: { rules: undefined, loggingConfiguration: undefined },
    wrong: [],
  })),
  {
    type: "aws:networkfirewall/firewall:Firewall",
    right: {
      firewallPolicyArn: "arn:aws:network-firewall:eu-central-1:123456789012:firewall-policy/a",
      vpcId: "$vpc",
      subnetMappings: [{ subnetId: "subnet-0aaaaaaaaaaaaaaaa" }, { subnetId: "subnet-0bbbbbbbbbbbbbbbb" }],
      deleteProtection: true,
      subnetChangeProtection: true,
      encryptionConfiguration: { type: "CUSTOMER_KMS", keyId: "$key" },
    },
    wrong: [
      ["require-firewall-deletion-protection", { deleteProtection: undefined }],
      ["require-firewall-subnet-protection", { subnetChangeProtection: undefined }],
      ["require-firewall-zones", { subnetMappings: [{ subnetId: "subnet-0aaaaaaaaaaaaaaaa" }] }],
      ["require-firewall-customer-managed-key", { encryptionConfiguration: undefined }],
    ],
    beside: [
      {
        type: "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
        names: "firewallArn",
        by: "arn",
        props: {
          loggingConfiguration: {
            logDestinationConfigs: [
              { logDestination: { logGroup: "/firewall" }, logDestinationType: "CloudWatchLogs", logType: "ALERT" },
            ],
          },
        },
      },
    ],
  },
  {
    type: "aws:networkfirewall/firewallPolicy:FirewallPolicy",
    right: {
      firewallPolicy: {
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:drop"],
        statefulRuleGroupReferences: [
          { resourceArn: "arn:aws:network-firewall:eu-central-1:123456789012:stateful-rulegroup/a" },
        ],
      },
      encryptionConfiguration: { type: "CUSTOMER_KMS", keyId: "$key" },
    },
    wrong: [
      ["require-firewall-default-drop", { "firewallPolicy.statelessDefaultActions": ["aws:pass"] }],
      ["require-firewall-default-drop", { "firewallPolicy.statelessFragmentDefaultActions": ["aws:pass"] }],
      ["require-firewall-rule-groups", { "firewallPolicy.statefulRuleGroupReferences": undefined }],
      ["require-firewall-customer-managed-key", { encryptionConfiguration: undefined }],
    ],
  },
  {
    type: "aws:networkfirewall/ruleGroup:RuleGroup",
    right: {
      type: "STATEFUL",
      capacity: 10,
      rules: "pass ip any any -> any any (sid:1;)",
      encryptionConfiguration: { type: "CUSTOMER_KMS", keyId: "$key" },
    },
    wrong: [["require-firewall-customer-managed-key", { encryptionConfiguration: undefined }]],
  },
  {
    type: "aws:route53/zone:Zone",
    right: { name: "example.com" },
    wrong: [],
    beside: [
      {
        type: "aws:route53/queryLog:QueryLog",
        names: "zoneId",
        props: { cloudwatchLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com" },
      },
      { type: "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", names: "hostedZoneId", props: {} },
    ],
  },
  {
    type: "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
    right: { hostedZoneId: "Z1" },
    wrong: [["require-zone-name-signing", { signingStatus: "NOT_SIGNING" }]],
  },
  {
    type: "aws:route53domains/registeredDomain:RegisteredDomain",
    right: { domainName: "example.com" },
    wrong: [["require-domain-transfer-lock", { transferLock: false }]],
  },
  ...["accelerator:Accelerator", "customRoutingAccelerator:CustomRoutingAccelerator"].map((name): Case => ({
    type: `aws:globalaccelerator/${name}`,
    right: {
      name: name.startsWith("a") ? "front" : "games",
      attributes: { flowLogsEnabled: true, flowLogsS3Bucket: "logs", flowLogsS3Prefix: "flow" },
    },
    wrong: [["require-accelerator-flow-log", { attributes: undefined }]],
  })),
  {
    type: "aws:acm/certificate:Certificate",
    right: { domainName: "shop.example.com", validationMethod: "DNS" },
    wrong: [
      ["require-strong-certificate-key", { keyAlgorithm: "RSA_1024" }],
      ["require-certificate-transparency", { options: { certificateTransparencyLoggingPreference: "DISABLED" } }],
      ["disallow-wildcard-certificate", { domainName: "*.example.com" }],
    ],
  },
  {
    type: "aws:vpclattice/service:Service",
    right: { name: "orders", authType: "AWS_IAM" },
    wrong: [["require-mesh-authorization", { authType: "NONE" }]],
  },
  {
    type: "aws:vpclattice/serviceNetwork:ServiceNetwork",
    right: { name: "shop", authType: "AWS_IAM" },
    wrong: [["require-mesh-authorization", { authType: undefined }]],
  },
  {
    type: "aws:vpclattice/listener:Listener",
    right: {
      name: "https",
      protocol: "HTTPS",
      serviceIdentifier: "arn:aws:vpc-lattice:eu-central-1:123456789012:service/svc-0aaaaaaaaaaaaaaaa",
      defaultAction: { fixedResponse: { statusCode: 404 } },
    },
    wrong: [["disallow-mesh-plain-listener", { protocol: "HTTP" }]],
  },
];
