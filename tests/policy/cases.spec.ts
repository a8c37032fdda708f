// Each rule that one resource breaks, by data: a right resource of each type, and what makes it wrong.
import { expect } from "chai";
import type { Finding, ResourceRule } from "../../policy/rules/rule";
import { type Properties, UNKNOWN } from "../../policy/rules/value";
import { type Case, changed, literal, themes } from "./cases";
import { allRules } from "./packs";

const rules = allRules.filter((rule): rule is ResourceRule => "check" in rule);
const byType = (type: string): readonly ResourceRule[] => rules.filter(({ appliesTo }) => appliesTo.includes(type));

/** The rules that find something, each once. */
function found(type: string, props: Properties): readonly string[] {
  const resource = { type, name: "it", urn: `urn:pulumi:spec::archipelago::${type}::it`, props };
  return byType(type)
    .filter((rule) => {
      const findings: Finding[] = [];
      rule.check(resource, (finding) => findings.push(finding));
      return findings.length > 0;
    })
    .map(({ id }) => id);
}

/** Top-level properties, one after the other not known yet. */
function withUnknown(props: Properties): readonly Properties[] {
  return Object.keys(props).map((name) => ({ ...props, [name]: UNKNOWN }));
}

for (const [theme, cases] of Object.entries(themes)) {
  describe(`policy cases: ${theme}`, () => {
    it("nothing is found in a right resource, nor where any of it is not known yet", () => {
      const wrong = cases.flatMap(({ type, right }: Case) => {
        const props = literal(right);
        return [props, ...withUnknown(props)].flatMap((some) => found(type, some).map((rule) => `${rule} in ${type}`));
      });
      expect([...new Set(wrong)]).to.deep.equal([]);
    });

    it("each change is found", () => {
      const missed = cases.flatMap(({ type, right, wrong }) =>
        wrong
          .filter(([rule, change]) => !found(type, literal(changed(right, change))).includes(rule))
          .map(([rule, change]) => `${rule} in ${type} after ${JSON.stringify(change)}`),
      );
      expect(missed).to.deep.equal([]);
    });

    it("no rule fails on nothing, and on nothing known", () => {
      for (const { type, right } of cases) {
        found(type, {});
        found(type, Object.fromEntries(Object.keys(right).map((name) => [name, UNKNOWN])));
      }
      expect(cases.length).to.be.greaterThan(0);
    });
  });
}

describe("policy cases", () => {
  const all = Object.values(themes).flat();
  it("are 300 or more", () => {
    expect(all.reduce((sum, { wrong }) => sum + wrong.length, 0)).to.be.at.least(300);
  });

  it("name each rule of a table for each type that it judges", () => {
    const named = new Set(all.flatMap(({ type, wrong }) => wrong.map(([rule]) => `${rule} in ${type}`)));
    const tables = rules.filter(isOfTable).flatMap(({ id, appliesTo }) => appliesTo.map((type) => `${id} in ${type}`));
    expect(tables.filter((pair) => !named.has(pair))).to.deep.equal([]);
  });
});

/** Whether a rule stands in a table, and so has no spec of its own. */
function isOfTable(rule: ResourceRule): boolean {
  return "property" in rule || rule.id.includes("-pod-");
}
