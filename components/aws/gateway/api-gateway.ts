// The entrance for clients outside the VPC. A REST API, because it has what an entrance needs and an HTTP API lacks: a web ACL, usage
// plans, and checked bodies. It reaches the internal load balancer over a VPC link V2, without a network load balancer between.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { placementProblems, servicePrincipal, tagged, throwIfAny, transformed, type Signal } from "../../kit";
import { signalAlarms, placed } from "../kit";
import { type ApiDomainNodes, createDomain } from "./api-domain";
import { createLink, openOrigin } from "./api-link";
import { ACCESS_LOG_FORMAT, type ApiLogNodes, createApiLogs } from "./api-logs";
import { type ClientNodes, createClients } from "./api-clients";
import { type ApiScope, DEFAULT_THROTTLING } from "./api-scope";
import type { ApiGatewayArgs, ApiGatewayOutputs } from "./args-api-gateway";
import { validateApiGateway } from "./validate-api-gateway";
import { Firewall } from "./firewall";
import { openApiOf } from "./open-api";
import { apiSignals } from "./signals";

const TYPE = "archipelago:gateway:ApiGateway";
const STAGE = "v1";

/** The children. */
export interface ApiGatewayNodes extends ApiLogNodes, ClientNodes, Partial<ApiDomainNodes> {
  readonly api: aws.apigateway.RestApi;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly egressRule: aws.vpc.SecurityGroupEgressRule;
  readonly ingressRule: aws.vpc.SecurityGroupIngressRule;
  readonly vpcLink: aws.apigatewayv2.VpcLink;
  readonly deployment: aws.apigateway.Deployment;
  readonly stage: aws.apigateway.Stage;
  readonly methodSettings: aws.apigateway.MethodSettings;
  /** There with an `authorizer`. */
  readonly permission: aws.lambda.Permission | undefined;
  /** There unless `firewall` is `"none"`. */
  readonly firewall: Firewall | undefined;
  readonly alarm: aws.cloudwatch.MetricAlarm | undefined;
}

/**
 * A regional REST API with one stage, `v1`, before an internal application load balancer. About 3.50 USD a million requests, 1 USD a
 * month for the key of its logs, and the logs themselves; the VPC link costs nothing. A change of a route makes a new deployment of the
 * stage; nothing else does. Replaced: the domain by another `domain.name`.
 *
 * @example
 * new ApiGateway("entrance", { placement, network, origin, routes: { orders: { paths: ["/api/orders", "/api/orders/*"] } } });
 */
export class ApiGateway extends pulumi.ComponentResource implements ApiGatewayOutputs {
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  readonly stageArn: pulumi.Output<string>;
  readonly apiKeys: pulumi.Output<Record<string, string>>;
  /** Metrics, with thresholds where there are alarms. */
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: ApiGatewayNodes;

