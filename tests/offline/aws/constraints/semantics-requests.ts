// What answers a request.
import { arn, type Cases } from "./semantics-names";

const BALANCER = arn("elasticloadbalancing", "loadbalancer/app/web/1");
const answer = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } };
const seen = { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: true };
const rule = {
  name: "r",
  priority: 1,
  statement: { geoMatchStatement: { countryCodes: ["DE"] } },
  visibilityConfig: seen,
};
const group = {
  ...rule,
  statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet", vendorName: "AWS" } },
};

export const requests: Readonly<Record<string, Cases>> = {
  "aws:lb/listener:Listener": {
    right: {
      loadBalancerArn: BALANCER,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    },
    wrong: [
      [
        { defaultActions: [{ type: "forward" }] },
        ["defaultActions[0].targetGroupArn: is missing: an action of type forward names a target group"],
      ],
      [
        { defaultActions: [{ type: "redirect", redirect: { path: "/#{path}", statusCode: "HTTP_301" } }] },
        [
          "defaultActions[0].redirect: leads to where it came from (InvalidLoadBalancerAction): change the protocol, port, host or path",
        ],
      ],
      [
        {
          port: 443,
          protocol: "HTTPS",
          certificateArn: "arn:aws:acm:eu-central-1:999988887777:certificate/c",
          sslPolicy: "TLS13",
          defaultActions: [answer],
        },
        ['sslPolicy: "TLS13" is no policy: such as ELBSecurityPolicy-TLS13-1-2-2021-06'],
      ],
    ],
  },
  "aws:lb/targetGroup:TargetGroup": {
    right: {
      targetType: "ip",
      port: 80,
      protocol: "HTTP",
      vpcId: "vpc-1",
      healthCheck: { interval: 30, timeout: 5, matcher: "200,204-299" },
    },
    wrong: [
      [
        { healthCheck: { interval: 10, timeout: 10 } },
        ["healthCheck.timeout: 10 s is not below the interval of 10 s: lower it"],
      ],
      [{ healthCheck: { matcher: "ok" } }, ['healthCheck.matcher: "ok": codes such as 200, 200,202 or 200-299']],
    ],
  },
  "aws:wafv2/webAcl:WebAcl": {
    right: {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: seen,
      rules: [
        { ...rule, action: { block: {} } },
        { ...group, priority: 2, overrideAction: { none: {} } },
      ],
    },
    wrong: [
      [
        { scope: "CLOUDFRONT" },
        ["scope: what guards CloudFront is made in us-east-1, and this is eu-central-1: use a provider of us-east-1"],
      ],
      [
        { rules: ["a", "b"].map((name) => ({ ...rule, name, action: { block: {} } })) },
        ['rules[1].priority: 1 is what "a" has: each rule has its own'],
      ],
      [{ rules: [rule] }, ["rules[0].action: is missing: a rule of its own has it"]],
      [
        { rules: [{ ...group, action: { block: {} } }] },
        [
          "rules[0].overrideAction: is missing: a rule that refers to a group has it",
          "rules[0].action: leave it out: a rule has either action or overrideAction",
        ],
      ],
    ],
  },
  "aws:apigatewayv2/route:Route": {
    right: { apiId: "api", routeKey: "GET /orders/{id}" },
    wrong: [
      [
        { routeKey: "FETCH /orders" },
        ['routeKey: "FETCH /orders": a method and a path, such as "GET /orders/{id}", or $default'],
      ],
      [{ routeKey: "/orders" }, ['routeKey: "/orders": a method and a path, such as "GET /orders/{id}", or $default']],
    ],
  },
  "aws:apigatewayv2/integration:Integration": {
    right: {
      apiId: "api",
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: "https://example.com",
      timeoutMilliseconds: 30000,
    },
    wrong: [[{ timeoutMilliseconds: 60000 }, ["timeoutMilliseconds: 60000 ms, and an HTTP API waits 30000 at most"]]],
  },
  "aws:efs/fileSystem:FileSystem": {
    right: { throughputMode: "provisioned", provisionedThroughputInMibps: 10 },
    wrong: [
      [
        { provisionedThroughputInMibps: null },
        ["provisionedThroughputInMibps: is missing: throughputMode provisioned says how much"],
      ],
    ],
  },
};
