// Rules on the edge: web ACLs, CORS, access to origins.
import { companionRule, mayBe } from "../companion-rule";
import { all, any, given, has, not, notMatching, on, says, saysNot } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import { refers } from "../relations";
import type { Rule, Stack, StackResource } from "../rule";
import { at, each, isList, isMissing, textOf, UNKNOWN } from "../value";
import { LOAD_BALANCERS } from "./balancers";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const ASSOCIATIONS = {
  "aws:wafv2/webAclAssociation:WebAclAssociation": "resourceArn",
  "aws:wafregional/webAclAssociation:WebAclAssociation": "resourceArn",
};
const PROTECTED_BY_NAME = /AWSManagedRulesKnownBadInputsRuleSet|AWSManagedRulesAnonymousIpList/;

export const edgeNetworkRules: readonly Rule[] = [
  propertyRule({
    id: "require-distribution-web-acl",
    title: "Distributions have a web ACL",
    description: "A CloudFront distribution is behind a web ACL.",
    severity: "medium",
    controls: ["FSBP CloudFront.6", "PCI-DSS-4.0 6.4.2", "NIST-800-53 SC-7"],
    remediation: "set webAclId to the ARN of a WAFv2 web ACL with the scope CLOUDFRONT",
    property: { [DISTRIBUTION]: "webAclId" },
    must: given,
  }),
  companionRule({
    id: "require-load-balancer-web-acl",
    title: "Public load balancers have a web ACL",
    description: "An application load balancer on the internet is behind a web ACL.",
    severity: "medium",
    controls: ["FSBP ELB.16", "PCI-DSS-4.0 6.4.2", "NIST-800-53 SC-7"],
    remediation: "add a WebAclAssociation with the ARN of the load balancer",
    holders: LOAD_BALANCERS,
    companions: ASSOCIATIONS,
    where: all(any(not(has("loadBalancerType")), says("loadBalancerType", "application")), saysNot("internal", true)),
    path: "webAcl",
    required: "a WebAclAssociation of the load balancer",
  }),
  companionRule({
    id: "require-api-web-acl",
    title: "REST APIs have a web ACL",
    description: "A stage of a REST API is behind a web ACL.",
    severity: "medium",
    controls: ["FSBP APIGateway.4", "PCI-DSS-4.0 6.4.2", "NIST-800-53 SC-7"],
    remediation: "add a WebAclAssociation with the ARN of the stage",
    holders: ["aws:apigateway/stage:Stage"],
    companions: ASSOCIATIONS,
    unless: isPrivateApi,
    path: "webAcl",
    required: "a WebAclAssociation of the stage",
  }),
  companionRule({
    id: "require-graphql-web-acl",
    title: "GraphQL APIs have a web ACL",
    description: "A GraphQL API is behind a web ACL.",
    severity: "medium",
    controls: ["PCI-DSS-4.0 6.4.2", "NIST-800-53 SC-7"],
    remediation: "add a WebAclAssociation with the ARN of the API",
    holders: ["aws:appsync/graphQLApi:GraphQLApi"],
    companions: ASSOCIATIONS,
    where: saysNot("visibility", "PRIVATE"),
    path: "webAcl",
    required: "a WebAclAssociation of the API",
  }),
  companionRule({
    id: "require-user-pool-web-acl",
    title: "User pools have a web ACL",
    description: "A Cognito user pool is behind a web ACL.",
    severity: "low",
    level: "disabled",
    controls: ["NIST-800-53 SC-7"],
    remediation: "add a WebAclAssociation with the ARN of the pool",
    holders: ["aws:cognito/userPool:UserPool"],
    companions: ASSOCIATIONS,
    path: "webAcl",
    required: "a WebAclAssociation of the pool",
  }),
  companionRule({
    id: "require-web-acl-rules",
    title: "Web ACLs have rules",
    description: "A web ACL has a rule: an empty one lets everything pass, or nothing.",
    severity: "medium",
    controls: ["FSBP WAF.10", "FSBP WAF.8", "NIST-800-53 SC-7"],
    remediation: "add rules, such as AWS's managed rule groups",
    holders: ["aws:wafv2/webAcl:WebAcl", "aws:waf/webAcl:WebAcl", "aws:wafregional/webAcl:WebAcl"],
    companions: {
      "aws:wafv2/webAclRule:WebAclRule": "webAclArn",
      "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation": "webAclArn",
    },
    inline: ({ given: props }) => !isMissing(at(props, "rules")) || !isMissing(at(props, "ruleJson")),
    path: "rules",
    required: "a rule",
  }),
  companionRule({
    id: "require-web-acl-known-bad-inputs",
    title: "Web ACLs refuse known attacks",
    description: "A web ACL has AWS's rules against known bad inputs, Log4Shell among them.",
    severity: "medium",
    level: "advisory",
    controls: ["PCI-DSS-4.0 6.4.2", "NIST-800-53 SI-3"],
    remediation: "add the managed rule group AWSManagedRulesKnownBadInputsRuleSet",
    holders: ["aws:wafv2/webAcl:WebAcl"],
    companions: {
      "aws:wafv2/webAclRule:WebAclRule": "webAclArn",
      "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation": "webAclArn",
    },
    inline: ({ given: props }) =>
      at(props, "rules") === UNKNOWN ||
      PROTECTED_BY_NAME.test(textOf(at(props, "ruleJson"))) ||
      each(props, "rules[*].statement.managedRuleGroupStatement.name").some(
        ({ value }) => value === UNKNOWN || PROTECTED_BY_NAME.test(textOf(value)),
      ),
    path: "rules",
    required: "AWSManagedRulesKnownBadInputsRuleSet",
  }),
  propertyRule({
    id: "require-web-acl-rule-group-rules",
    title: "Rule groups have rules",
    description: "A rule group of WAF has a rule.",
    severity: "low",
    controls: ["FSBP WAF.7", "NIST-800-53 SC-7"],
    remediation: "add rules, or remove the group",
    property: { "aws:wafv2/ruleGroup:RuleGroup": "rules | rulesJson" },
    must: given,
  }),
  propertyRule({
    id: "disallow-any-origin",
    title: "CORS names its origins",
    description: "A bucket, an API and a function's URL name the web sites whose scripts may read their answers.",
    severity: "medium",
    controls: ["NIST-800-53 AC-4", "NIST-800-53 SC-7"],
    remediation: "name the origins instead of *",
    property: {
      ...inTypes(
        "corsRules[*].allowedOrigins[*]",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
        "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2",
      ),
      "aws:lambda/functionUrl:FunctionUrl": "cors.allowOrigins[*]",
      "aws:apigatewayv2/api:Api": "corsConfiguration.allowOrigins[*]",
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": "corsConfig.accessControlAllowOrigins.items[*]",
    },
    must: notMatching("named origins", /^\*$/),
  }),
  propertyRule({
    id: "disallow-any-origin-with-any-method",
    title: "CORS names its methods",
    description: "A function's URL names the methods that scripts of other web sites may use.",
    severity: "low",
    controls: ["NIST-800-53 AC-4"],
    remediation: "name the methods instead of *",
    property: { "aws:lambda/functionUrl:FunctionUrl": "cors.allowMethods[*]" },
    must: notMatching("named methods", /^\*$/),
  }),
  propertyRule({
    id: "require-distribution-origin-access",
    title: "Distributions read buckets by an identity",
    description:
      "A distribution reads a bucket by an origin access control or identity, so that the bucket need not be public.",
    severity: "high",
    controls: ["FSBP CloudFront.13", "NIST-800-53 AC-3"],
    remediation: "set originAccessControlId of the origin",
    property: { [DISTRIBUTION]: "origins" },
    must: {
      words: "an origin access control for each bucket",
      accepts: (origins) =>
        !isList(origins) ||
        origins.every((origin) => {
          const domain = at(origin, "domainName");
          if (typeof domain !== "string" || !/\.s3([.-][a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/.test(domain)) return true;
          if (!isMissing(at(origin, "originAccessControlId"))) return true;
          return !isMissing(at(origin, "s3OriginConfig.originAccessIdentity"));
        }),
    },
  }),
  propertyRule({
    id: "require-distribution-response-headers",
    title: "Distributions send headers of protection",
    description: "A distribution has a policy of response headers.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 SC-8"],
    remediation: "set responseHeadersPolicyId of the default behaviour",
    property: { [DISTRIBUTION]: "defaultCacheBehavior.responseHeadersPolicyId" },
    must: given,
  }),
  propertyRule({
    id: "require-api-request-validation",
    title: "REST APIs validate requests",
    description: "A method of a REST API has a request validator.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 SI-10"],
    remediation: "set requestValidatorId",
    property: { "aws:apigateway/method:Method": "requestValidatorId" },
    where: saysNot("httpMethod", "OPTIONS"),
    must: given,
  }),
  propertyRule({
    id: "require-api-client-certificate",
    title: "REST APIs show a certificate to what they call",
    description: "A stage of a REST API has a client certificate, by which what it calls knows it.",
    severity: "low",
    level: "advisory",
    controls: ["FSBP APIGateway.2", "NIST-800-53 IA-3"],
    remediation: "set clientCertificateId",
    property: { "aws:apigateway/stage:Stage": "clientCertificateId" },
    must: given,
  }),
  propertyRule({
    id: "require-api-cache",
    title: "REST APIs cache",
    description: "A stage of a REST API, and the settings of its methods, cache answers.",
    severity: "low",
    level: "disabled",
    controls: ["NIST-800-53 SC-5"],
    remediation: "set cacheClusterEnabled, and cachingEnabled in the settings",
    property: {
      "aws:apigateway/stage:Stage": "cacheClusterEnabled",
      "aws:apigateway/methodSettings:MethodSettings": "settings.cachingEnabled",
    },
    must: on,
  }),
  propertyRule({
    id: "disallow-classic-load-balancer-desync",
    title: "Classic load balancers defend against request smuggling",
    description: "A classic load balancer refuses or guards requests that hosts could read in two ways.",
    severity: "medium",
    controls: ["FSBP ELB.14", "NIST-800-53 SC-7"],
    remediation: "leave desyncMitigationMode at defensive, or set it to strictest",
    property: { "aws:elb/loadBalancer:LoadBalancer": "desyncMitigationMode" },
    must: { words: '"defensive" or "strictest"', accepts: (value) => value !== "monitor" },
  }),
];

/** Whether a stage belongs to an API that only networks reach. */
function isPrivateApi(stack: Stack, stage: StackResource): boolean {
  return stack
    .ofType("aws:apigateway/restApi:RestApi")
    .some(
      (api) => refers(stack, stage, "restApi", api) !== "no" && mayBe(api, "endpointConfiguration.types", "PRIVATE"),
    );
}
