// A table from its description to what is built of it.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { awsPlanOf as planOf } from "../../support/aws";
import type { System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { rightsOf } from "../../../support/least-privilege";
import { shopWith } from "../../model/anti-patterns/shop";
import { type EnvironmentName, runOf } from "../../support/run";

const tables = {
  carts: { partitionKey: "cartId", expiresBy: "endsAt" },
  sales: { partitionKey: "saleId", access: "appends", indexes: { "by-day": { partitionKey: "day" } } },
  audit: { partitionKey: "id", access: "none" },
} as const;
/** The shop that ships, with these tables of its notification service. */
const { notification, ...others } = ecommerce.services;
const system: System = {
  ...ecommerce,
  services: { ...others, notification: { ...notification, owns: { tables } } },
};

async function built(stack: EnvironmentName = "local"): Promise<readonly Registered[]> {
  const plan = planOf(runOf(stack), { systems: { ecommerce: system }, environments });
  return (await deploy(() => buildOnEcs(plan), { region: "eu-central-1" })).resources;
}
const one = (resources: readonly Registered[], name: string): Registered["inputs"] =>
  resources.find((resource) => resource.name === name)?.inputs ?? {};

describe("a table of a service", function () {
  this.timeout(60_000);
  it("is accepted, and built with the environment's protection", async () => {
    expect(validateSystem(system)).to.deep.equal([]);
    for (const stack of ["local", "prod"] as const) {
      const { deletionProtectionEnabled, hashKey } = one(await built(stack), "notification-carts-table");
      expect([hashKey, deletionProtectionEnabled]).to.deep.equal(["cartId", stack === "prod"]);
    }
  });

  it("gives the service exactly what `access` says, the tables' names and the way to DynamoDB", async () => {
    const resources = await built();
    const rights = (await rightsOf(resources))["notification-task"] ?? [];
    const items = rights.filter((line) => line.startsWith("dynamodb:"));
    expect(
      items.filter((line) => line.endsWith("notification-carts-table")).map((line) => line.split(" ")[0]),
    ).to.include.members(["dynamodb:GetItem", "dynamodb:Query", "dynamodb:DeleteItem"]);
    expect(items.filter((line) => line.includes("notification-sales-table"))).to.deep.equal(
      ["ConditionCheckItem", "DescribeTable", "PutItem"].map(
        (action) => `dynamodb:${action} table notification-sales-table`,
      ),
    );
    expect(items.filter((line) => line.includes("notification-audit-table"))).to.deep.equal([]);
    expect(one(resources, "notification-to-network-dynamodb-443")).to.include({ fromPort: 443, toPort: 443 });
    expect(one(resources, "payment-to-network-dynamodb-443")).to.deep.equal({});
    const task = resources.find(({ type, name }) => type.endsWith(":TaskDefinition") && name === "notification-task");
    const [container] = JSON.parse(String(task?.inputs.containerDefinitions)) as {
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
