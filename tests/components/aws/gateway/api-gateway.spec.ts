import { expect } from "chai";
import { join } from "node:path";
import { LambdaFunction } from "../../../../components/aws/function";
import { ApiGateway, tokenRules, type ApiGatewayArgs, validateApiGateway } from "../../../../components/aws/gateway";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const args: ApiGatewayArgs = {
  placement,
  network: {
    vpcId: "vpc-1",
    privateSubnetIds: ["subnet-1", "subnet-2"],
  },
  origin: {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/alb/50dc6c495c0c9188",
    loadBalancerSecurityGroupId: "sg-alb",
    url: "https://services.example.com",
    port: 443,
  },
  routes: {
    orders: { paths: ["/api/orders", "/api/orders/*"] },
    users: { paths: ["/api/users"] },
  },
};
const build = (more: Partial<ApiGatewayArgs> = {}) =>
  deploy(() => new ApiGateway("entrance", { ...args, ...more }), { existing: standing });

type Operation = Readonly<Record<string, unknown>>;
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}
/** The document that the API is made of. */
const documentOf = (deployment: Awaited<ReturnType<typeof build>>): Document =>
  JSON.parse(String(deployment.one("aws:apigateway/restApi:RestApi").inputs.body)) as Document;
const kinds = (resources: readonly { type: string; name: string }[], pattern: RegExp) =>
  resources
    .filter(({ type }) => pattern.test(type))
    .map(({ name }) => name)
    .sort();

