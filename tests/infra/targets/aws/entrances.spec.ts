// Entrances as they are built: the only way in, with a firewall before it, and deployed exactly when the API changes.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import type { Entrance, System } from "../../../../infra/model/system";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { allRules } from "../../../policy/packs";
import { judge } from "../../../policy/support/judge";
import { awsPlanOf as planOf } from "../../support/aws";
import { runOf } from "../../support/run";

const [entrance] = Object.values(ecommerce.entrances ?? {});
if (entrance === undefined) throw new Error("the shop has no entrance");
const own: Entrance = entrance;

async function built(entrances: Readonly<Record<string, Entrance>>, changes: Readonly<Record<string, unknown>> = {}) {
  const system: System = { ...ecommerce, entrances };
  return deploy(() => buildOnEcs(planOf(runOf("prod", changes), { systems: { ecommerce: system }, environments })));
}
type Built = Awaited<ReturnType<typeof built>>;

/** Resources that differ, are new or are gone. */
function changed(before: Built, after: Built): string[] {
  const texts = ({ resources }: Built) =>
    new Map(
      resources.map(({ urn, type, name, inputs }) => [urn, [`${name} ${type}`, JSON.stringify(inputs)] as const]),
    );
  const [old, now] = [texts(before), texts(after)];
  const urns = [...new Set([...old.keys(), ...now.keys()])];
  return urns.flatMap((urn) => {
    const [one, other] = [old.get(urn), now.get(urn)];
    return one?.[1] === other?.[1] ? [] : [one?.[0] ?? other?.[0] ?? urn];
  });
}

