// Rules that look for something beside a resource, through CrossGuard's own functions.
import { expect } from "chai";
import type { Rule } from "../../policy/rules/rule";
import { companionCases } from "./cases/companions";
import { allRules } from "./packs";
import { resource, type Subject, unknown } from "./support";
import { judge } from "./support/judge";

function ruleOf(id: string): Rule {
  const rule = allRules.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}

describe("policy: what stands beside a resource", () => {
  it("is missed", async () => {
    for (const { rule, holder, wrong = [] } of companionCases) {
      for (const stack of [[holder], ...wrong]) {
        expect((await judge(ruleOf(rule), stack)).length, `${rule}: ${JSON.stringify(stack)}`).to.equal(1);
      }
    }
  });

  it("is enough where it is there", async () => {
    for (const { rule, right } of companionCases) {
      for (const stack of right) expect(await judge(ruleOf(rule), stack), rule).to.deep.equal([]);
    }
  });

  it("is enough where it is not known yet whose it is", async () => {
    for (const { rule, holder, right } of companionCases) {
      const [stack = []] = right;
      const companion = stack.at(1);
      if (companion?.name !== "beside") continue;
      const before: readonly Subject[] = [
        resource(holder.type, { ...holder.props, id: unknown, arn: unknown }),
        resource(companion.type, { ...companion.props, ...unknownNames(companion) }, "beside"),
      ];
      expect(await judge(ruleOf(rule), before), rule).to.deep.equal([]);
    }
  });
});

/** The property that names the holder, not known yet. */
function unknownNames({ props }: Subject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(props)
      .filter(([, value]) => value === "it-1" || value === "arn:it-1")
      .map(([name]) => [name, unknown]),
  );
}
