import { expect } from "chai";
import { Firewall, validateFirewall } from "../../../../components/aws/gateway";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const resourceArn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/alb/50dc6c495c0c9188";
const build = (args = {}) =>
  deploy(() => new Firewall("firewall", { placement, resourceArn, ...args }), { existing: standing });

interface RateRule {
  readonly name: string;
  readonly priority: number;
  readonly action?: object;
  readonly statement: { readonly rateBasedStatement?: object };
}

describe("Firewall", () => {
  it("makes an ACL, its association, and an encrypted log", async () => {
    const { resources } = await build();
    expect(resources.map(({ type, name }) => `${type} ${name}`).sort()).to.deep.equal([
      "archipelago:base:EncryptionKey firewall-log",
      "archipelago:gateway:Firewall firewall",
      "aws:cloudwatch/logGroup:LogGroup aws-waf-logs-firewall",
      "aws:kms/alias:Alias firewall-log-alias",
      "aws:kms/key:Key firewall-log-key",
      "aws:wafv2/webAcl:WebAcl firewall-web-acl",
      "aws:wafv2/webAclAssociation:WebAclAssociation firewall-association",
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration firewall-logging",
    ]);
  });

  it("limits each address to the seed's 2000 requests, then asks the managed groups", async () => {
    const deployment = await build();
    const rules = deployment.one("aws:wafv2/webAcl:WebAcl").inputs.rules as { name: string; statement: unknown }[];
    expect(rules.map(({ name, statement }) => [name, statement])).to.deep.equal([
      ["RateLimitRule", { rateBasedStatement: { limit: 2000, aggregateKeyType: "IP" } }],
      [
        "AWSManagedRulesCommonRuleSet",
        { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
      ],
      [
        "AWSManagedRulesKnownBadInputsRuleSet",
        { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesKnownBadInputsRuleSet" } },
      ],
      [
        "AWSManagedRulesSQLiRuleSet",
        { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesSQLiRuleSet" } },
      ],
    ]);
  });

  it("logs to a group of the name that WAF demands, under a key of its own", async () => {
    const deployment = await build();
    const { inputs, outputs } = deployment.one("aws:cloudwatch/logGroup:LogGroup");
    expect(outputs.name).to.match(/^aws-waf-logs-/);
    expect(inputs.kmsKeyId).to.equal(deployment.one("aws:kms/key:Key").outputs.arn);
    expect(inputs.retentionInDays).to.equal(90);
    const logging = deployment.one("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs;
    expect(logging.logDestinationConfigs).to.deep.equal([outputs.arn]);
    expect(logging.redactedFields).to.deep.equal([
      { singleHeader: { name: "authorization" } },
      { singleHeader: { name: "cookie" } },
      { singleHeader: { name: "x-api-key" } },
    ]);
  });

  it("gives routes limits of their own by the minute, and counts everything else as before", async () => {
    const routes = {
      search: { paths: ["/api/*/search"], perMinute: 100 },
      orders: { paths: ["/api/orders", "/api/orders/*"], perMinute: 500 },
    };
    const deployment = await build({ routes, rateLimit: 3000 });
    const rules = deployment.one("aws:wafv2/webAcl:WebAcl").inputs.rules as readonly RateRule[];
    const path = { fieldToMatch: { uriPath: {} }, textTransformations: [{ priority: 0, type: "NONE" }] };
    const exactly = { byteMatchStatement: { ...path, positionalConstraint: "EXACTLY", searchString: "/api/orders" } };
    const below = {
      byteMatchStatement: { ...path, positionalConstraint: "STARTS_WITH", searchString: "/api/orders/" },
    };
    const search = { regexMatchStatement: { ...path, regexString: "^/api/.*/search$" } };
    const everything = { orStatement: { statements: [exactly, below, search] } };
    expect(rules.map(({ name, priority, action }) => [priority, name, action])).to.deep.equal([
      [1, "RateLimit-orders", { block: {} }],
      [2, "RateLimit-search", { block: {} }],
      [3, "RateLimitRule", { block: {} }],
      [4, "AWSManagedRulesCommonRuleSet", undefined],
      [5, "AWSManagedRulesKnownBadInputsRuleSet", undefined],
      [6, "AWSManagedRulesSQLiRuleSet", undefined],
    ]);
    const minute = { aggregateKeyType: "IP", evaluationWindowSec: 60 };
    expect(rules.slice(0, 3).map(({ statement }) => statement.rateBasedStatement)).to.deep.equal([
      { ...minute, limit: 500, scopeDownStatement: { orStatement: { statements: [exactly, below] } } },
      { ...minute, limit: 100, scopeDownStatement: search },
      {
        limit: 3000,
        aggregateKeyType: "IP",
        scopeDownStatement: { notStatement: { statement: everything } },
      },
    ]);
  });

  it("only counts when asked to", async () => {
    const routes = { orders: { paths: ["/api/orders"], perMinute: 500 } };
    const deployment = await build({ routes, countOnly: true });
    const rules = deployment.one("aws:wafv2/webAcl:WebAcl").inputs.rules as Record<string, unknown>[];
    expect(rules.map(({ action, overrideAction }) => action ?? overrideAction)).to.deep.equal(
      rules.map(() => ({ count: {} })),
    );
    expect(rules.filter((rule) => "action" in rule && "overrideAction" in rule)).to.deep.equal([]);
  });

  it("finds the paths of an API behind its stage's name too", async () => {
    const routes = { orders: { paths: ["/api/orders"], perMinute: 500 } };
    const deployment = await build({ routes, stageName: "v1" });
    const text = JSON.stringify(deployment.one("aws:wafv2/webAcl:WebAcl").inputs.rules);
    expect(text).to.contain('"searchString":"/api/orders"').and.to.contain('"searchString":"/v1/api/orders"');
  });

  it("refuses routes that a web ACL could not hold, all at once", () => {
    const route = { paths: ["/a"], perMinute: 10 };
    const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`r${at}`, route]));
    const problems = (routes: Record<string, typeof route>) =>
      validateFirewall({ routes }).map(({ path, value }) => [path, value]);
    expect(problems(named(9))).to.deep.equal([]);
    expect(problems(named(10))).to.deep.equal([["routes", Object.keys(named(10))]]);
    const long = `/*/${"+".repeat(100)}`;
    expect(
      problems({ "a b": route, c: { paths: [], perMinute: 9 }, d: { paths: ["x", "/a#b", long], perMinute: 10 } }),
    ).to.deep.equal([
      ["routes.a b", "a b"],
      ["routes.c.perMinute", 9],
      ["routes.c.paths", []],
      ["routes.d.paths[0]", "x"],
      ["routes.d.paths[1]", "/a#b"],
      ["routes.d.paths[2]", long],
    ]);
  });

  it("refuses a rate that WAF does not take, and a retention that CloudWatch does not", async () => {
    const message = await build({ rateLimit: 1, logRetentionInDays: 8 }).then(
      () => "no error",
      (error: unknown) => String(error),
    );
    expect(message).to.contain('archipelago:gateway:Firewall "firewall": 2 problems; nothing was created.');
    expect(message).to.contain("rateLimit: 1");
    expect(message).to.contain("logRetentionInDays: 8");
  });
});
