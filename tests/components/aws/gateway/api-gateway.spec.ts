import { expect } from "chai";
import { ApiGateway, type ApiGatewayArgs, validateApiGateway } from "../../../../components/aws/gateway";
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
const kinds = (resources: readonly { type: string; name: string }[], pattern: RegExp) =>
  resources
    .filter(({ type }) => pattern.test(type))
    .map(({ name }) => name)
    .sort();

describe("ApiGateway", () => {
  it("has a resource for each part of a path, once", async () => {
    const { resources } = await build();
    expect(kinds(resources, /:Resource$/)).to.deep.equal([
      "entrance/api",
      "entrance/api/orders",
      "entrance/api/orders/*",
      "entrance/api/users",
      "entrance/health",
    ]);
  });

  it("passes every method of a path on to the load balancer, over the link, within 29 seconds", async () => {
    const deployment = await build();
    const { inputs } = deployment.one("aws:apigateway/integration:Integration", "entrance/api/orders/*-ANY");
    expect(inputs).to.deep.include({
      type: "HTTP_PROXY",
      httpMethod: "ANY",
      integrationHttpMethod: "ANY",
      connectionType: "VPC_LINK",
      connectionId: deployment.one("aws:apigatewayv2/vpcLink:VpcLink").outputs.id,
      integrationTarget: args.origin.loadBalancerArn,
      uri: "https://services.example.com/api/orders/{proxy}",
      timeoutMilliseconds: 29_000,
      requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
    });
    const method = deployment.one("aws:apigateway/method:Method", "entrance/api/orders/*-ANY").inputs;
    expect(method.requestParameters).to.deep.equal({ "method.request.path.proxy": true });
  });

  it("answers its health check by itself", async () => {
    const deployment = await build();
    const { inputs } = deployment.one("aws:apigateway/integrationResponse:IntegrationResponse", "entrance/health-mock");
    expect(inputs.statusCode).to.equal("200");
    expect(inputs.responseTemplates).to.deep.equal({
      "application/json": '{"status": "healthy", "timestamp": "$context.requestTime"}',
    });
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
      .filter(({ type }) => type.endsWith(":LogGroup"))
      .map(({ inputs: { kmsKeyId, retentionInDays } }) => [kmsKeyId, retentionInDays]);
    const key = deployment.one("aws:kms/key:Key").outputs.arn;
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
    expect(deployment.one("aws:apigateway/method:Method", "entrance/api/orders-ANY").inputs.apiKeyRequired).to.equal(
      true,
    );
  });

  it("checks the body of the methods that have a schema, and passes the other methods of the path on", async () => {
    const schema = { type: "object", required: ["userId"] };
    const deployment = await build({
      routes: { orders: { paths: ["/api/orders/*"], bodies: { "POST /api/orders/refunds": schema } } },
    });
    const method = deployment.one("aws:apigateway/method:Method", "entrance/api/orders/refunds-POST").inputs;
    const model = deployment.one("aws:apigateway/model:Model");
    expect(JSON.parse(String(model.inputs.schema))).to.deep.include(schema);
    expect(model.inputs.name).to.match(/^[A-Za-z0-9]+$/);
    expect(method.requestModels).to.deep.equal({ "application/json": model.inputs.name });
    expect(method.requestValidatorId).to.equal(
      deployment.one("aws:apigateway/requestValidator:RequestValidator").outputs.id,
    );
    expect(kinds(deployment.resources, /:Method$/)).to.deep.equal([
      "entrance/api/orders/*-ANY",
      "entrance/api/orders/refunds-ANY",
      "entrance/api/orders/refunds-POST",
      "entrance/health-GET",
    ]);
  });

  it("answers preflights of the origins that it is given", async () => {
    const one = await build({ cors: { origins: ["https://shop.example.com"] } });
    const { responseParameters } = one.one(
      "aws:apigateway/integrationResponse:IntegrationResponse",
      "entrance/api/orders-mock",
    ).inputs;
    expect(responseParameters).to.deep.include({
      "method.response.header.Access-Control-Allow-Origin": "'https://shop.example.com'",
      "method.response.header.Access-Control-Max-Age": "'600'",
    });
    const two = await build({ cors: { origins: ["https://a.example.com", "https://b.example.com"] } });
    const { responseTemplates } = two.one(
      "aws:apigateway/integrationResponse:IntegrationResponse",
      "entrance/api/orders-mock",
    ).inputs;
    expect((responseTemplates as Record<string, string>)["application/json"]).to.contain(
      '$origin == "https://b.example.com"',
    );
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
