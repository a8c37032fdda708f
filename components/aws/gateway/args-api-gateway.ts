// Arguments and outputs of an API gateway.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Placement, Transform } from "../../kit";
import type { EncryptionKeyArgs } from "../kit";
import type { FirewallArgs } from "./args";

/** Arguments of {@link ApiGateway}. */
export interface ApiGatewayArgs {
  readonly placement: Placement;
  /** Subnets of the VPC link's network interfaces. */
  readonly network: ApiGatewayNetwork;
  /** The internal load balancer that answers. */
  readonly origin: ApiOrigin;
  /** What clients can reach, by a name for each; every other path is answered with 403 by API Gateway. */
  readonly routes: Readonly<Record<string, ApiRoute>>;
  /** Which web pages may read answers. @default no CORS headers: pages of other origins can't */
  readonly cors?: CorsSettings;
  /** Requests of all clients together. @default 2000 a second, bursts of 5000 */
  readonly throttling?: Throttling;
  /**
   * The firewall before the stage. The load balancer accepts requests of the gateway once the firewall judges them.
   * @default a {@link Firewall} with its own limits; `"none"`: every request reaches the services
   */
  readonly firewall?: ApiFirewall | "none";
  /** Cognito user pool whose tokens routes with `tokens` ask for. @default none */
  readonly userPoolArn?: pulumi.Input<string>;
  /**
   * Lambda function that API Gateway calls with each request to a route with `tokens`, in place of `userPoolArn`; it answers with a policy, and
   * on a refusal with the value of the header WWW-Authenticate as `challenge`. Its answers are kept for no other request.
   * @default none
   */
  readonly authorizer?: ApiAuthorizer;
  /** API keys, by the client's name; see {@link ApiRoute.requiresKey}. @default none */
  readonly clients?: readonly string[];
  /** Requests a day of each client with a key, 1 and up. @default 100,000 */
  readonly dailyQuota?: number;
  /** Name and Route 53 zone of a custom domain. @default the address that API Gateway gives */
  readonly domain?: ApiDomain;
  /**
   * The role with which API Gateway writes logs is one for all APIs of an account and region. `create` makes it, sets it, and leaves it
   * when the stack goes, because other APIs write with it too; `exists` changes nothing.
   * @default "create"
   */
  readonly accountLogRole?: "create" | "exists";
  /** Days that access and execution logs are kept; one of CloudWatch's values. @default 90 */
  readonly logRetentionInDays?: number;
  /** Topic of the alarm on 5XX answers. @default the alarm exists and sends no notification */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** @default no tags but the provider's */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default every child as described */
  readonly transform?: ApiGatewayTransforms;
}

/** A network's shape; one of your own fits as well. */
export interface ApiGatewayNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets in at least two zones. */
  readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** An internal application load balancer. */
export interface ApiOrigin {
  readonly loadBalancerArn: pulumi.Input<string>;
  /** Group of the load balancer; the gateway adds the rule that lets its link in. */
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  /**
   * `https://<name on the load balancer's certificate>`, which API Gateway verifies, or `http://<any name>`: requests have the name in the
   * header Host.
   */
  readonly url: pulumi.Input<string>;
  /** Port of the listener, 1–65535. */
  readonly port: number;
}

/** Paths that one service answers. */
export interface ApiRoute {
  /** Whole paths (`/api/orders`), or everything below one (`/api/orders/*`). */
  readonly paths: readonly string[];
  /** Whether a request needs the API key of a client; the usage plan counts it. @default false */
  readonly requiresKey?: boolean;
  /** What API Gateway checks of the request's token before it passes the request on; needs `userPoolArn` or `authorizer`. @default nothing */
  readonly tokens?: ApiTokens;
  /**
   * JSON schemas (draft 4) of bodies, by method and path (`POST /api/orders`): API Gateway answers 400 to a JSON body that does not fit.
   * Other methods and paths of the route are not checked. @default none
   */
  readonly bodies?: Readonly<Record<string, object>>;
}

