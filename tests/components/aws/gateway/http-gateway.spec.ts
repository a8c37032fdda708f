import { expect } from "chai";
import { HttpGateway, type HttpGatewayArgs, validateHttpGateway } from "../../../../components/aws/gateway";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const args: HttpGatewayArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] },
  origin: {
    listenerArn:
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/alb/50dc6c495c0c9188/f2f7dc8efc522ab2",
    loadBalancerSecurityGroupId: "sg-alb",
    serverName: "services.example.com",
    port: 443,
  },
  issuer: "https://id.example.com",
  routes: {
    orders: { paths: ["/api/orders", "/api/orders/*"], tokens: { audience: "shop", scopes: ["orders/read"] } },
    staff: { paths: ["/api/staff"], tokens: { audience: "staff" } },
    catalogue: { paths: ["/api/products"] },
  },
};
const build = (more: Partial<HttpGatewayArgs> = {}) =>
  deploy(() => new HttpGateway("mobile", { ...args, ...more }), { existing: standing });

describe("HttpGateway", () => {
  it("checks tokens of the issuer by audience and scope, and nothing on a route without tokens", async () => {
    const deployment = await build();
    const authorizers = deployment.resources.filter(({ type }) => type === "aws:apigatewayv2/authorizer:Authorizer");
    expect(authorizers.map(({ inputs }) => inputs.jwtConfiguration)).to.deep.equal([
      { issuer: "https://id.example.com", audiences: ["shop"] },
      { issuer: "https://id.example.com", audiences: ["staff"] },
    ]);
    const routes = deployment.resources
      .filter(({ type }) => type === "aws:apigatewayv2/route:Route")
      .map(({ inputs: { routeKey, authorizationType, authorizationScopes, authorizerId } }) => [
        routeKey,
        authorizationType,
        authorizers.findIndex(({ outputs }) => outputs.id === authorizerId),
        authorizationScopes,
      ]);
    expect(routes).to.have.deep.members([
      ["ANY /api/orders", "JWT", 0, ["orders/read"]],
      ["ANY /api/orders/{proxy+}", "JWT", 0, ["orders/read"]],
      ["ANY /api/staff", "JWT", 1, undefined],
      ["ANY /api/products", "NONE", -1, undefined],
    ]);
  });

  it("reaches the load balancer over its link, with the name on the certificate verified", async () => {
    const deployment = await build();
    expect(deployment.one("aws:apigatewayv2/integration:Integration").inputs).to.deep.include({
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: args.origin.listenerArn,
      connectionType: "VPC_LINK",
      connectionId: deployment.one("aws:apigatewayv2/vpcLink:VpcLink").outputs.id,
      tlsConfig: { serverNameToVerify: "services.example.com" },
    });
    const rules = deployment.resources
      .filter(({ type }) => /SecurityGroup(In|E)gressRule$/.test(type))
      .map(({ inputs: { securityGroupId, referencedSecurityGroupId } }) => [
        securityGroupId,
        referencedSecurityGroupId,
      ]);
    const link = deployment.one("aws:ec2/securityGroup:SecurityGroup").outputs.id;
    expect(rules).to.deep.equal([
      [link, "sg-alb"],
      ["sg-alb", link],
    ]);
  });

  it("lets API Gateway deploy its stage, limits, and logs without headers and bodies", async () => {
    const { inputs } = (await build()).one("aws:apigatewayv2/stage:Stage");
    expect(inputs).to.deep.include({
      name: "$default",
      autoDeploy: true,
      defaultRouteSettings: { detailedMetricsEnabled: true, throttlingRateLimit: 2000, throttlingBurstLimit: 5000 },
    });
    const format = JSON.parse((inputs.accessLogSettings as { format: string }).format) as Record<string, string>;
    expect(Object.values(format).filter((value) => !value.startsWith("$context."))).to.deep.equal([]);
  });

  it("has one address: its domain's, with TLS 1.2 and up", async () => {
    const deployment = await build({ domain: { name: "mobile.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" } });
    expect(deployment.one("aws:apigateway/domainName:DomainName").inputs).to.deep.include({
      domainName: "mobile.example.com",
      endpointConfiguration: { types: "REGIONAL" },
      securityPolicy: "TLS_1_2",
    });
    expect(deployment.one("aws:apigatewayv2/api:Api").inputs.disableExecuteApiEndpoint).to.equal(true);
  });

  it("refuses bad arguments, all at once", () => {
    const { issuer: _, ...without } = args;
    const problems = validateHttpGateway({
      ...without,
      origin: { ...args.origin, port: 0 },
      routes: { none: { paths: [] }, orders: { paths: ["/api/*/orders"], tokens: { audience: "" } } },
      cors: { origins: ["shop.example.com/"] },
      throttling: { rate: 0, burst: 6000 },
      domain: { name: "API.example", hostedZoneId: "Z" },
      logRetentionInDays: 2,
    });
    expect(problems.map(({ path }) => path)).to.deep.equal([
      "routes.none.paths",
      "routes.orders.paths[0]",
      "cors.origins",
      "throttling.rate",
      "throttling.burst",
      "origin.port",
      "routes.orders.tokens",
      "routes.orders.tokens.audience",
      "domain.name",
      "logRetentionInDays",
    ]);
  });
});
