import { expect } from "chai";
import type { PostgresDatabaseArgs, ServerlessDatabaseArgs } from "../../../../components/aws/database";
import { validatePostgres, validateServerless } from "../../../../components/aws/database/validate";
import { paths, placement, plainNetwork } from "./support";

const base = { placement, network: plainNetwork, databaseName: "orderservice" };
const postgres = (args: Partial<PostgresDatabaseArgs>, name = "order") =>
  paths(validatePostgres(name, { ...base, ...args }));
const serverless = (args: Partial<ServerlessDatabaseArgs>) =>
  paths(validateServerless("product", { ...base, ...args }));

describe("database: bad arguments", () => {
  it("accepts the defaults", () => {
    expect(postgres({})).to.deep.equal([]);
    expect(serverless({})).to.deep.equal([]);
  });

  it("reports every problem at once, each with what is allowed and what to do", () => {
    const problems = validatePostgres("Order_DB", {
      ...base,
      network: { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1"] },
      databaseName: "order-service",
      masterUsername: "app",
      engineVersion: "13.4",
      backupRetention: "36d",
      logRetentionInDays: 31,
      instanceClass: "t3.micro" as "db.t3.micro",
      allocatedStorage: "10 GiB",
      maxAllocatedStorage: "65 TiB",
    });
    expect(paths(problems)).to.deep.equal([
      "name",
      "databaseName",
      "masterUsername",
      "engineVersion",
      "network.isolatedSubnetIds",
      "backupRetention",
      "logRetentionInDays",
      "instanceClass",
      "allocatedStorage",
      "maxAllocatedStorage",
    ]);
    for (const { allowed, remedy } of problems) expect([allowed, remedy]).to.not.include("");
  });

  it("keeps names within what RDS and IAM take", () => {
    expect(postgres({}, "a".repeat(45))).to.deep.equal([]);
    for (const name of ["a".repeat(46), "order--db", "1order", "order-", "Order"]) {
      expect(postgres({}, name), name).to.deep.equal(["name"]);
    }
  });

  it("refuses names that PostgreSQL or the component has taken", () => {
    expect(postgres({ databaseName: "template1" })).to.deep.equal(["databaseName"]);
    expect(postgres({ databaseName: "app" })).to.deep.equal(["masterUsername"]);
    expect(postgres({ databaseName: "app", masterUsername: "owner" })).to.deep.equal([]);
    expect(postgres({ masterUsername: "rdsadmin" })).to.deep.equal(["masterUsername"]);
    expect(postgres({ databaseName: "a".repeat(64) })).to.deep.equal(["databaseName"]);
  });

  it("takes majors and minors from 14 on", () => {
    for (const engineVersion of ["14", "16.11", "17"]) expect(postgres({ engineVersion }), engineVersion).to.be.empty;
    for (const engineVersion of ["13", "9.6", "16.x", "latest", "20", "99", "16.99"]) {
      expect(postgres({ engineVersion }), engineVersion).to.deep.equal(["engineVersion"]);
    }
  });

  it("holds backups to 1 to 35 whole days", () => {
    for (const backupRetention of ["1d", "24h", "35d"] as const) expect(postgres({ backupRetention })).to.be.empty;
    for (const backupRetention of ["0d", "36d", "36h"] as const) {
      expect(postgres({ backupRetention }), backupRetention).to.deep.equal(["backupRetention"]);
    }
  });

  it("holds storage to 20–65536 whole GiB, growing by a tenth or not at all", () => {
    expect(postgres({ allocatedStorage: "20 GiB", maxAllocatedStorage: "20 GiB" })).to.be.empty;
    expect(postgres({ allocatedStorage: "20 GiB", maxAllocatedStorage: "22 GiB" })).to.be.empty;
    expect(postgres({ allocatedStorage: "64 TiB" })).to.be.empty;
    expect(postgres({ allocatedStorage: "20 GiB", maxAllocatedStorage: "21 GiB" })).to.deep.equal([
      "maxAllocatedStorage",
    ]);
    expect(postgres({ allocatedStorage: "200 GiB", maxAllocatedStorage: "100 GiB" })).to.deep.equal([
      "maxAllocatedStorage",
    ]);
    expect(postgres({ allocatedStorage: "20.5 GiB" })).to.deep.equal(["allocatedStorage"]);
    expect(postgres({ allocatedStorage: "twenty GiB" as "20 GiB" })).to.deep.equal(["allocatedStorage"]);
  });

  it("refuses a serverless class for an instance", () => {
    expect(postgres({ instanceClass: "db.serverless" })).to.deep.equal(["instanceClass"]);
  });

  it("holds capacity to steps of 0.5, the least below the most", () => {
    expect(serverless({ minCapacity: 0.5, maxCapacity: 256 })).to.be.empty;
    expect(serverless({ minCapacity: 0 })).to.deep.equal(["minCapacity"]);
    expect(serverless({ minCapacity: 0.7 })).to.deep.equal(["minCapacity"]);
    expect(serverless({ maxCapacity: 0.5 })).to.deep.equal(["maxCapacity"]);
    expect(serverless({ maxCapacity: 256.5 })).to.deep.equal(["maxCapacity"]);
    expect(serverless({ minCapacity: 8, maxCapacity: 4 })).to.deep.equal(["minCapacity"]);
  });

  it("holds readers to 0–15", () => {
    for (const readers of [0, 15]) expect(serverless({ readers })).to.be.empty;
    for (const readers of [-1, 16, 1.5]) expect(serverless({ readers }), String(readers)).to.deep.equal(["readers"]);
  });

  it("pauses after 5 minutes to a day, and only when asked to", () => {
    expect(serverless({ scaleToZero: true, autoPauseAfter: "1d" })).to.be.empty;
    expect(serverless({ scaleToZero: true, autoPauseAfter: "4m" })).to.deep.equal(["autoPauseAfter"]);
    expect(serverless({ scaleToZero: true, autoPauseAfter: "25h" })).to.deep.equal(["autoPauseAfter"]);
    expect(serverless({ autoPauseAfter: "5m" })).to.deep.equal(["autoPauseAfter"]);
  });

  it("refuses to pause in versions that can't: the seed's 14.9 among them", () => {
    expect(serverless({ scaleToZero: true, engineVersion: "14.9" })).to.deep.equal(["engineVersion"]);
    for (const engineVersion of ["14.12", "16", "16.3", "17.4"]) {
      expect(serverless({ scaleToZero: true, engineVersion }), engineVersion).to.be.empty;
    }
    expect(serverless({ engineVersion: "14.9" })).to.be.empty;
  });
});
