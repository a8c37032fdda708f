// Arguments and outputs of an HTTP gateway.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";
import type { ApiDomain, ApiGatewayNetwork, CorsSettings, Throttling } from "./args-api-gateway";

/** Arguments of {@link HttpGateway}. */
export interface HttpGatewayArgs {
  readonly placement: Placement;
  /** Subnets of the VPC link's network interfaces. */
  readonly network: ApiGatewayNetwork;
  /** The internal load balancer that answers. */
  readonly origin: HttpOrigin;
  /** What clients can reach, by a name for each; every other path is answered with 404 by API Gateway. */
  readonly routes: Readonly<Record<string, HttpRoute>>;
  /** Issuer of the tokens that routes with `tokens` ask for: the claim `iss`, an https URL with an OpenID Connect configuration. @default none */
  readonly issuer?: pulumi.Input<string>;
  /** Audience of the tokens, where a route names none. @default each route with `tokens` names it */
  readonly audience?: pulumi.Input<string>;
  /** Which web pages may read answers. @default no CORS headers: pages of other origins can't */
  readonly cors?: CorsSettings;
  /** Requests of all clients together. @default 2000 a second, bursts of 5000 */
  readonly throttling?: Throttling;
  /** Name and Route 53 zone of a custom domain. @default the address that API Gateway gives */
  readonly domain?: ApiDomain;
  /** Days that access logs are kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** Topic of the alarm on 5XX answers. @default the alarm exists and sends no notification */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: HttpGatewayTransforms;
}

/** An internal application load balancer, by its listener. */
export interface HttpOrigin {
  readonly listenerArn: pulumi.Input<string>;
  /** Group of the load balancer; the gateway adds the rule that lets its link in. */
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  /** Name on the load balancer's certificate, which API Gateway verifies. @default HTTP */
  readonly serverName?: string;
  /** Port of the listener, 1–65535. */
  readonly port: number;
}

/** Paths that one service answers. */
export interface HttpRoute {
  /** Whole paths (`/api/orders`), or everything below one (`/api/orders/*`). */
  readonly paths: readonly string[];
  /** What API Gateway checks of the request's token beside signature, issuer and times. @default nothing: everybody may send requests */
  readonly tokens?: HttpTokens;
}

/** A JSON web token in the header Authorization. */
export interface HttpTokens {
  /** Audience: the claim `aud`, or `client_id` of a token without `aud`. @default `audience` of the gateway */
  readonly audience?: string;
  /** Scopes of which a token needs one. @default any */
  readonly scopes?: readonly string[];
}

/** One slot a child; where there are several of a kind, a function gets the child's logical name. */
export interface HttpGatewayTransforms {
  readonly api?: Transform<aws.apigatewayv2.ApiArgs>;
  readonly authorizer?: Transform<aws.apigatewayv2.AuthorizerArgs>;
  readonly integration?: Transform<aws.apigatewayv2.IntegrationArgs>;
  readonly route?: Transform<aws.apigatewayv2.RouteArgs>;
  readonly stage?: Transform<aws.apigatewayv2.StageArgs>;
  readonly vpcLink?: Transform<aws.apigatewayv2.VpcLinkArgs>;
  readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly egressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
  readonly ingressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly certificate?: Transform<aws.acm.CertificateArgs>;
  readonly validationRecord?: Transform<aws.route53.RecordArgs>;
  readonly certificateValidation?: Transform<aws.acm.CertificateValidationArgs>;
  readonly domainName?: Transform<aws.apigateway.DomainNameArgs>;
  readonly apiMapping?: Transform<aws.apigatewayv2.ApiMappingArgs>;
  readonly aliasRecord?: Transform<aws.route53.RecordArgs>;
  readonly logKey?: EncryptionKeyArgs["transform"];
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** Outputs of {@link HttpGateway}. */
export interface HttpGatewayOutputs {
  /** Where clients send requests: `https://api.example.com`, or API Gateway's address. */
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
}
