import { expect } from "chai";
import { checkProperties } from "../../../offline/providers/core/check";
import { documentedRange, documentedValues } from "../../../offline/providers/schema/documented";
import { limitsOf, type Says } from "../../../offline/providers/schema/limits";
import { Sdk } from "../../../offline/providers/schema/sdk";
import type { Properties, Property } from "../../../offline/providers/schema/shape";

const sdk = new Sdk("aws");
const says: Says = { kubernetes: false, enumeration: () => undefined };
const property = (kind: "string" | "number", doc: string): Property => {
  const bare = { shape: { kind }, optional: true, doc };
  const limits = limitsOf(bare, says);
  return limits ? { ...bare, limits } : bare;
};
const declared: Properties = new Map([
  ["mode", property("string", "The mode. Valid values: `Active`, `PassThrough`.")],
  ["seconds", property("number", "Must be between 0 and 43200.")],
]);

describe("documented values", () => {
  it("refuse a value outside a whole list or range, with what is allowed", () => {
    expect(checkProperties(sdk, { mode: "active", seconds: 43201 }, declared)).to.deep.equal([
      { property: "mode", reason: '"active" is not one of "Active", "PassThrough"; did you mean "Active"?' },
      { property: "seconds", reason: "43201 is not between 0 and 43200" },
    ]);
  });

  it("let allowed values pass", () => {
    expect(checkProperties(sdk, { mode: "Active", seconds: 43200 }, declared)).to.deep.equal([]);
  });

  it("are read only from lists that are whole", () => {
    expect(documentedValues("Valid values: `A`, `B`. Defaults to `C`.")).to.equal(undefined);
    expect(documentedValues("Valid values are `A` and `B`, such as these.")).to.equal(undefined);
    expect(documentedValues('Possible enum values: - `"A"` is a - `"B"` is b')).to.deep.equal(["A", "B"]);
    expect(documentedRange("Must be between 1 and 5 for x. Must be between 2 and 9.")).to.equal(undefined);
  });
});
