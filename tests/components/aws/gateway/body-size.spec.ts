import { expect } from "chai";
import fc from "fast-check";
import { Firewall, validateFirewall } from "../../../../components/aws/gateway";
import { moreThan } from "../../../../components/aws/gateway/body-size";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
const resourceArn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/alb/50dc6c495c0c9188";

interface Rule {
  readonly name: string;
  readonly statement: Readonly<Record<string, unknown>>;
}

async function rulesOf(largeBodies: Parameters<typeof validateFirewall>[0]["largeBodies"]): Promise<readonly Rule[]> {
  const { one } = await deploy(
    () => new Firewall("firewall", { placement, resourceArn, ...(largeBodies && { largeBodies }) }),
    { existing: standing },
  );
  return one("aws:wafv2/webAcl:WebAcl").inputs.rules as readonly Rule[];
}

describe("bodies of requests", () => {
  it("are blocked by AWS's rule above 8 KiB when no path takes more", async () => {
    const rules = await rulesOf(undefined);
    expect(rules.map(({ name }) => name)).not.to.include("BodySizeElsewhere");
    expect(JSON.stringify(rules)).not.to.contain("SizeRestrictions");
  });

  it("may be larger on the paths that say so, and nowhere else", async () => {
    const rules = await rulesOf({ images: { paths: ["/api/images", "/api/images/*"], maxSize: "10 MiB" } });
    const statementOf = (rule: string) => rules.find(({ name }) => name === rule)?.statement;
    expect(statementOf("AWSManagedRulesCommonRuleSet")).to.deep.equal({
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
      },
    });
    const path = { fieldToMatch: { uriPath: {} }, textTransformations: [{ priority: 0, type: "NONE" }] };
    const paths = {
      orStatement: {
        statements: [
          { byteMatchStatement: { ...path, positionalConstraint: "EXACTLY", searchString: "/api/images" } },
          { byteMatchStatement: { ...path, positionalConstraint: "STARTS_WITH", searchString: "/api/images/" } },
        ],
      },
    };
    expect(statementOf("BodySizeElsewhere")).to.deep.equal({
      andStatement: {
        statements: [
          {
            labelMatchStatement: {
              scope: "LABEL",
              key: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
            },
          },
          { notStatement: { statement: paths } },
        ],
      },
    });
    const [length, where] = (statementOf("BodySize-images")?.andStatement as { readonly statements: unknown[] })
      .statements;
    expect(where).to.deep.equal(paths);
    expect(length).to.have.nested.property("regexMatchStatement.fieldToMatch.singleHeader.name", "content-length");
    expect(length).to.have.nested.property("regexMatchStatement.regexString", moreThan(10 * 1024 ** 2));
  });

  it("are judged after the group that labels them", async () => {
    const rules = await rulesOf({ images: { paths: ["/api/images"], maxSize: "10 MiB" } });
    const order = rules.map(({ name }) => name);
    expect(order.indexOf("BodySizeElsewhere")).to.be.greaterThan(order.indexOf("AWSManagedRulesCommonRuleSet"));
  });

  it("are compared by the number that the header says", () => {
    const number = fc.bigInt(1n, 10n * 1024n ** 3n);
    fc.assert(
      fc.property(number, number, (limit, length) => {
        const matches = new RegExp(moreThan(Number(limit))).test(String(length));
        expect(matches).to.equal(length > limit);
      }),
    );
    for (const limit of [9, 99, 1024, 10_737_418_240]) {
      const pattern = new RegExp(moreThan(limit));
      expect([pattern.test(String(limit)), pattern.test(String(limit + 1))], String(limit)).to.deep.equal([
        false,
        true,
      ]);
      // WAF takes 200 characters.
      expect(moreThan(limit).length).to.be.at.most(200);
    }
  });

  it("are limited to whole MiB, up to 10 GiB", () => {
    const found = (maxSize: "0.5 MiB" | "11 GiB" | "1 MiB") =>
      validateFirewall({ largeBodies: { images: { paths: ["/api/images"], maxSize } } }).map(({ path }) => path);
    expect(found("1 MiB")).to.deep.equal([]);
    for (const maxSize of ["0.5 MiB", "11 GiB"] as const) {
      expect(found(maxSize)).to.deep.equal(["largeBodies.images.maxSize"]);
    }
    const nowhere = validateFirewall({ largeBodies: { images: { paths: [], maxSize: "1 MiB" } } });
    expect(nowhere.map(({ path }) => path)).to.deep.equal(["largeBodies.images.paths"]);
  });
});
