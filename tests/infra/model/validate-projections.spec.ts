import { expect } from "chai";
import type { Projection, Service, Table } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { shop, shopWith } from "./anti-patterns/shop";

/** What validation says of the shop when its stock keeps copies. */
function copying(projects: Readonly<Record<string, Projection>>, changes: Partial<Service> = {}) {
  const system = shopWith({ stock: { projects, ...changes } });
  return validateSystem({
    ...system,
    topics: { ...shop.topics, moves: { displayName: "Moves", events: { MOVED: {} } } },
  });
}

const from = { sales: ["SOLD"] };

describe("validation of projections", () => {
  it("takes copies of another context's entities from its events", () => {
    expect(copying({ Sale: { from } })).to.deep.equal([]);
    expect(copying({ Sale: { from: { sales: "all" }, staleness: "1m" } })).to.deep.equal([]);
  });

  it("refuses entities that no other context owns", () => {
    expect(copying({ Sail: { from } })).to.deep.equal([
      { path: "services.stock.projects.Sail", value: "Sail", allowed: "Sale", remedy: 'did you mean "Sale"?' },
    ]);
    expect(copying({ Shelf: { from } })).to.deep.equal([
      {
        path: "services.stock.projects.Shelf",
        value: "Shelf",
        allowed: "an entity of another context; Storage owns this one itself",
        remedy: "remove it: read it where it is kept",
      },
    ]);
  });

  it("refuses events that the owner does not publish", () => {
    const refused = (type: string, topic: string, by: string) => ({
      path: `services.stock.projects.Sale.from.${topic}`,
      value: type,
      allowed: `events that Sales publishes: it owns Sale; ${type} is published by ${by}`,
      remedy: "name events of the owner, or let a service of the owner publish this one",
    });
    expect(copying({ Sale: { from: { ...from, moves: "all" } } })).to.deep.equal([refused("MOVED", "moves", "nobody")]);
    const publishes = { moves: ["MOVED"] };
    expect(copying({ Sale: { from: { moves: ["MOVED"] } } }, { publishes })).to.deep.equal([
      refused("MOVED", "moves", "Storage"),
    ]);
    const both = { publishes: { sales: ["SOLD"] } };
    expect(copying({ Sale: { from } }, both)).to.deep.equal([]);
  });

  it("refuses topics and events that are not there once, and copies from nothing", () => {
    expect(
      copying({ Sale: { from: { sale: "all", sales: ["SOLT"] } } }).map(({ path, value }) => [path, value]),
    ).to.deep.equal([
      ["services.stock.projects.Sale.from.sale", "sale"],
      ["services.stock.projects.Sale.from.sales", "SOLT"],
    ]);
    expect(copying({ Sale: { from: {} } }).map(({ path, value }) => [path, value])).to.deep.equal([
      ["services.stock.projects.Sale", "stock-sale-projection"],
    ]);
  });

  it("refuses a table that can't hold copies", () => {
    const refused = (table: Table) =>
      copying({ Sale: { from, table: "sales-copy" } }, { owns: { tables: { "sales-copy": table } } }).map(
        ({ path, value }) => [path, value],
      );
    expect(refused({ partitionKey: "id" })).to.deep.equal([]);
    expect(refused({ partitionKey: { name: "id", type: "text" } })).to.deep.equal([]);
    const wrong: Table[] = [
      { partitionKey: "saleId" },
      { partitionKey: { name: "id", type: "number" } },
      { partitionKey: "id", sortKey: "at" },
      { partitionKey: "id", access: "appends" },
      { partitionKey: "id", expiresBy: "until" },
    ];
    for (const table of wrong)
      expect(refused(table)).to.deep.equal([["services.stock.projects.Sale.table", "sales-copy"]]);
    expect(copying({ Sale: { from, table: "sails" } })).to.deep.equal([
      {
        path: "services.stock.projects.Sale.table",
        value: "sails",
        allowed: "nothing: no table of its own service is declared",
        remedy: "declare the table of its own service, or remove the name",
      },
    ]);
  });

  it("refuses a queue of somebody else with the name of a copy's", () => {
    const consumes = { "stock-sale-projection": { from } };
    expect(copying({ Sale: { from } }, { consumes })).to.deep.equal([
      {
        path: "services.stock.projects.Sale",
        value: "stock-sale-projection",
        allowed: "what nothing else of it has; stock has it",
        remedy: "rename the other queue: this one is called after the service and the entity",
      },
    ]);
    const system = shopWith({ stock: { projects: { Sale: { from } } }, till: { consumes } });
    expect(validateSystem(system).map(({ path, value }) => [path, value])).to.deep.equal([
      ["services.stock.projects.Sale", "stock-sale-projection"],
    ]);
  });

  it("refuses copies that nobody could call fresh or stale", () => {
    for (const staleness of ["59s", "25h"] as const) {
      expect(copying({ Sale: { from, staleness } }).map(({ path, value }) => [path, value])).to.deep.equal([
        ["services.stock.projects.Sale.staleness", staleness],
      ]);
    }
  });
});
