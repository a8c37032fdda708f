// Load balancers, DNS, certificates, web application firewall, distributions and service discovery.
import type { Facts, First } from "./facts";

const ACTION_VALUES = (action: string): Readonly<Record<string, readonly string[]>> => ({
  [`${action}.redirect.protocol`]: ["#{protocol}", "HTTP", "HTTPS"],
  [`${action}.redirect.statusCode`]: ["HTTP_301", "HTTP_302"],
});
const ACTION_RANGES = (action: string): Readonly<Record<string, readonly [number, number]>> => ({
  [`${action}.forward.stickiness.duration`]: [1, 604_800],
  [`${action}.forward.targetGroups.weight`]: [0, 999],
});
const ACTION_LENGTHS = (action: string): Readonly<Record<string, readonly [number, number]>> => ({
  [`${action}.fixedResponse.messageBody`]: [0, 1024],
  [`${action}.redirect.host`]: [1, 128],
  [`${action}.redirect.path`]: [1, 128],
  [`${action}.redirect.query`]: [0, 128],
});
const REBALANCE = ["rebalance", "no_rebalance"];
const KEEP_OR_DROP = ["KEEP", "DROP"];
const POLICIES = [
  ...["cidrRoutingPolicy", "failoverRoutingPolicies", "geolocationRoutingPolicies", "geoproximityRoutingPolicy"],
  ...["latencyRoutingPolicies", "multivalueAnswerRoutingPolicy", "weightedRoutingPolicies"],
];
/** Each with those that come after it. */
const ONE_POLICY = POLICIES.slice(0, -1).map((policy, at): First => {
  const [next = "", ...others] = POLICIES.slice(at + 1);
  return [policy, next, ...others];
});
const OF_IMPORTS = ["certificateBody", "certificateChain", "privateKey"] as const;