describe("ApiGateway", () => {
  it("passes every method of a path on to the load balancer, over the link, within 29 seconds", async () => {
    const deployment = await build();
    const { paths } = documentOf(deployment);
    expect(Object.keys(paths)).to.deep.equal(["/api/orders", "/api/orders/{proxy+}", "/api/users", "/health"]);
    const method = paths["/api/orders/{proxy+}"]?.["x-amazon-apigateway-any-method"];
    expect(method?.["x-amazon-apigateway-integration"]).to.deep.equal({
      type: "http_proxy",
      httpMethod: "ANY",
      connectionType: "VPC_LINK",
      connectionId: deployment.one("aws:apigatewayv2/vpcLink:VpcLink").outputs.id,
      integrationTarget: args.origin.loadBalancerArn,
      uri: "https://services.example.com/api/orders/{proxy}",
      passthroughBehavior: "when_no_match",
      timeoutInMillis: 29_000,
      requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
    });
    expect(method?.parameters).to.deep.equal([
      { name: "proxy", in: "path", required: true, schema: { type: "string" } },
    ]);
  });

  it("answers its health check by itself", async () => {
    const { paths } = documentOf(await build());
    const integration = paths["/health"]?.get?.["x-amazon-apigateway-integration"] as {
      readonly type: string;
      readonly responses: { readonly default: unknown };
    };
    expect(integration.type).to.equal("mock");
    expect(integration.responses.default).to.deep.equal({
      statusCode: "200",
      contentHandling: "CONVERT_TO_TEXT",
      responseTemplates: { "application/json": '{"status": "healthy", "timestamp": "$context.requestTime"}' },
    });
  });

  it("puts a firewall before the stage, and lets requests through to the load balancer after it is there", async () => {
    const deployment = await build();
    const association = deployment.one("aws:wafv2/webAclAssociation:WebAclAssociation");
    expect(association.inputs.resourceArn).to.equal(deployment.one("aws:apigateway/stage:Stage").outputs.arn);
    const { dependencies } = deployment.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(dependencies).to.include(association.urn);
    const open = await build({ firewall: "none" });
    expect(kinds(open.resources, /wafv2/)).to.deep.equal([]);
  });

  it("checks tokens of a user pool on the routes that ask for them", async () => {
    const userPoolArn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abcdefghi";
    const orders = { paths: ["/api/orders"], tokens: { scopes: ["orders/read"] } };
    const { paths, components } = documentOf(await build({ userPoolArn, routes: { orders } }));
    expect(paths["/api/orders"]?.["x-amazon-apigateway-any-method"]?.security).to.deep.equal([
      { tokens: ["orders/read"] },
    ]);
    expect(components.securitySchemes.tokens).to.deep.include({
      "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPoolArn] },
    });
    expect(validateApiGateway({ ...args, routes: { orders } }).map(({ path }) => path)).to.deep.equal([
      "routes.orders.tokens",
    ]);
  });

  it("asks a function about each request to the routes that ask for tokens, and answers 401 with its challenge", async () => {
    const routes = {
      orders: {
        paths: ["/api/orders", "/api/orders/*"],
        tokens: { audience: "shop", scopes: ["orders.read"] },
        bodies: { "POST /api/orders/new": { type: "object" } },
      },
      products: { paths: ["/api/products/*"] },
    };
    const entry = join(__dirname, "../../../../infra/functions/token-authorizer/index.ts");
    const deployment = await deploy(
      () => {
        const authorizer = new LambdaFunction("web-authorizer", { placement, description: "Checks", code: { entry } });
        return new ApiGateway("entrance", { ...args, authorizer, routes });
      },
      { existing: standing },
    );
    const functionArn = String(deployment.one("aws:lambda/function:Function").outputs.arn);
    const document = documentOf(deployment);
    expect(document.paths["/api/orders"]?.["x-amazon-apigateway-any-method"]?.security).to.deep.equal([{ tokens: [] }]);
    expect(document.paths["/api/products/{proxy+}"]?.["x-amazon-apigateway-any-method"]?.security).to.deep.equal([]);
    expect(document.components.securitySchemes.tokens).to.deep.include({
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "request",
        authorizerUri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
        identitySource: "method.request.header.Authorization",
        authorizerResultTtlInSeconds: 0,
      },
    });
    const { inputs } = deployment.one("aws:apigateway/restApi:RestApi");
    expect(JSON.parse(String(inputs.body))).to.have.nested.property(
      "x-amazon-apigateway-gateway-responses.ACCESS_DENIED.statusCode",
      401,
    );
    const permission = deployment.one("aws:lambda/permission:Permission");
    expect(permission.inputs.principal).to.equal("apigateway.amazonaws.com");
    expect(deployment.one("aws:apigateway/stage:Stage").dependencies).to.include(permission.urn);
    const rule = { audience: "shop", scopes: ["orders.read"] };
    expect(tokenRules(routes)).to.deep.equal({
      "/api/orders": rule,
      "/api/orders/{proxy+}": rule,
      "/api/orders/new": rule,
    });
  });

  it("is refused with tokens that nobody checks, without an audience, and with two issuers", () => {
    const authorizer = { functionName: "a", functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:a" };
    const userPoolArn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_abcdefghi";
    const orders = { paths: ["/api/orders"], tokens: { scopes: [] } };
    const found = (more: object) =>
      validateApiGateway({ ...args, routes: { orders }, ...more }).map(({ path }) => path);
    expect(found({})).to.deep.equal(["routes.orders.tokens"]);
    expect(found({ authorizer })).to.deep.equal(["routes.orders.tokens.audience"]);
    expect(found({ authorizer, userPoolArn })).to.deep.equal(["authorizer", "routes.orders.tokens.audience"]);
    expect(found({ userPoolArn })).to.deep.equal([]);
  });

  it("limits, logs without bodies, traces", async () => {
    const deployment = await build();
    expect(deployment.one("aws:apigateway/methodSettings:MethodSettings").inputs.settings).to.deep.equal({
      metricsEnabled: true,
      loggingLevel: "INFO",
      dataTraceEnabled: false,
      throttlingRateLimit: 2000,
      throttlingBurstLimit: 5000,
    });
    const { inputs } = deployment.one("aws:apigateway/stage:Stage");
    expect([inputs.stageName, inputs.xrayTracingEnabled]).to.deep.equal(["v1", true]);
    const format = JSON.parse((inputs.accessLogSettings as { format: string }).format) as Record<string, string>;
    expect(Object.values(format).filter((value) => !value.startsWith("$context."))).to.deep.equal([]);
    const groups = deployment.resources
      .filter(({ type, name }) => type.endsWith(":LogGroup") && !name.startsWith("aws-waf-logs-"))
      .map(({ inputs: { kmsKeyId, retentionInDays } }) => [kmsKeyId, retentionInDays]);
    const key = deployment.one("aws:kms/key:Key", "entrance-log-key").outputs.arn;
    expect(groups).to.deep.equal([
      [key, 90],
      [key, 90],
    ]);
  });

  it("lets its link open connections to the load balancer only, and the load balancer take them", async () => {
    const deployment = await build();
    const rules = deployment.resources
      .filter(({ type }) => /SecurityGroup(In|E)gressRule$/.test(type))
      .map(({ inputs: { securityGroupId, referencedSecurityGroupId, fromPort, toPort } }) => [
        securityGroupId,
        referencedSecurityGroupId,
        fromPort,
        toPort,
      ]);
    const link = deployment.one("aws:ec2/securityGroup:SecurityGroup").outputs.id;
    const balancer = args.origin.loadBalancerSecurityGroupId;
    expect(rules).to.deep.equal([
      [link, balancer, 443, 443],
      [balancer, link, 443, 443],
    ]);
  });

  it("deploys anew when a route changes, and not when something else does", async () => {
    const trigger = async (more: Partial<ApiGatewayArgs>) =>
      (await build(more)).one("aws:apigateway/deployment:Deployment").inputs.triggers as { content: string };
    const first = await trigger({});
    const same = { ...args.routes };
    expect(
      await trigger({ routes: { users: same.users ?? { paths: [] }, orders: same.orders ?? { paths: [] } } }),
    ).to.deep.equal(first);
    expect(
      await trigger({
        throttling: { rate: 10, burst: 10 },
        logRetentionInDays: 30,
        alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
      }),
    ).to.deep.equal(first);
    const changed = await Promise.all([
      trigger({ routes: { ...args.routes, users: { paths: ["/api/people"] } } }),
      trigger({ routes: { ...args.routes, users: { paths: ["/api/users"], requiresKey: true } }, clients: ["app"] }),
      trigger({ cors: { origins: ["*"] } }),
      trigger({ origin: { ...args.origin, url: "https://other.example.com" } }),
    ]);
    expect(new Set([first, ...changed].map(({ content }) => content)).size).to.equal(5);
  });

  it("gives clients a key each under one plan", async () => {
    const deployment = await build({
      clients: ["web", "mobile-app"],
      routes: { orders: { paths: ["/api/orders"], requiresKey: true } },
    });
    expect(kinds(deployment.resources, /:ApiKey$/)).to.deep.equal(["entrance-mobile-app", "entrance-web"]);
    expect(kinds(deployment.resources, /:UsagePlanKey$/)).to.deep.equal(["entrance-mobile-app", "entrance-web"]);
    const plan = deployment.one("aws:apigateway/usagePlan:UsagePlan").inputs;
    expect(plan.quotaSettings).to.deep.equal({ limit: 100_000, period: "DAY" });
    expect(plan.throttleSettings).to.deep.equal({ rateLimit: 2000, burstLimit: 5000 });
    const { paths, components } = documentOf(deployment);
    expect(paths["/api/orders"]?.["x-amazon-apigateway-any-method"]?.security).to.deep.equal([{ key: [] }]);
    expect(components.securitySchemes.key).to.deep.equal({ type: "apiKey", in: "header", name: "x-api-key" });
  });

  it("checks the body of the methods that have a schema, and passes the other methods of the path on", async () => {
    const schema = { type: "object", required: ["userId"] };
    const deployment = await build({
      routes: { orders: { paths: ["/api/orders/*"], bodies: { "POST /api/orders/refunds": schema } } },
    });
    const { paths, components } = documentOf(deployment);
    const [[name, model] = ["", undefined]] = Object.entries(components.schemas);
    expect(model).to.deep.equal(schema);
    expect(name).to.match(/^[A-Za-z0-9]+$/);
    expect(paths["/api/orders/refunds"]?.post).to.deep.include({
      "x-amazon-apigateway-request-validator": "bodies",
      requestBody: {
        required: true,
        content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
      },
    });
    expect(Object.keys(paths["/api/orders/refunds"] ?? {})).to.deep.equal(["post", "x-amazon-apigateway-any-method"]);
  });

  it("answers preflights of the origins that it is given", async () => {
    const responseOf = async (origins: readonly string[]) => {
      const { paths } = documentOf(await build({ cors: { origins } }));
      const integration = paths["/api/orders"]?.options?.["x-amazon-apigateway-integration"] as {
        readonly responses: { readonly default: Readonly<Record<string, Readonly<Record<string, string>>>> };
      };
      return integration.responses.default;
    };
    const one = await responseOf(["https://shop.example.com"]);
    expect(one.responseParameters).to.deep.include({
      "method.response.header.Access-Control-Allow-Origin": "'https://shop.example.com'",
      "method.response.header.Access-Control-Max-Age": "'600'",
    });
    const two = await responseOf(["https://a.example.com", "https://b.example.com"]);
    expect(two.responseTemplates?.["application/json"]).to.contain('$origin == "https://b.example.com"');
  });

  it("has one address: its domain's, with TLS 1.2 and up", async () => {
    const domain = { name: "api.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
    const deployment = await build({ domain });
    expect(deployment.one("aws:apigateway/domainName:DomainName").inputs).to.deep.include({
      domainName: "api.example.com",
      securityPolicy: "TLS_1_2",
      endpointConfiguration: { types: "REGIONAL" },
    });
    expect(deployment.one("aws:apigateway/restApi:RestApi").inputs.disableExecuteApiEndpoint).to.equal(true);
    expect(
      deployment.one("aws:route53/record:Record", "api.example.com-Z0123456789ABCDEFGHIJ-alias").inputs.name,
    ).to.equal("api.example.com");
  });

  it("leaves the account's log role when it goes, and leaves it alone when it exists", async () => {
    const made = await build();
    expect(made.resources.filter(({ type }) => /:(Account|Role|RolePolicyAttachment)$/.test(type))).to.have.length(3);
    const left = await build({ accountLogRole: "exists" });
    expect(left.resources.filter(({ type }) => /:(Account|Role|RolePolicyAttachment)$/.test(type))).to.deep.equal([]);
  });

  it("refuses bad arguments, all at once", () => {
    const problems = validateApiGateway({
      ...args,
      origin: { ...args.origin, port: 0 },
      routes: {
        none: { paths: [] },
        middle: { paths: ["/api/*/items"] },
        own: { paths: ["/health"] },
        twice: { paths: ["/api/a", "/api/a"], requiresKey: true },
        body: { paths: ["/api/b"], bodies: { "post /api/b": {}, "POST /api/c": {} } },
      },
      cors: { origins: ["shop.example.com/"], headers: ["a b"], maxAge: -1 },
      throttling: { rate: 0, burst: 6000 },
      clients: [],
      dailyQuota: 0,
      domain: { name: "API.example", hostedZoneId: "Z" },
      logRetentionInDays: 2,
    });
    expect(problems.map(({ path }) => path)).to.deep.equal([
      "routes.none.paths",
      "routes.middle.paths[0]",
      "routes.own.paths[0]",
      "routes.twice.paths[1]",
      'routes.body.bodies["post /api/b"]',
      'routes.body.bodies["POST /api/c"]',
      "cors.origins",
      "cors.headers[0]",
      "cors.maxAge",
      "throttling.rate",
      "throttling.burst",
      "dailyQuota",
      "origin.port",
      "routes.twice.requiresKey",
      "domain.name",
      "logRetentionInDays",
    ]);
  });
});