  constructor(
    private readonly name: string,
    private readonly args: ApiGatewayArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateApiGateway(args)]);
    const scope: ApiScope = { name, args, parent: this };
    const link = createLink(scope);
    const body = this.document(link.vpcLink);
    const api = this.createApi(body);
    const logs = createApiLogs(scope, api, STAGE);
    const permission = this.allowAuthorizer(api);
    const published = this.publish(api, body, logs, permission);
    const firewall = this.createFirewall(published.stage);
    const ingressRule = openOrigin(scope, link.securityGroup, firewall);
    const domain = args.domain && createDomain(scope, args.domain, api, published.stage);
    const clients = createClients(scope, api, published.stage);
    this.signals = apiSignals(name, api.name, STAGE);
    this.nodes = {
      api,
      ...link,
      ingressRule,
      firewall,
      ...logs,
      ...published,
      permission,
      ...domain,
      ...clients,
      alarm: this.createAlarm(),
    };
    // By way of the mapping: the name answers when it is there.
    this.url = domain ? pulumi.interpolate`https://${domain.basePathMapping.domainName}` : published.stage.invokeUrl;
    this.apiId = api.id;
    this.stageArn = published.stage.arn;
    this.apiKeys = pulumi.secret(
      pulumi.all(Object.fromEntries(Object.entries(clients.apiKeys).map(([client, { value }]) => [client, value]))),
    );
    this.registerOutputs({ url: this.url, apiId: this.apiId, stageArn: this.stageArn, apiKeys: this.apiKeys });
  }

  /** The document that the API is made of. */
  private document({ id: linkId }: aws.apigatewayv2.VpcLink): pulumi.Output<string> {
    const { routes, cors, origin, userPoolArn, authorizer, placement } = this.args;
    const { loadBalancerArn, url } = origin;
    return pulumi
      .all([linkId, loadBalancerArn, url, userPoolArn, authorizer?.functionArn])
      .apply(([link, target, address, pool, functionArn]) =>
        openApiOf({
          ...{ title: this.name, routes, cors, linkId: link, loadBalancerArn: target, url: address },
          ...(pool !== undefined && { userPoolArn: pool }),
          ...(functionArn !== undefined && { authorizerUri: invocationUri(placement, functionArn) }),
        }),
      );
  }

  private createApi(body: pulumi.Output<string>): aws.apigateway.RestApi {
    const { domain, tags, transform } = this.args;
    return new aws.apigateway.RestApi(
      ...transformed<aws.apigateway.RestApiArgs>(
        transform?.api,
        this.name,
        {
          description: "Entrance of the services",
          body,
          endpointConfiguration: { types: "REGIONAL" },
          apiKeySource: "HEADER",
          // Bodies of every kind reach the service as they were sent.
          binaryMediaTypes: ["*/*"],
          // With a custom domain the API has that address only. Clients could otherwise depend on the default endpoint, which changes when the API is replaced.
          disableExecuteApiEndpoint: domain !== undefined,
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }

  /** The right of API Gateway to call the function that checks tokens, before clients see the stage. */
  private allowAuthorizer(api: aws.apigateway.RestApi): aws.lambda.Permission | undefined {
    const { authorizer, placement, transform } = this.args;
    if (authorizer === undefined) return undefined;
    return new aws.lambda.Permission(
      ...transformed<aws.lambda.PermissionArgs>(
        transform?.permission,
        `${this.name}-authorizer`,
        {
          function: authorizer.functionName,
          action: "lambda:InvokeFunction",
          principal: servicePrincipal("apigateway", placement),
          sourceArn: pulumi.interpolate`${api.executionArn}/authorizers/*`,
        },
        { parent: this },
      ),
    );
  }

  /** The deployment that clients see. Its trigger is a digest of the document that the API is made of. */
  private publish(
    api: aws.apigateway.RestApi,
    body: pulumi.Output<string>,
    logs: ApiLogNodes,
    permission: aws.lambda.Permission | undefined,
  ) {
    const { throttling = DEFAULT_THROTTLING, tags, transform } = this.args;
    const deployment = new aws.apigateway.Deployment(
      ...transformed<aws.apigateway.DeploymentArgs>(
        transform?.deployment,
        this.name,
        // By way of the API, which is updated first.
        { restApi: api.id, triggers: { content: pulumi.all([api.id, body]).apply(([, text]) => digest(text)) } },
        // The old one is deleted after the stage has left it.
        { parent: this },
      ),
    );
    const stage = new aws.apigateway.Stage(
      ...transformed<aws.apigateway.StageArgs>(
        transform?.stage,
        `${this.name}-${STAGE}`,
        {
          restApi: api.id,
          deployment: deployment.id,
          stageName: STAGE,
          xrayTracingEnabled: true,
          accessLogSettings: { destinationArn: logs.accessLogGroup.arn, format: ACCESS_LOG_FORMAT },
          ...tagged(tags),
        },
        {
          parent: this,
          dependsOn: [logs.executionLogGroup, ...[logs.account, permission].flatMap((each) => (each ? [each] : []))],
        },
      ),
    );
    const methodSettings = new aws.apigateway.MethodSettings(
      ...transformed<aws.apigateway.MethodSettingsArgs>(
        transform?.methodSettings,
        `${this.name}-${STAGE}`,
        {
          restApi: api.id,
          stageName: stage.stageName,
          methodPath: "*/*",
          settings: {
            metricsEnabled: true,
            loggingLevel: "INFO",
            // Bodies stay out of the log.
            dataTraceEnabled: false,
            throttlingRateLimit: throttling.rate,
            throttlingBurstLimit: throttling.burst,
          },
        },
        { parent: this },
      ),
    );
    return { deployment, stage, methodSettings };
  }

  private createFirewall(stage: aws.apigateway.Stage): Firewall | undefined {
    const { firewall = {}, placement, logRetentionInDays, tags } = this.args;
    if (firewall === "none") return undefined;
    return new Firewall(
      `${this.name}-firewall`,
      {
        placement,
        resourceArn: stage.arn,
        stageName: STAGE,
        ...firewall,
        ...(logRetentionInDays !== undefined && { logRetentionInDays }),
        ...tagged(tags),
      },
      { parent: this },
    );
  }

  private createAlarm() {
    const { alarmTopicArn: topicArn, tags, transform } = this.args;
    const nameOf = ({ role }: Signal) => `${this.name}-${role}`;
    return signalAlarms({ parent: this, tags, transform: transform?.alarm, topicArn, nameOf }, this.signals)["5xx"];
  }
}

/** How API Gateway names a call of a function (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html). */
const invocationUri = ({ partition, region }: ApiGatewayArgs["placement"], functionArn: string): string =>
  `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
