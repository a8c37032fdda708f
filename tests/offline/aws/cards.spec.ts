import { expect } from "chai";
import { cards, ruleOfType } from "../../../offline/aws/cards";
import { sdkOf } from "../../../offline/providers/packages";
import { declares } from "./constraints/declared";

const sdk = sdkOf("aws");
const types = Object.keys(cards);
/** Paths of a card that the SDK does not declare, each with its type and the part of the card. */
function undeclared(part: string, pathsOf: (type: string) => readonly string[]): readonly string[] {
  return types.flatMap((type) =>
    pathsOf(type)
      .filter((path) => !declares(type, path))
      .map((path) => `${type} ${part} ${path}`),
  );
}
const outputsOf = (type: string): ReadonlySet<string> => new Set(sdk.resource(type)?.outputs.keys());

describe("cards of AWS's types", () => {
  it("are of types that the SDK declares", () => {
    expect(types).to.have.length.above(100);
    expect(types.filter((type) => sdk.resource(type) === undefined)).to.deep.equal([]);
  });

  it("name inputs that the SDK declares", () => {
    const strings = (value: string | false | undefined): readonly string[] =>
      typeof value === "string" ? [value] : [];
    expect([
      ...undeclared("replaces", (type) => {
        const { replaces = [] } = ruleOfType(type) ?? {};
        return replaces === "all" ? [] : replaces.map((path) => path.replace(/#$/, ""));
      }),
      ...undeclared("replacesWhen", (type) => Object.keys(cards[type]?.replacesWhen ?? {})),
      ...undeclared("references", (type) => Object.keys(cards[type]?.references ?? {})),
      ...undeclared("policies", (type) => Object.keys(cards[type]?.policies ?? {})),
      ...undeclared("roles", (type) => Object.keys(cards[type]?.roles ?? {})),
      ...undeclared("unique", (type) => strings(cards[type]?.unique)),
      ...undeclared("uniqueWithin", (type) => cards[type]?.uniqueWithin ?? []),
      ...undeclared("recordedWithin", (type) => cards[type]?.recordedWithin ?? []),
      ...undeclared("protectedBy", (type) => strings(cards[type]?.protectedBy)),
      ...undeclared("forcedBy", (type) => strings(cards[type]?.forcedBy)),
      ...undeclared("drift", (type) => {
        const { drift } = cards[type] ?? {};
        return drift === undefined || drift === "deleted" ? [] : Object.keys(drift);
      }),
    ]).to.deep.equal([]);
  });

  it("name outputs that the SDK declares", () => {
    const missing = types.flatMap((type) => {
      const { computed = {}, defaults = {}, advances = [] } = cards[type] ?? {};
      const declared = outputsOf(type);
      return [...Object.keys(computed), ...Object.keys(defaults), ...advances]
        .filter((property) => property !== "id" && !declared.has(property))
        .map((property) => `${type} ${property}`);
    });
    expect(missing).to.deep.equal([]);
  });
});
