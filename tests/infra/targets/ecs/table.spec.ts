// A table from its description to what is built of it.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { derive } from "../../../../infra/model/derive";
import type { System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { rightsOf } from "../../../support/least-privilege";
import { shopWith } from "../../model/anti-patterns/shop";
import { settingsFor } from "../../support/systems";

const tables = {
  carts: { partitionKey: "cartId", expiresBy: "endsAt" },
  sales: { partitionKey: "saleId", access: "appends", indexes: { "by-day": { partitionKey: "day" } } },
  audit: { partitionKey: "id", access: "none" },
} as const;
const identity = { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/j", audience: "shop" };

async function built(system: System, environment: "dev" | "prod" = "dev"): Promise<readonly Registered[]> {
  const plan = derive(system, environments[environment], { ...settingsFor(system, environment), identity });
  return (await deploy(() => buildOnEcs(plan), { region: "eu-central-1" })).resources;
}
const one = (resources: readonly Registered[], name: string): Registered["inputs"] =>
  resources.find((resource) => resource.name === name)?.inputs ?? {};

describe("a table of a service", function () {
  this.timeout(60_000);
  const system = shopWith({ till: { owns: { tables } } });

  it("is accepted, and built with the environment's protection", async () => {
    expect(validateSystem(system)).to.deep.equal([]);
    for (const environment of ["dev", "prod"] as const) {
      const { deletionProtectionEnabled, hashKey } = one(await built(system, environment), "till-carts-table");
      expect([hashKey, deletionProtectionEnabled]).to.deep.equal(["cartId", environment === "prod"]);
    }
  });

  it("gives the service exactly what `access` says, the tables' names and the way to DynamoDB", async () => {
    const resources = await built(system);
    const rights = (await rightsOf(resources))["till-task"] ?? [];
    const items = rights.filter((line) => line.startsWith("dynamodb:"));
    expect(
      items.filter((line) => line.endsWith("till-carts-table")).map((line) => line.split(" ")[0]),
    ).to.include.members(["dynamodb:GetItem", "dynamodb:Query", "dynamodb:DeleteItem"]);
    expect(items.filter((line) => line.includes("till-sales-table"))).to.deep.equal(
      ["ConditionCheckItem", "DescribeTable", "PutItem"].map((action) => `dynamodb:${action} table till-sales-table`),
    );
    expect(items.filter((line) => line.includes("till-audit-table"))).to.deep.equal([]);
    expect(one(resources, "till-to-network-dynamodb-443")).to.include({ fromPort: 443, toPort: 443 });
    expect(one(resources, "stock-to-network-dynamodb-443")).to.deep.equal({});
    const [container] = JSON.parse(String(one(resources, "till-task").containerDefinitions)) as {
      environment: { name: string }[];
    }[];
    const variables = container?.environment.map(({ name }) => name).filter((name) => name.endsWith("_TABLE"));
    expect(variables).to.deep.equal(["CARTS_TABLE", "SALES_TABLE"]);
  });

  it("is refused with every problem at once", () => {
    const bad = { Carts: tables.carts, log: { partitionKey: "id", sortKey: "id", changes: "all" as "new" } };
    expect(validateSystem(shopWith({ till: { owns: { tables: bad } } })).map(({ path }) => path)).to.deep.equal([
      "services.till.owns.tables.Carts",
      "services.till.owns.tables.log.changes",
      "services.till.owns.tables.log.sortKey",
    ]);
  });
});
