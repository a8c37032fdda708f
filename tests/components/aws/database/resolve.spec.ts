import { expect } from "chai";
import type { Signal } from "../../../../components/kit";
import { memoryBytes, postgresSignals, serverlessSignals } from "../../../../components/aws/database/signals";
import { resolvePostgres, resolveServerless } from "../../../../components/aws/database/resolve";
import { placement, plainNetwork } from "./support";

const base = { placement, network: plainNetwork, databaseName: "orderservice" };
const GIBIBYTE = 1024 ** 3;

/** Role and threshold of those signals that have an alarm. */
const alarmed = (signals: readonly Signal[]) =>
  signals.flatMap(({ role, alarmAt }) => (alarmAt ? [[role, alarmAt.threshold]] : []));
const watched = { name: "orders", dimensions: { DBInstanceIdentifier: "orders" } };

describe("database: decisions", () => {
  it("has safe defaults for an instance", () => {
    expect(resolvePostgres(base)).to.deep.equal({
      databaseName: "orderservice",
      masterUsername: "orderservice",
      engineVersion: "16",
      major: "16",
      backupRetentionPeriod: 7,
      performanceInsights: true,
      logRetentionInDays: 30,
      protectData: true,
      snapshotIdentifier: undefined,
      upgradeFrom: undefined,
      instanceClass: "db.t3.micro",
      allocatedStorage: 20,
      maxAllocatedStorage: 100,
      multiAz: true,
      readReplica: false,
    });
  });

  it("has safe defaults for a serverless cluster", () => {
    expect(resolveServerless(base)).to.deep.equal({
      databaseName: "orderservice",
      masterUsername: "orderservice",
      engineVersion: "16",
      major: "16",
      backupRetentionPeriod: 7,
      performanceInsights: true,
      logRetentionInDays: 30,
      protectData: true,
      snapshotIdentifier: undefined,
      upgradeFrom: undefined,
      minCapacity: 0.5,
      maxCapacity: 4,
      secondsUntilAutoPause: undefined,
      instances: ["writer", "reader-1"],
    });
  });

  it("lets storage grow to what is asked, or not at all", () => {
    const growth = (allocatedStorage: "20 GiB" | "400 GiB", maxAllocatedStorage?: "20 GiB" | "200 GiB") =>
      resolvePostgres({ ...base, allocatedStorage, ...(maxAllocatedStorage && { maxAllocatedStorage }) })
        .maxAllocatedStorage;
    expect(growth("20 GiB", "200 GiB")).to.equal(200);
    expect(growth("20 GiB", "20 GiB")).to.equal(undefined);
    expect(growth("400 GiB")).to.equal(undefined);
  });

  it("pauses at nothing whatever the least capacity was", () => {
    const paused = resolveServerless({ ...base, minCapacity: 2, scaleToZero: true, autoPauseAfter: "10m" });
    expect([paused.minCapacity, paused.secondsUntilAutoPause]).to.deep.equal([0, 600]);
    expect(resolveServerless({ ...base, scaleToZero: true }).secondsUntilAutoPause).to.equal(300);
  });

  it("names readers so that one more moves no other", () => {
    const roles = (readers: number) => resolveServerless({ ...base, readers }).instances;
    expect(roles(0)).to.deep.equal(["writer"]);
    expect(roles(3)).to.deep.equal([...roles(2), "reader-3"]);
  });

  it("takes the parameter group's family from a minor version too", () => {
    expect(resolvePostgres({ ...base, engineVersion: "17.7" }).major).to.equal("17");
  });
});

describe("database: alarms", () => {
  it("knows the memory of instance classes", () => {
    const expected = {
      "db.t3.micro": 1,
      "db.t4g.small": 2,
      "db.t3.medium": 4,
      "db.t3.large": 8,
      "db.m6g.large": 8,
      "db.m6i.xlarge": 16,
      "db.r6g.large": 16,
      "db.r7g.4xlarge": 128,
      "db.x2g.2xlarge": 128,
    };
    for (const [instanceClass, memory] of Object.entries(expected)) {
      expect(memoryBytes(instanceClass) / GIBIBYTE, instanceClass).to.equal(memory);
    }
  });

  it("watches an instance, with thresholds from what was ordered", () => {
    const signals = postgresSignals(watched, resolvePostgres({ ...base, allocatedStorage: "50 GiB" }));
    expect(alarmed(signals)).to.deep.equal([
      ["cpu", 80],
      ["free-storage", 5 * GIBIBYTE],
      ["freeable-memory", Math.round(GIBIBYTE / 20)],
      ["connections", 68],
      ["read-latency", 0.05],
      ["write-latency", 0.05],
    ]);
  });

  it("watches a serverless cluster, the lag only where somebody can lag", () => {
    const roles = (readers: number) => alarmed(serverlessSignals(watched, resolveServerless({ ...base, readers })));
    const always = [
      ["cpu", 80],
      ["capacity", 90],
      ["connections", 541],
      ["deadlocks", 0],
      ["read-latency", 0.05],
      ["write-latency", 0.05],
    ];
    expect(roles(0)).to.deep.equal(always);
    expect(roles(2)).to.deep.equal([...always, ["replica-lag", 1000]]);
  });

  it("stays below the fewer connections that Aurora allows beside a small minimum", () => {
    const connections = (minCapacity: number) =>
      serverlessSignals(watched, resolveServerless({ ...base, minCapacity, maxCapacity: 64 })).find(
        ({ role }) => role === "connections",
      )?.alarmAt?.threshold;
    expect([connections(0.5), connections(1)]).to.deep.equal([1200, 3000]);
  });
});
