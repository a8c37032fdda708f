// Who reads a database beside its owner, from the description to what is built of it.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import type { Service, System } from "../../../../infra/model/system";
import { validateSystem } from "../../../../infra/model/validate";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { needsOf } from "../../../../infra/targets/ecs/limits";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { rightsOf } from "../../../support/least-privilege";
import { awsPlanOf as planOf } from "../../support/aws";
import { runOf } from "../../support/run";
import { violations } from "../../support/violations";

const reason = "Reports join orders with their lines, which no event has";
const { order, ...others } = ecommerce.services;
const report: Service = {
  context: "OrderManagement",
  description: "Counts orders",
  port: "none",
  readsDatabases: [{ of: "order", reason }],
  scaling: { min: 1, max: 1 },
};
const count = {
  description: "Counts orders",
  schedule: "rate(1 day)",
  command: ["node", "count.js"],
  uses: { database: "reads" },
} as const;

function databaseOf({ owns }: Service) {
  if (owns?.database?.kind !== "postgres") throw new Error("the shop's service order has a PostgreSQL instance");
  return owns.database;
}

function shop(readers = 1, more: Readonly<Record<string, Service>> = { report }): System {
  const owner: Service = { ...order, owns: { database: { ...databaseOf(order), readers } }, jobs: { count } };
  return { ...ecommerce, services: { ...others, order: owner, ...more } };
}

describe("readers of a service's database", function () {
  this.timeout(120_000);
  let resources: readonly Registered[] = [];
  let needed: ReadonlyMap<string, number> = new Map();
  before(async () => {
    const images = Object.fromEntries(
      Object.keys(shop().services).map((name) => [
        name,
        `777788889999.dkr.ecr.eu-central-1.amazonaws.com/${name}:1.0.0`,
      ]),
    );
    const plan = planOf(runOf("prod", { images }), { systems: { ecommerce: shop() }, environments });
    needed = new Map(needsOf(plan).map(({ quota, count: needs, what }) => [`${quota} ${what}`, needs]));
    ({ resources } = await deploy(() => buildOnEcs(plan), { region: plan.region }));
  });

  it("are accepted within a context", () => {
    expect(validateSystem(shop())).to.deep.equal([]);
  });

  it("are refused across contexts, of nobody, and more than one of an instance", () => {
    const reads = (...of: string[]) => of.map((each, index) => ({ of: each, reason: `${reason}, ${index}` }));
    const found = validateSystem(
      shop(2, {
        report: { ...report, readsDatabases: reads("order", "payment", "orders", "notification") },
      }),
    );
    expect(found.map(({ path }) => path)).to.have.members([
      "services.order.owns.database.readers",
      "services.report.readsDatabases[1].of",
      "services.report.readsDatabases[2].of",
      "services.report.readsDatabases[3].of",
    ]);
  });

  it("sign in as the user that only reads, at the replica, and have no other right on a store", async () => {
    const rights = await rightsOf(resources);
    const onStores = (role: string) => (rights[role] ?? []).filter((line) => /^(?:rds-db|secretsmanager):/.test(line));
    // The evaluator knows the users of the instance; a replica has an identifier of its own.
    expect(onStores("report-task")).to.deep.equal(["rds-db:connect user app_reader of order-db-reader"]);
    expect(onStores("order-count-task")).to.deep.equal(["rds-db:connect user app_reader of order-db-reader"]);
    expect(onStores("order-task")).to.have.members([
      "rds-db:connect user app of order-db-instance",
      "rds-db:connect user app of order-db-reader",
    ]);
  });

  it("get the reader's address under the owner's name, and the owner gets both", () => {
    const variables = (name: string): string[] => {
      const task = resources.find(({ type, name: called }) => type.endsWith(":TaskDefinition") && called === name);
      const [container] = JSON.parse(String(task?.inputs.containerDefinitions)) as {
        environment: { name: string }[];
      }[];
      return (container?.environment ?? [])
        .map(({ name: variable }) => variable)
        .filter((each) => each.includes("DB_"));
    };
    expect(variables("report-task")).to.have.members(
      ["HOST", "PORT", "NAME", "USERNAME"].map((each) => `ORDER_DB_${each}`),
    );
    expect(variables("order-task")).to.have.members(["DB_HOST", "DB_PORT", "DB_NAME", "DB_USERNAME", "DB_READER_HOST"]);
  });

  it("have a way to the database, which is counted", () => {
    const group = resources.find(
      ({ type, name }) => type === "aws:ec2/securityGroup:SecurityGroup" && name === "report-tasks",
    );
    const out = resources.filter(
      ({ type, inputs }) => type.endsWith(":SecurityGroupEgressRule") && inputs.securityGroupId === group?.outputs.id,
    );
    expect(out.map(({ name }) => name)).to.include("report-to-order-db-5432");
    expect(needed.get("rulesPerSecurityGroup outbound rules of the security group of report")).to.equal(out.length);
  });

  it("break no rule", async () => {
    expect(await violations(resources.filter(({ name }) => name.startsWith("order-db")))).to.deep.equal([]);
  });
});
