import { expect } from "chai";
import { packOf } from "../../policy/rules/adapter";
import type { ResourceRule } from "../../policy/rules/rule";
import { at, UNKNOWN } from "../../policy/rules/value";
import { messages, resource, unknown } from "./support";

const rule: ResourceRule = {
  id: "require-name",
  title: "Things have names",
  description: "A thing has a name.",
  severity: "high",
  controls: ["NIST-800-53 CM-8"],
  remediation: "set name",
  appliesTo: ["test:index:Thing"],
  check(thing, report) {
    const found = at(thing.props, "name");
    if (found !== UNKNOWN && found !== "right") report({ path: "name", found, required: '"right"' });
  },
};

describe("rules under CrossGuard", () => {
  it("are policies that stop the deployment", () => {
    const { enforcementLevel, policies } = packOf("A pack.", [rule]);
    expect(enforcementLevel).to.equal("mandatory");
    const own = [
      "policy-exceptions",
      "disallow-ended-exceptions",
      "disallow-useless-exceptions",
      "list-accepted-exceptions",
      "list-unjudged-values",
    ];
    expect(
      policies
        .filter(({ name }) => !own.includes(name))
        .map((policy) => [policy.name, policy.enforcementLevel, policy.severity, policy.tags]),
    ).to.deep.equal([["require-name", "mandatory", "high", ["NIST-800-53 CM-8"]]]);
  });

  it("say resource, property, value, what is required and what to do", async () => {
    expect(await messages(rule, resource("test:index:Thing", { name: "wrong" }, "first"))).to.deep.equal([
      [
        'first (test:index:Thing): name is "wrong"',
        'required: "right"',
        "to do:    set name",
        "controls: NIST-800-53 CM-8",
      ].join("\n"),
    ]);
  });

  it("never make CrossGuard give up at an unknown value, however deep", async () => {
    const props = { name: "wrong", other: unknown, deep: [{ list: [unknown] }, unknown] };
    expect(await messages(rule, resource("test:index:Thing", props))).to.have.length(1);
    expect(await messages(rule, resource("test:index:Thing", { ...props, name: unknown }))).to.deep.equal([]);
  });
});
