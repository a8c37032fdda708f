import { expect } from "chai";
import type { Context, Relation } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { shop, shopWith, stock, till } from "./anti-patterns/shop";

/** What validation says of the shop when Sales says how it stands to others. */
function related(
  relations: Readonly<Record<string, Relation>>,
  services = shop.services,
  other: Partial<Context> = {},
) {
  const { Sales, Storage } = shop.contexts;
  const contexts = {
    Sales: { description: "", entities: [], ...Sales, relations },
    Storage: { description: "", entities: [], ...Storage, ...other },
  };
  return validateSystem({ ...shop, contexts, services });
}

describe("validation of contexts", () => {
  it("takes relations to contexts that are there", () => {
    for (const relation of ["customer-supplier", "partnership", "conformist", "anticorruption-layer"] as const) {
      expect(related({ Storage: relation })).to.deep.equal([]);
    }
  });

  it("refuses a context that owns nothing", () => {
    expect(related({}, shop.services, { entities: [] })).to.deep.equal([
      {
        path: "contexts.Storage.entities",
        value: [],
        allowed: "at least one entity",
        remedy: "name what the context owns",
      },
    ]);
  });

  it("refuses relations to what is not there, and to itself", () => {
    expect(related({ Storrage: "partnership", Sales: "partnership" })).to.deep.equal([
      {
        path: "contexts.Sales.relations.Storrage",
        value: "Storrage",
        allowed: "Storage",
        remedy: 'did you mean "Storage"?',
      },
      {
        path: "contexts.Sales.relations.Sales",
        value: "Sales",
        allowed: "another context",
        remedy: "remove it: a context is itself",
      },
    ]);
  });

  it("refuses separate ways where edges lead, in either direction", () => {
    const refused = (edges: string) => [
      {
        path: "contexts.Sales.relations.Storage",
        value: "separate-ways",
        allowed: `a relation that allows edges between Sales and Storage: ${edges}`,
        remedy: "remove the edges, or say how the two contexts stand to each other",
      },
    ];
    // The till calls the stock, and the stock hears of sales.
    expect(related({ Storage: "separate-ways" })).to.deep.equal(refused("till → Storage, stock → Sales"));
    const alone = { ...till, calls: {} };
    expect(related({ Storage: "separate-ways" }, { till: alone, stock })).to.deep.equal(refused("stock → Sales"));
    const deaf = { ...stock, consumes: {} };
    expect(related({ Storage: "separate-ways" }, { till, stock: deaf })).to.deep.equal(refused("till → Storage"));
    expect(related({ Storage: "separate-ways" }, { till: alone, stock: deaf })).to.deep.equal([]);
  });

  it("refuses opening the store of a service that is not there, or its own", () => {
    const reaching = shopWith({ till: { reachesInto: { stok: {}, till: {} } } });
    expect(validateSystem(reaching)).to.deep.equal([
      {
        path: "services.till.reachesInto.stok",
        value: "stok",
        allowed: "till, stock",
        remedy: 'did you mean "stock"?',
      },
      {
        path: "services.till.reachesInto.till",
        value: "till",
        allowed: "another service",
        remedy: "remove it: its own store is open to it",
      },
    ]);
    expect(validateSystem(shopWith({ till: { reachesInto: { stock: {} } } }))).to.deep.equal([]);
  });
});
