// Load balancers, listeners, domains of APIs, distributions.
import type { Network } from "./network";
import type { Made, Planter } from "./planter";

const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

export function edge(p: Planter, net: Network): void {
  for (const module of ["lb", "alb"]) balancers(p, net, module);
  const rest = "aws:apigateway/domainName:DomainName";
  p.right(rest, { domainName: "a.example.com", regionalCertificateArn: CERTIFICATE, securityPolicy: "TLS_1_2", endpointConfiguration: { types: "REGIONAL" } }); // prettier-ignore
  p.wrong(rest, { domainName: "b.example.com", regionalCertificateArn: CERTIFICATE, securityPolicy: "TLS_1_0", endpointConfiguration: { types: "REGIONAL" } }); // prettier-ignore
  const http = "aws:apigatewayv2/domainName:DomainName";
  const configuration = { certificateArn: CERTIFICATE, endpointType: "REGIONAL" };
  p.right(http, { domainName: "c.example.com", domainNameConfiguration: { ...configuration, securityPolicy: "TLS_1_2" } }); // prettier-ignore
  p.wrong(http, {
    domainName: "d.example.com",
    domainNameConfiguration: { ...configuration, securityPolicy: "TLS_1_0" },
  });
  // An operation that does not say who may call it.
  const paths = { "/orders": { get: { responses: {} } } };
  const document = { openapi: "3.0.1", info: { title: "Orders", version: "1" }, paths };
  p.wrong("aws:apigateway/restApi:RestApi", { body: JSON.stringify(document) });
  trailAlarms(p);
  distributions(p);
  p.right("aws:apigatewayv2/vpcLink:VpcLink", { subnetIds: net.isolated.map(({ id }) => id), securityGroupIds: [net.group.id] }); // prettier-ignore
  p.wrong("aws:apigatewayv2/vpcLink:VpcLink", {
    subnetIds: net.publicSubnets.map(({ id }) => id),
    securityGroupIds: [net.group.id],
  });
}

function balancers(p: Planter, net: Network, module: string): void {
  const balancer = `aws:${module}/loadBalancer:LoadBalancer`;
  const listener = `aws:${module}/listener:Listener`;
  const right = p.right(balancer, {
    internal: true,
    subnets: net.isolated.map(({ id }) => id),
    securityGroups: [net.group.id],
    dropInvalidHeaderFields: true,
  });
  const wrong = p.wrong(balancer, { subnets: net.isolated.map(({ id }) => id), securityGroups: [net.group.id] });
  // AWS refuses an application load balancer in one zone, and takes a network load balancer.
  p.wrong(balancer, { loadBalancerType: "network", subnets: [net.isolated[0]?.id] });
  const fixed = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }];
  const tls = { port: 443, protocol: "HTTPS", certificateArn: CERTIFICATE, defaultActions: fixed };
  p.right(listener, { loadBalancerArn: right.arn, ...tls, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" });
  p.wrong(listener, { loadBalancerArn: wrong.arn, port: 80, protocol: "HTTP", defaultActions: fixed });
  const weak = publicBalancer(p, net, balancer);
  p.wrong(listener, { loadBalancerArn: weak.arn, ...tls, sslPolicy: "ELBSecurityPolicy-2016-08" });
}

function publicBalancer(p: Planter, net: Network, type: string): Made {
  const made = p.right(type, {
    internal: false,
    subnets: net.isolated.map(({ id }) => id),
    securityGroups: [net.group.id],
    dropInvalidHeaderFields: true,
  });
  p.right("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn: made.arn, webAclArn: "$webAcl" });
  return made;
}

/** The metric that the right trail's alarm watches, by one filter with every event; real filters have one kind each. */
function trailAlarms(p: Planter): void {
  const events =
    "userIdentity.type Root UnauthorizedOperation AccessDenied ConsoleLogin MFAUsed Failed authentication PutRolePolicy DeleteRolePolicy AttachRolePolicy DetachRolePolicy CreatePolicyVersion UpdateTrail DeleteTrail StopLogging DisableKey ScheduleKeyDeletion PutBucketAcl PutBucketPolicy DeleteBucketPolicy StopConfigurationRecorder DeleteDeliveryChannel PutConfigurationRecorder AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress DeleteSecurityGroup CreateNetworkAcl DeleteNetworkAcl ReplaceNetworkAclEntry CreateCustomerGateway AttachInternetGateway DeleteInternetGateway CreateRoute ReplaceRoute DeleteRouteTable CreateVpc DeleteVpc ModifyVpcAttribute organizations.amazonaws.com InviteAccountToOrganization LeaveOrganization";
  const metric = (name: string) => ({ name, namespace: "Trail", value: "1" });
  const filter = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
  const watched = { logGroupName: "/logs", pattern: events, metricTransformation: metric("TrailEvents") };
  p.right(filter, watched);
  p.right("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: "TrailEvents", namespace: "Trail" });
  p.wrong(filter, { ...watched, pattern: "{ $.eventName = StopLogging }", metricTransformation: metric("Unwatched") });
}

function distributions(p: Planter): void {
  const cache = { allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], targetOriginId: "o", cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" }; // prettier-ignore
  const origin = { originId: "o", domainName: "o.example.com" };
  const ports = { httpPort: 80, httpsPort: 443, originSslProtocols: ["TLSv1.2"] };
  const shape = { enabled: true, restrictions: { geoRestriction: { restrictionType: "none" } } };
  p.right("aws:cloudfront/distribution:Distribution", {});
  p.wrong("aws:cloudfront/distribution:Distribution", {
    ...shape,
    defaultCacheBehavior: { ...cache, viewerProtocolPolicy: "allow-all" },
    origins: [{ ...origin, customOriginConfig: { ...ports, originProtocolPolicy: "http-only" } }],
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  });
}