/** A token in the header Authorization. */
export interface ApiTokens {
  /** Audience of the token; with `authorizer`, which checks it. A user pool's authorizer checks scopes only. @default none */
  readonly audience?: string;
  /** Scopes of an access token, of which it needs one. With none, `authorizer` asks for no scope, and a user pool for an ID token. */
  readonly scopes: readonly string[];
}

/** A Lambda function that checks requests. */
export interface ApiAuthorizer {
  readonly functionName: pulumi.Input<string>;
  readonly functionArn: pulumi.Input<string>;
}

/** Headers of cross-origin requests. Preflights are answered by the gateway; the headers of other answers are the service's. */
export interface CorsSettings {
  /** Origins (`https://shop.example.com`), or `["*"]` for every page. */
  readonly origins: readonly string[];
  /** @default Content-Type, X-Amz-Date, Authorization, X-Api-Key, X-Requested-With */
  readonly headers?: readonly string[];
  /** Seconds that a browser keeps the answer, 0–86400. @default 600 */
  readonly maxAge?: number;
}

/** Settings of the firewall before the stage. */
export type ApiFirewall = Pick<FirewallArgs, "rateLimit" | "routes" | "largeBodies" | "countOnly" | "transform">;

/** A token bucket. */
export interface Throttling {
  /** Requests a second, 1–10,000 (the quota of an account and region unless raised). */
  readonly rate: number;
  /** Requests at once, 1–5,000. */
  readonly burst: number;
}

/** A custom domain with a certificate of its own, which a record in the zone validates and renews. */
export interface ApiDomain {
  /** Such as `api.example.com`. */
  readonly name: string;
  readonly hostedZoneId: pulumi.Input<string>;
}

/** One slot a child; where there are several of a kind, a function gets the child's logical name. */
export interface ApiGatewayTransforms {
  readonly api?: Transform<aws.apigateway.RestApiArgs>;
  readonly deployment?: Transform<aws.apigateway.DeploymentArgs>;
  readonly stage?: Transform<aws.apigateway.StageArgs>;
  readonly methodSettings?: Transform<aws.apigateway.MethodSettingsArgs>;
  readonly vpcLink?: Transform<aws.apigatewayv2.VpcLinkArgs>;
  readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly egressRule?: Transform<aws.vpc.SecurityGroupEgressRuleArgs>;
  readonly ingressRule?: Transform<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly apiKey?: Transform<aws.apigateway.ApiKeyArgs>;
  readonly usagePlan?: Transform<aws.apigateway.UsagePlanArgs>;
  readonly usagePlanKey?: Transform<aws.apigateway.UsagePlanKeyArgs>;
  readonly certificate?: Transform<aws.acm.CertificateArgs>;
  readonly validationRecord?: Transform<aws.route53.RecordArgs>;
  readonly certificateValidation?: Transform<aws.acm.CertificateValidationArgs>;
  readonly domainName?: Transform<aws.apigateway.DomainNameArgs>;
  readonly basePathMapping?: Transform<aws.apigateway.BasePathMappingArgs>;
  readonly aliasRecord?: Transform<aws.route53.RecordArgs>;
  readonly logKey?: EncryptionKeyArgs["transform"];
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly accountRole?: Transform<aws.iam.RoleArgs>;
  readonly accountRolePolicy?: Transform<aws.iam.RolePolicyAttachmentArgs>;
  readonly account?: Transform<aws.apigateway.AccountArgs>;
  readonly permission?: Transform<aws.lambda.PermissionArgs>;
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** Outputs of {@link ApiGateway}. */
export interface ApiGatewayOutputs {
  /** Where clients send requests: `https://api.example.com`, or API Gateway's address with the stage. */
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  /** ARN of the stage, as a web ACL is associated with it. */
  readonly stageArn: pulumi.Output<string>;
  /** Values of the API keys, by client; secret. */
  readonly apiKeys: pulumi.Output<Record<string, string>>;
}