describe("entrances on AWS", function () {
  this.timeout(120_000);

  it("say of each operation who may call it, as the packs require", async () => {
    const deployment = await built({ web: own });
    const apis = deployment.resources.filter(({ type }) => type === "aws:apigateway/restApi:RestApi");
    const rule = allRules.find(({ id }) => id === "require-api-method-authorization");
    if (rule === undefined) throw new Error("the rule is gone");
    const found = (replaced: (body: string) => string) =>
      judge(
        rule,
        apis.map(({ type, name, inputs }) => ({
          ...{ type, name },
          props: { ...inputs, body: replaced(String(inputs.body)) },
        })),
      );
    expect(await found((body) => body)).to.deep.equal([]);
    expect(await found((body) => body.replaceAll('"security":[],', ""))).to.have.length.greaterThan(1);
  });

  it("are the only way to the load balancer, which stays internal", async () => {
    const deployment = await built({ web: own, mobile: { routes: { order: {} } } });
    expect(deployment.one("aws:lb/loadBalancer:LoadBalancer").inputs.internal).to.equal(true);
    const [balancer] = deployment.resources.filter(
      ({ type, name }) => type === "aws:ec2/securityGroup:SecurityGroup" && name === "cluster-alb",
    );
    const ingress = deployment.resources.filter(
      ({ type, inputs }) =>
        type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" &&
        inputs.securityGroupId === balancer?.outputs.id,
    );
    expect(ingress.map(({ name }) => name).sort()).to.deep.equal([
      "mobile-entrance-alb-from-link",
      "web-entrance-alb-from-link",
    ]);
    expect(ingress.flatMap(({ inputs }) => [inputs.cidrIpv4, inputs.cidrIpv6, inputs.prefixListId])).to.deep.equal(
      Array.from({ length: 6 }, () => undefined),
    );
    const associations = deployment.resources.filter(({ type }) => type.endsWith(":WebAclAssociation"));
    const stages = deployment.resources.filter(({ type }) => type === "aws:apigateway/stage:Stage");
    expect(associations.map(({ inputs }) => inputs.resourceArn).sort()).to.deep.equal(
      stages.map(({ outputs }) => outputs.arn).sort(),
    );
    expect(stages).to.have.length(2);
  });

  it("deploy one stage when one route changes or goes, and none when nothing changes", async () => {
    const mobile: Entrance = { routes: { order: {}, user: {} } };
    const before = await built({ web: own, mobile });
    // In process, random values are others in each run: final snapshots, a generated secret.
    const random = new Set(changed(before, await built({ web: own, mobile })));
    expect([...random].filter((each) => /entrance|cluster-alb|apigateway|wafv2/.test(each))).to.deep.equal([]);
    const changes = (after: Built) => changed(before, after).filter((each) => !random.has(each));
    const stage = [
      "mobile-entrance aws:apigateway/restApi:RestApi",
      "mobile-entrance aws:apigateway/deployment:Deployment",
    ];
    const without = await built({ web: own, mobile: { routes: { order: {} } } });
    expect(changes(without)).to.have.members(stage);
    const body = String(without.one("aws:apigateway/restApi:RestApi", "mobile-entrance").inputs.body);
    expect(body).to.contain("/api/orders").and.not.to.contain("/api/users");
    const keyed: Entrance = { routes: { order: { paths: ["/api/orders"] }, user: {} } };
    expect(changes(await built({ web: own, mobile: keyed }))).to.have.members(stage);
  });

  it("count requests of clients by service at the stage", async () => {
    const order = ecommerce.services.order;
    if (order.exposes === undefined) throw new Error("order is not exposed");
    const limited = { ...order, exposes: { ...order.exposes, rateLimit: { perMinute: 500 } } };
    const system: System = { ...ecommerce, services: { ...ecommerce.services, order: limited } };
    const deployment = await deploy(() =>
      buildOnEcs(planOf(runOf("prod"), { systems: { ecommerce: system }, environments })),
    );
    const rules = deployment.one("aws:wafv2/webAcl:WebAcl").inputs.rules as readonly {
      readonly name: string;
      readonly statement: {
        readonly rateBasedStatement?: { readonly limit: number; readonly aggregateKeyType: string };
      };
    }[];
    const rule = rules.find(({ name }) => name === "RateLimit-order");
    expect(rule?.statement.rateBasedStatement).to.deep.include({ limit: 500, aggregateKeyType: "IP" });
  });

  it("of kind http are HTTP APIs whose routes check tokens", async () => {
    const identity = {
      issuer: "https://id.example.com",
      jwksEndpoint: "https://id.example.com/keys",
      audience: "shop",
    };
    const mobile: Entrance = {
      kind: "http",
      routes: { order: { authentication: { jwt: { scopes: ["orders/read"] } } } },
    };
    const deployment = await built({ web: own, mobile }, { identity });
    const routes = deployment.resources.filter(({ type }) => type === "aws:apigatewayv2/route:Route");
    expect(routes.map(({ inputs }) => [inputs.authorizationType, inputs.authorizationScopes])).to.deep.equal([
      ["JWT", ["orders/read"]],
      ["JWT", ["orders/read"]],
    ]);
    expect(deployment.one("aws:apigatewayv2/authorizer:Authorizer").inputs.jwtConfiguration).to.deep.equal({
      issuer: identity.issuer,
      audiences: ["shop"],
    });
  });

  it("of kind rest check tokens of the stack's issuer by a function with the rules of their routes", async () => {
    const identity = { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/keys" };
    const jwt = { audience: "shop", scopes: ["orders.read"] };
    const deployment = await built(
      {
        web: { routes: { order: { paths: ["/api/orders/*"], authentication: { jwt } } } },
        mobile: { routes: { order: {} } },
      },
      { identity },
    );
    const functions = deployment.ofType("aws:lambda/function:Function");
    const authorizers = functions.filter(({ name }) => name.endsWith("-authorizer"));
    expect(authorizers.map(({ name }) => name)).to.deep.equal(["web-authorizer"]);
    const group = deployment.one("aws:cloudwatch/compositeAlarm:CompositeAlarm", "front-door-failing");
    const alarms = deployment
      .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(({ name }) => name.startsWith("web-authorizer-"));
    expect(alarms).to.not.deep.equal([]);
    for (const { outputs } of alarms) expect(group.inputs.alarmRule).to.contain(`ALARM("${String(outputs.name)}")`);
    expect(authorizers.map(({ inputs }) => inputs.environment)).to.deep.equal([
      {
        variables: {
          TOKEN_ISSUER: identity.issuer,
          JWKS_ENDPOINT: identity.jwksEndpoint,
          AUDIENCE_CLAIM: "aud",
          ROUTE_RULES: JSON.stringify({ "/api/orders/{proxy+}": jwt }),
        },
      },
    ]);
  });
});