export const traffic: Facts = {
  "aws:acm/certificate:Certificate": {
    source: "acm/certificate.go",
    replaces: [
      ...["certificateAuthorityArn", "domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod"],
      "validationOptions",
    ],
    forms: { arn: ["certificateAuthorityArn"] },
    patterns: { domainName: "[^.]$" },
    lengths: { subjectAlternativeNames: [1, 253] },
    values: {
      "options.certificateTransparencyLoggingPreference": ["ENABLED", "DISABLED"],
      "options.export": ["ENABLED", "DISABLED"],
      validationMethod: ["DNS", "EMAIL", "HTTP", "NONE"],
    },
    sets: ["subjectAlternativeNames", "validationOptions"],
    oneOf: [["domainName", "privateKey", "privateKeyWo"]],
    conflicts: [
      ["certificateAuthorityArn", ...OF_IMPORTS, "validationMethod"],
      ["certificateBody", "domainName", "validationMethod"],
      ["certificateChain", "domainName", "validationMethod"],
      ["earlyRenewalDuration", ...OF_IMPORTS, "validationMethod"],
      ["keyAlgorithm", ...OF_IMPORTS],
      ["subjectAlternativeNames", ...OF_IMPORTS],
      ["validationMethod", "privateKey"],
      ["validationOptions", ...OF_IMPORTS],
    ],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    source: "acm/certificate_validation.go",
    replaces: ["certificateArn", "validationRecordFqdns"],
    sets: ["validationRecordFqdns"],
  },
  "aws:cloudfront/distribution:Distribution": {
    source: "cloudfront/distribution.go",
    replaces: ["staging"],
    lengths: { comment: [0, 128] },
    ranges: {
      "origins.connectionAttempts": [1, 3],
      "origins.connectionTimeout": [1, 10],
      "origins.customOriginConfig.originKeepaliveTimeout": [1],
      "origins.customOriginConfig.originReadTimeout": [1, 180],
    },
    items: {
      "defaultCacheBehavior.functionAssociations": [0, 2],
      "defaultCacheBehavior.lambdaFunctionAssociations": [0, 4],
      "orderedCacheBehaviors.functionAssociations": [0, 2],
      "orderedCacheBehaviors.lambdaFunctionAssociations": [0, 4],
      "originGroups.members": [2, 2],
    },
    sets: [
      ...["aliases", "customErrorResponses", "defaultCacheBehavior.allowedMethods", "originGroups"],
      ...["defaultCacheBehavior.cachedMethods", "orderedCacheBehaviors.allowedMethods", "origins"],
      ...["orderedCacheBehaviors.cachedMethods", "restrictions.geoRestriction.locations"],
      ...["origins.customHeaders", "origins.customOriginConfig.originSslProtocols"],
    ],
  },
  "aws:lb/listener:Listener": {
    source: "elbv2/listener.go",
    replaces: ["loadBalancerArn"],
    ranges: ACTION_RANGES("defaultActions"),
    lengths: ACTION_LENGTHS("defaultActions"),
    items: { "defaultActions.forward.targetGroups": [1, 5] },
    patterns: { "defaultActions.fixedResponse.statusCode": String.raw`^[245]\d\d$` },
    values: ACTION_VALUES("defaultActions"),
    sets: ["defaultActions.forward.targetGroups"],
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    source: "elbv2/listener_certificate.go",
    replaces: ["certificateArn", "listenerArn"],
  },
  "aws:lb/listenerRule:ListenerRule": {
    source: "elbv2/listener_rule.go",
    replaces: ["listenerArn"],
    ranges: ACTION_RANGES("actions"),
    lengths: {
      ...ACTION_LENGTHS("actions"),
      "conditions.hostHeader.values": [1, 128],
      "conditions.httpHeader.values": [1, 128],
      "conditions.pathPattern.values": [1, 128],
    },
    items: { "actions.forward.targetGroups": [1, 5] },
    patterns: {
      "actions.fixedResponse.statusCode": String.raw`^[245]\d\d$`,
      "conditions.httpRequestMethod.values": "^[A-Za-z_-]{1,40}$",
    },
    values: ACTION_VALUES("actions"),
    sets: [
      ...["actions.forward.targetGroups", "conditions", "conditions.hostHeader.values", "conditions.queryStrings"],
      ...["conditions.httpHeader.values", "conditions.httpRequestMethod.values", "conditions.pathPattern.values"],
      "conditions.sourceIp.values",
    ],
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    source: "elbv2/load_balancer.go",
    replaces: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
    values: {
      dnsRecordClientRoutingPolicy: [
        ...["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"],
      ],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: ["on", "off"],
      ipAddressType: ["ipv4", "dualstack", "dualstack-without-public-ipv4"],
      xffHeaderProcessingMode: ["append", "preserve", "remove"],
    },
    sets: ["subnetMappings"],
    oneOf: [["subnets", "subnetMappings"]],
    conflicts: [["name", "namePrefix"]],
  },
  "aws:lb/targetGroup:TargetGroup": {
    source: "elbv2/target_group.go",
    replaces: ["ipAddressType", "name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId"],
    ranges: {
      deregistrationDelay: [0, 3600],
      "healthCheck.healthyThreshold": [2, 10],
      "healthCheck.interval": [5, 300],
      "healthCheck.timeout": [2, 120],
      "healthCheck.unhealthyThreshold": [2, 10],
      port: [1, 65_535],
      slowStart: [0, 900],
      "stickiness.cookieDuration": [0, 604_800],
      "targetHealthStates.unhealthyDrainingInterval": [0, 360_000],
    },
    lengths: { "healthCheck.path": [1, 1024] },
    patterns: { "healthCheck.path": "^/" },
    values: {
      ipAddressType: ["ipv4", "ipv6"],
      loadBalancingAlgorithmType: ["round_robin", "least_outstanding_requests", "weighted_random"],
      loadBalancingAnomalyMitigation: ["on", "off"],
      loadBalancingCrossZoneEnabled: ["true", "false", "use_load_balancer_configuration"],
      "stickiness.type": ["lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto"],
      "targetFailovers.onDeregistration": REBALANCE,
      "targetFailovers.onUnhealthy": REBALANCE,
      targetType: ["instance", "ip", "lambda", "alb"],
    },
    conflicts: [["name", "namePrefix"]],
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    source: "elbv2/target_group_attachment.go",
    replaces: ["availabilityZone", "port", "quicServerId", "targetGroupArn", "targetId"],
  },
  "aws:route53/record:Record": {
    source: "route53/record.go",
    replaces: ["name", "zoneId"],
    ranges: { "geoproximityRoutingPolicy.bias": [-99, 99] },
    lengths: { "aliases.name": [1, 1024], "aliases.zoneId": [1, 32] },
    values: {
      "failoverRoutingPolicies.type": ["PRIMARY", "SECONDARY"],
      type: [
        ...["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP"],
        ...["SVCB", "TLSA", "TXT"],
      ],
    },
    items: { aliases: [0, 1] },
    sets: ["records"],
    oneOf: [["records", "aliases"]],
    conflicts: [["ttl", "aliases"], ...ONE_POLICY],
    needs: [["ttl", "records"], ...POLICIES.map((policy): First => [policy, "setIdentifier"])],
  },
  "aws:route53/zone:Zone": {
    source: "route53/zone.go",
    replaces: ["delegationSetId", "name"],
    lengths: { comment: [0, 256], delegationSetId: [0, 32], name: [1, 1024] },
    sets: ["vpcs"],
    conflicts: [["delegationSetId", "vpcs"]],
  },
  "aws:servicediscovery/httpNamespace:HttpNamespace": {
    source: "servicediscovery/http_namespace.go",
    replaces: ["description", "name"],
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    source: "servicediscovery/private_dns_namespace.go",
    replaces: ["name", "vpc"],
  },
  "aws:servicediscovery/service:Service": {
    source: "servicediscovery/service.go",
    replaces: [
      ...["dnsConfig.dnsRecords.type", "dnsConfig.namespaceId", "dnsConfig.routingPolicy", "healthCheckConfig.type"],
      ...["healthCheckCustomConfig", "name", "namespaceId", "type"],
    ],
    values: { type: ["HTTP", "DNS", "DNS_HTTP"] },
  },
  "aws:wafv2/ipSet:IpSet": {
    source: "wafv2/ip_set.go",
    replaces: ["ipAddressVersion", "name", "namePrefix", "scope"],
    sets: ["addresses"],
    conflicts: [["name", "namePrefix"]],
  },
  "aws:wafv2/webAcl:WebAcl": {
    source: "wafv2/web_acl.go",
    replaces: ["name", "namePrefix", "scope"],
    forms: { json: ["ruleJson"] },
    sets: ["customResponseBodies", "rules", "tokenDomains"],
    conflicts: [
      ["name", "namePrefix"],
      ["ruleJson", "rules"],
    ],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    source: "wafv2/web_acl_association.go",
    replaces: ["resourceArn", "webAclArn"],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    source: "wafv2/web_acl_logging_configuration.go",
    replaces: ["logDestinationConfigs", "resourceArn"],
    items: { logDestinationConfigs: [1, 100], redactedFields: [0, 100] },
    values: {
      "loggingFilter.defaultBehavior": KEEP_OR_DROP,
      "loggingFilter.filters.behavior": KEEP_OR_DROP,
      "loggingFilter.filters.requirement": ["MEETS_ALL", "MEETS_ANY"],
    },
    sets: ["logDestinationConfigs", "loggingFilter.filters", "loggingFilter.filters.conditions"],
  },
};
