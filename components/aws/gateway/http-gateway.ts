// The cheaper entrance: an HTTP API, which checks tokens of any OpenID Connect issuer. It has no firewall, no API keys and no body schemas.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, type Signal, tagged, throwIfAny, transformed } from "../../kit";
import { encryptedLogGroup, EncryptionKey, placed, signalAlarms, type ValidatedCertificate } from "../kit";
import { createLink, openOrigin } from "./api-link";
import { HTTP_LOG_FORMAT } from "./api-logs";
import { DEFAULT_THROTTLING } from "./api-scope";
import type { HttpGatewayArgs, HttpGatewayOutputs } from "./args-http-gateway";
import { createHttpDomain } from "./http-domain";
import { httpSignals } from "./signals";
import { CORS_HEADERS, CORS_METHODS } from "./open-api";
import { validateHttpGateway } from "./validate-http-gateway";

const TYPE = "archipelago:gateway:HttpGateway";
/** The stage without a name in the path, so that the load balancer sees the path as clients send it. */
const STAGE = "$default";
const TIMEOUT = 29_000;

/** The children. */
export interface HttpGatewayNodes extends Partial<ValidatedCertificate> {
  readonly api: aws.apigatewayv2.Api;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly egressRule: aws.vpc.SecurityGroupEgressRule;
  readonly ingressRule: aws.vpc.SecurityGroupIngressRule;
  readonly vpcLink: aws.apigatewayv2.VpcLink;
  readonly integration: aws.apigatewayv2.Integration;
  /** By audience; the gateway's own by the empty text. */
  readonly authorizers: Readonly<Record<string, aws.apigatewayv2.Authorizer>>;
  /** By path. */
  readonly routes: Readonly<Record<string, aws.apigatewayv2.Route>>;
  readonly stage: aws.apigatewayv2.Stage;
  readonly logKey: EncryptionKey;
  readonly accessLogGroup: aws.cloudwatch.LogGroup;
  readonly domainName?: aws.apigateway.DomainName;
  readonly apiMapping?: aws.apigatewayv2.ApiMapping;
  readonly aliasRecord?: aws.route53.Record;
  readonly alarm: aws.cloudwatch.MetricAlarm | undefined;
}

/**
 * A regional HTTP API before an internal application load balancer. About 1 USD a million requests, 1 USD a month for the key of its log. Its
 * stage is deployed by API Gateway whenever a route changes or goes. Replaced: the domain by another `domain.name`.
 *
 * @example
 * new HttpGateway("mobile", { placement, network, origin, issuer, routes: { orders: { paths: ["/api/orders/*"], tokens: { audience: "shop" } } } });
 */
export class HttpGateway extends pulumi.ComponentResource implements HttpGatewayOutputs {
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: HttpGatewayNodes;

