// Values that AWS refuses, or that break at run time, are found before anything is made.
import { expect } from "chai";
import type { Problem } from "../../../components/kit/problems";
import { imageProblems } from "../../../components/kit/image";
import { isCacheNodeType, isDatabaseClass } from "../../../components/kit/engines";
import type { Service, System } from "../../../infra/model/system";
import { problemsOnEcs } from "../support/aws";
import { problemsOf, runOf } from "../support/run";
import { shop, shopWith } from "./anti-patterns/shop";

function withTill(changes: Partial<Service>, system: Partial<System> = {}): Problem[] {
  return problemsOnEcs(shopWith({ till: changes }, system));
}
const paths = (problems: readonly Problem[]): string[] =>
  problems.map(({ path }) => path.replace("services.till.", ""));

const postgres = {
  kind: "postgres",
  databaseName: "till",
  instanceClass: "db.t3.micro",
  allocatedStorage: "20 GiB",
  maxAllocatedStorage: "40 GiB",
  backupRetention: "7d",
} as const;
const database = (changes: object) => withTill({ owns: { database: { ...postgres, ...changes } } });

describe("what AWS would refuse", () => {
  it("versions of engines that do not exist", () => {
    for (const engineVersion of ["99", "16.99", "abc", "9.6", "16.", 16]) {
      expect(paths(database({ engineVersion })), String(engineVersion)).to.deep.equal(["owns.database.engineVersion"]);
    }
    for (const engineVersion of ["7.2", "99.9", "6.2", "7"]) {
      expect(problemsOnEcs({ ...shop, cache: { engineVersion } }), engineVersion).to.have.length(1);
    }
  });

  it("classes that do not exist", () => {
    for (const instanceClass of ["db.t3.nano", "t3.micro", "db.t3", "db.foo.large", "db.m5.huge", "db.serverless"]) {
      expect(paths(database({ instanceClass })), instanceClass).to.deep.equal(["owns.database.instanceClass"]);
    }
    for (const name of ["db.t4g.large", "db.r7i.48xlarge", "db.m9g.2xlarge"])
      expect(isDatabaseClass(name), name).to.be.true;
    expect(isCacheNodeType("cache.t3.large")).to.be.false;
    expect(isCacheNodeType("cache.r7g.xlarge")).to.be.true;
  });

  it("names of databases that PostgreSQL or RDS keep", () => {
    for (const databaseName of ["order", "user", "table", "pg_x", "postgres", "app", "admin", "Till", "1till", ""]) {
      expect(paths(database({ databaseName })), databaseName).to.deep.equal(["owns.database.databaseName"]);
    }
    for (const databaseName of ["orders", "orderservice", "pgdata"])
      expect(database({ databaseName })).to.deep.equal([]);
  });

  it("variables that a task definition does not hold, or that break the container", () => {
    expect(paths(withTill({ environment: { TEXT: "x".repeat(70_000) } }))).to.deep.equal(["environment.TEXT"]);
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`TEXT_${index}`, "x".repeat(7000)]));
    expect(paths(withTill({ environment: many }))).to.deep.equal(["environment"]);
    expect(paths(withTill({ secrets: { PATH: { length: 32 }, LD_PRELOAD: { length: 32 } } }))).to.deep.equal([
      "secrets.PATH",
      "secrets.LD_PRELOAD",
    ]);
    expect(
      paths(withTill({ environment: { ECS_CONTAINER_METADATA_URI_V4: "x", PATH: "/app:/usr/bin" } })),
    ).to.deep.equal(["environment.ECS_CONTAINER_METADATA_URI_V4"]);
  });

  it("filters of more event types than SNS takes", () => {
    const types = Array.from({ length: 151 }, (_, index) => `EVENT_${index}`);
    const topics = { sales: { displayName: "Sales", events: Object.fromEntries(types.map((type) => [type, {}])) } };
    const consuming = (count: number) =>
      problemsOnEcs({
        ...shop,
        topics,
        services: {
          till: { ...shop.services.till, publishes: { sales: types } },
          stock: { ...shop.services.stock, consumes: { jobs: { from: { sales: types.slice(0, count) } } } },
        },
      }).map(({ path }) => path);
    expect(consuming(151)).to.deep.equal(["services.stock.consumes.jobs.from.sales"]);
    expect(consuming(150)).to.deep.equal([]);
  });

  it("zones that a region does not have", () => {
    const zones = problemsOf(runOf("dev", { zones: ["eu-central-1a", "eu-central-1z"] }));
    expect(zones.map(({ path, allowed }) => [path, allowed])).to.deep.equal([
      ["archipelago:zones[1]", "a zone of eu-central-1: eu-central-1a to eu-central-1c"],
    ]);
  });

  it("images that no engine could pull", () => {
    const host = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
    const wrong = [
      `${host}/:1`,
      `${host}/a//b:1`,
      `${host}/a/:1`,
      `${host}:1`,
      "x/-a:1",
      "x/a..b:1",
      "x/a-:1",
      "a/B:1",
      "a:",
    ];
    for (const reference of wrong) expect(imageProblems("image", reference), reference).to.have.length(1);
    const right = [`${host}/a/b-c_d.e:1`, "nginx:1", "localhost:5000/a:1", `x/a@sha256:${"0".repeat(64)}`];
    for (const reference of right) expect(imageProblems("image", reference), reference).to.deep.equal([]);
  });
});
