import { expect } from "chai";
import { at, each, hasUnknown, isMissing, parsed, shown, textOf, UNKNOWN, type Value } from "../../policy/rules/value";

describe("values of properties", () => {
  const props: Value = { rules: [{ ports: [80, UNKNOWN] }, UNKNOWN, {}], later: UNKNOWN, name: "orders" };

  it("are read by path, and are unknown where something on the way is", () => {
    expect(at(props, "rules[0].ports[0]")).to.equal(80);
    expect(at(props, "rules[0].ports[1]")).to.equal(UNKNOWN);
    expect(at(props, "rules[1].ports[0]")).to.equal(UNKNOWN);
    expect(at(props, "later.on.more")).to.equal(UNKNOWN);
    expect(at(props, "rules[2].ports[0]")).to.equal(undefined);
    expect(at(props, "name.length")).to.equal(undefined);
  });

  it("are listed with their own paths", () => {
    expect(each(props, "rules[*].ports[*]")).to.deep.equal([
      { path: "rules[0].ports[0]", value: 80 },
      { path: "rules[0].ports[1]", value: UNKNOWN },
      { path: "rules[1]", value: UNKNOWN },
    ]);
    expect(each(props, "later[*].port")).to.deep.equal([{ path: "later", value: UNKNOWN }]);
    expect(each(props, "absent[*].port")).to.deep.equal([]);
    expect(each(props, "name")).to.deep.equal([{ path: "name", value: "orders" }]);
  });

  it("are missing when nothing was given, and never when unknown", () => {
    const missing: readonly Value[] = [undefined, null, "", []];
    const given: readonly Value[] = [UNKNOWN, false, 0, {}, [UNKNOWN]];
    const unknown: readonly Value[] = [props, [[props]], UNKNOWN];
    expect(missing.filter((value) => !isMissing(value))).to.deep.equal([]);
    expect(given.filter(isMissing)).to.deep.equal([]);
    expect(unknown.filter((value) => !hasUnknown(value))).to.deep.equal([]);
    expect(hasUnknown({ name: ["orders", undefined] })).to.equal(false);
  });

  it("are parsed where they are JSON", () => {
    expect(parsed('{"Version":"2012-10-17"}')).to.deep.equal({ Version: "2012-10-17" });
    expect(parsed("no JSON")).to.equal(undefined);
    expect(parsed(UNKNOWN)).to.equal(UNKNOWN);
  });

  it("are shown short and without what is not known", () => {
    const values: readonly Value[] = [UNKNOWN, undefined, "", ["a", UNKNOWN], "x".repeat(300)];
    expect(values.map(shown)).to.deep.equal([
      "not known yet",
      "not set",
      "not set",
      '["a","(not known yet)"]',
      `"${"x".repeat(196)}…`,
    ]);
    const plain: readonly Value[] = ["a", 1, true, undefined, ["a"], UNKNOWN];
    expect(plain.map(textOf)).to.deep.equal(["a", "1", "true", "", "", ""]);
  });
});