  constructor(
    private readonly name: string,
    private readonly args: HttpGatewayArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateHttpGateway(args)]);
    const scope = { name, args, parent: this };
    const api = this.createApi();
    const link = createLink(scope);
    const ingressRule = openOrigin(scope, link.securityGroup);
    const integration = this.createIntegration(api, link.vpcLink);
    const authorizers = this.createAuthorizers(api);
    const routes = this.createRoutes(api, integration, authorizers);
    const logs = this.createLog();
    const stage = this.createStage(api, logs.accessLogGroup);
    const domain = args.domain && createHttpDomain(scope, args.domain, api, stage);
    this.signals = httpSignals(name, api.id);
    const alarm = this.createAlarm();
    this.nodes = { api, ...link, ingressRule, integration, authorizers, routes, ...logs, stage, ...domain, alarm };
    // By way of the mapping or the stage: the address answers when it is there.
    this.url = domain
      ? domain.apiMapping.domainName.apply((host) => `https://${host}`)
      : pulumi.all([api.apiEndpoint, stage.id]).apply(([endpoint]) => endpoint);
    this.apiId = api.id;
    this.registerOutputs({ url: this.url, apiId: this.apiId });
  }

  private createApi(): aws.apigatewayv2.Api {
    const { cors, domain, tags, transform } = this.args;
    return new aws.apigatewayv2.Api(
      ...transformed<aws.apigatewayv2.ApiArgs>(
        transform?.api,
        this.name,
        {
          protocolType: "HTTP",
          description: "Entrance of the services",
          disableExecuteApiEndpoint: domain !== undefined,
          ...(cors && {
            corsConfiguration: {
              allowOrigins: [...cors.origins],
              allowHeaders: [...(cors.headers ?? CORS_HEADERS)],
              allowMethods: [...CORS_METHODS],
              maxAge: cors.maxAge ?? 600,
            },
          }),
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }

  private createIntegration(api: aws.apigatewayv2.Api, link: aws.apigatewayv2.VpcLink): aws.apigatewayv2.Integration {
    const { listenerArn, serverName } = this.args.origin;
    return new aws.apigatewayv2.Integration(
      ...transformed<aws.apigatewayv2.IntegrationArgs>(
        this.args.transform?.integration,
        this.name,
        {
          apiId: api.id,
          integrationType: "HTTP_PROXY",
          integrationMethod: "ANY",
          integrationUri: listenerArn,
          connectionType: "VPC_LINK",
          connectionId: link.id,
          payloadFormatVersion: "1.0",
          timeoutMilliseconds: TIMEOUT,
          ...(serverName !== undefined && { tlsConfig: { serverNameToVerify: serverName } }),
        },
        { parent: this },
      ),
    );
  }

  /** One authorizer for each audience: a token for one is none for the other. */
  private createAuthorizers(api: aws.apigatewayv2.Api): Record<string, aws.apigatewayv2.Authorizer> {
    const { routes, issuer, audience: shared = "", transform } = this.args;
    const audiences = new Set(Object.values(routes).flatMap(({ tokens }) => (tokens ? [tokens.audience] : [])));
    const made = [...audiences].sort().map((audience) => {
      const name = audience ?? "shared-audience";
      return [
        audience ?? "",
        new aws.apigatewayv2.Authorizer(
          ...transformed<aws.apigatewayv2.AuthorizerArgs>(
            transform?.authorizer,
            `${this.name}-${name}`,
            {
              apiId: api.id,
              name,
              authorizerType: "JWT",
              identitySources: ["$request.header.Authorization"],
              jwtConfiguration: { ...(issuer !== undefined && { issuer }), audiences: [audience ?? shared] },
            },
            // Routes still name the old one until they are updated.
            { parent: this },
          ),
        ),
      ];
    });
    return Object.fromEntries(made) as Record<string, aws.apigatewayv2.Authorizer>;
  }

  private createRoutes(
    api: aws.apigatewayv2.Api,
    integration: aws.apigatewayv2.Integration,
    authorizers: Readonly<Record<string, aws.apigatewayv2.Authorizer>>,
  ): Record<string, aws.apigatewayv2.Route> {
    const { routes, transform } = this.args;
    const made = Object.values(routes).flatMap(({ paths, tokens }) =>
      paths.map((path) => [
        path,
        new aws.apigatewayv2.Route(
          ...transformed<aws.apigatewayv2.RouteArgs>(
            transform?.route,
            `${this.name}${path}`,
            {
              apiId: api.id,
              routeKey: `ANY ${path.replace(/\*$/, "{proxy+}")}`,
              target: pulumi.interpolate`integrations/${integration.id}`,
              ...this.authorization(tokens && authorizers[tokens.audience ?? ""], tokens?.scopes),
            },
            // An API has each route once.
            { parent: this, deleteBeforeReplace: true },
          ),
        ),
      ]),
    );
    return Object.fromEntries(made) as Record<string, aws.apigatewayv2.Route>;
  }

  private authorization(authorizer: aws.apigatewayv2.Authorizer | undefined, scopes: readonly string[] = []) {
    if (authorizer === undefined) return { authorizationType: "NONE" };
    return {
      authorizationType: "JWT",
      authorizerId: authorizer.id,
      ...(scopes.length > 0 && { authorizationScopes: [...scopes] }),
    };
  }

  private createLog() {
    const { placement, logRetentionInDays = 90, tags, transform } = this.args;
    const logKey = new EncryptionKey(
      `${this.name}-log`,
      {
        placement,
        description: `Logs of the API ${this.name}`,
        logs: true,
        ...tagged(tags),
        ...(transform?.logKey && { transform: transform.logKey }),
      },
      { parent: this },
    );
    const accessLogGroup = encryptedLogGroup({ parent: this, tags }, transform?.logGroup, `${this.name}-access`, {
      kmsKeyId: logKey.arn,
      retentionInDays: logRetentionInDays,
    });
    return { logKey, accessLogGroup };
  }

  private createStage(api: aws.apigatewayv2.Api, group: aws.cloudwatch.LogGroup): aws.apigatewayv2.Stage {
    const { throttling = DEFAULT_THROTTLING, tags, transform } = this.args;
    return new aws.apigatewayv2.Stage(
      ...transformed<aws.apigatewayv2.StageArgs>(
        transform?.stage,
        `${this.name}-default`,
        {
          apiId: api.id,
          name: STAGE,
          autoDeploy: true,
          accessLogSettings: { destinationArn: group.arn, format: HTTP_LOG_FORMAT },
          defaultRouteSettings: {
            detailedMetricsEnabled: true,
            throttlingRateLimit: throttling.rate,
            throttlingBurstLimit: throttling.burst,
          },
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }

  private createAlarm() {
    const { alarmTopicArn: topicArn, tags, transform } = this.args;
    const nameOf = ({ role }: Signal) => `${this.name}-${role}`;
    return signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, this.signals)["5xx"];
  }
}
