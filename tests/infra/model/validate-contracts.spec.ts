import { expect } from "chai";
import { message } from "../../../infra/model/kinds/topic/contract";
import type { EventContract, JsonSchema } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { shop } from "./anti-patterns/shop";

/** What validation says of the shop with another contract of its only event. */
function contracted(contract: EventContract) {
  return validateSystem({ ...shop, topics: { sales: { displayName: "Sales", events: { SOLD: contract } } } });
}

/** Path and value of each problem, below the event. */
function found(schema: JsonSchema): [path: string, value: unknown][] {
  return contracted({ schema }).map(({ path, value }) => [path.replace("topics.sales.events.SOLD.", ""), value]);
}

/** Lists in lists, so many levels of them. */
function nested(levels: number): JsonSchema {
  return levels === 1 ? { type: "string" } : { type: "array", items: nested(levels - 1) };
}

const field = (schema: JsonSchema): JsonSchema => ({ type: "object", properties: { field: schema } });

describe("validation of contracts", () => {
  it("takes what a message can satisfy", () => {
    const schema = message({
      saleId: "uuid",
      "size?": { type: "string", enum: ["S", "M"], minLength: 1, maxLength: 1, pattern: "^[SM]$" },
      "share?": { type: "number", minimum: 0, maximum: 0 },
      "count?": { type: "integer", enum: [1, 2] },
      "gone?": { type: "null", enum: [null] },
      lines: { type: "array", items: { type: "boolean" }, minItems: 1 },
    });
    expect(contracted({ schema, version: "1.1", earlier: { "1.0": message({ saleId: "uuid" }) } })).to.deep.equal([]);
  });

  it("refuses to require what is no property, and names the nearest", () => {
    expect(contracted({ schema: { ...message({ saleId: "uuid" }), required: ["saleID", "x"] } })).to.deep.equal([
      {
        path: "topics.sales.events.SOLD.schema.required[0]",
        value: "saleID",
        allowed: "saleId",
        remedy: 'did you mean "saleId"?',
      },
      {
        path: "topics.sales.events.SOLD.schema.required[1]",
        value: "x",
        allowed: "saleId",
        remedy: "declare the property, or remove the name",
      },
    ]);
  });

  it("refuses keywords that say nothing of the type", () => {
    expect(contracted({ schema: { type: "array", properties: {} } })).to.deep.equal([
      {
        path: "topics.sales.events.SOLD.schema.properties",
        value: {},
        allowed: 'nothing: it is about "object", and this is of type "array"',
        remedy: "correct the type, or remove the keyword",
      },
    ]);
    expect(found({ type: "object", items: { type: "string" } })).to.deep.equal([["schema.items", { type: "string" }]]);
    expect(found(field({ type: "string", minimum: 1, additionalProperties: false, required: [] }))).to.deep.equal([
      ["schema.properties.field.required", []],
      ["schema.properties.field.additionalProperties", false],
      ["schema.properties.field.minimum", 1],
    ]);
    expect(found(field({ type: "integer", format: "uuid", maxLength: 3, minItems: 1 }))).to.deep.equal([
      ["schema.properties.field.minItems", 1],
      ["schema.properties.field.format", "uuid"],
      ["schema.properties.field.maxLength", 3],
    ]);
  });

  it("refuses values that the type has not, that are told twice, and none at all", () => {
    expect(found(field({ type: "integer", enum: [1, 1.5, "2", null] }))).to.deep.equal([
      ["schema.properties.field.enum[1]", 1.5],
      ["schema.properties.field.enum[2]", "2"],
      ["schema.properties.field.enum[3]", null],
    ]);
    expect(found(field({ type: "string", enum: ["S", "S"] }))).to.deep.equal([
      ["schema.properties.field.enum[1]", "S"],
    ]);
    expect(found(field({ type: "string", enum: [] }))).to.deep.equal([["schema.properties.field.enum", []]]);
  });

  it("refuses bounds between which nothing lies, and patterns that are none", () => {
    expect(contracted({ schema: field({ type: "number", minimum: 2, maximum: 1 }) })).to.deep.equal([
      {
        path: "topics.sales.events.SOLD.schema.properties.field.maximum",
        value: 1,
        allowed: "at least minimum, which is 2",
        remedy: "raise the upper bound or lower the lower one: nothing lies between them",
      },
    ]);
    expect(found(field({ type: "string", minLength: 3, maxLength: 2 }))).to.deep.equal([
      ["schema.properties.field.maxLength", 2],
    ]);
    expect(found(field({ type: "string", minLength: -1, pattern: "(" }))).to.deep.equal([
      ["schema.properties.field.minLength", -1],
      ["schema.properties.field.pattern", "("],
    ]);
  });

  it("refuses more than ten levels", () => {
    expect(found(nested(10))).to.deep.equal([]);
    expect(contracted({ schema: nested(11) })).to.deep.equal([
      {
        path: `topics.sales.events.SOLD.schema${".items".repeat(10)}`,
        value: "level 11",
        allowed: "at most 10 levels",
        remedy: "make the message flatter, or split it into several events",
      },
    ]);
  });

  it("looks into earlier versions too, and into what lists hold", () => {
    const past = message({ lines: [{ type: "object", required: ["sku"] }] });
    expect(contracted({ version: "2.0", earlier: { "1.0": past } })).to.deep.equal([
      {
        path: "topics.sales.events.SOLD.earlier.1.0.properties.lines.items.required[0]",
        value: "sku",
        allowed: "nothing: no property is declared",
        remedy: "declare the property, or remove the name",
      },
    ]);
  });
});
