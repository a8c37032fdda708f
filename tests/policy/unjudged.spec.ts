import { expect } from "chai";
import type { Resource } from "../../policy/rules/rule";
import { Unjudged } from "../../policy/rules/unjudged";
import { at, each, UNKNOWN } from "../../policy/rules/value";

const thing: Resource = {
  type: "test:index:Thing",
  name: "it",
  urn: "urn:it",
  props: { name: "it", key: UNKNOWN, unread: UNKNOWN, deep: { list: [{ port: 1 }, { port: UNKNOWN }] } },
};

describe("policy: what is not judged yet", () => {
  it("names each unknown value that a rule read, once, with every rule that read it", () => {
    const unjudged = new Unjudged();
    for (const rule of ["require-b", "require-a", "require-b"]) {
      const { props } = unjudged.watched(rule, thing);
      expect(at(props, "key")).to.equal(UNKNOWN);
    }
    const { props } = unjudged.watched("require-c", thing);
    expect(each(props, "deep.list[*].port").map(({ value }) => value)).to.deep.equal([1, UNKNOWN]);
    expect(unjudged.lines().map(({ text }) => text)).to.deep.equal([
      "deep.list[1].port of it (test:index:Thing) is not known yet: require-c",
      "key of it (test:index:Thing) is not known yet: require-a, require-b",
    ]);
  });

  it("gives a resource of which everything is known to the rule as it is", () => {
    const known = { ...thing, props: { name: "it" } };
    expect(new Unjudged().watched("require-a", known)).to.equal(known);
  });
});
