// How the work of a check grows with a system: four times the services take about four times the work, not sixteen times.
import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { examine } from "../../../infra/examine";
import { QUOTAS } from "../../../infra/targets/aws/quotas";
import type { Service, System, Topic } from "../../../infra/model/system";

/** A system in which each service has routes, calls, events and a database. */
function systemOf(count: number, callees: (index: number) => readonly number[]): System {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const named = <T>(prefix: string, make: (index: number) => T): Record<string, T> =>
    Object.fromEntries(indexes.map((index) => [`${prefix}-${index}`, make(index)]));
  const service = (index: number): Service => ({
    context: "Sales",
    description: "A service",
    scaling: { min: 2, max: 2 },
    exposes: { paths: [`/api/s-${index}`, `/api/s-${index}/*`], authentication: "by-service" },
    calls: Object.fromEntries(callees(index).map((callee) => [`s-${callee}`, {}])),
    publishes: { [`t-${index}`]: ["MADE"] },
    consumes: {
      [`q-${index}`]: {
        visibilityTimeout: "30s",
        maxReceiveCount: 3,
        from: { [`t-${Math.max(0, index - 1)}`]: "all" },
      },
    },
    owns: {
      database: {
        kind: "postgres",
        databaseName: `db${index}`,
        instanceClass: "db.t3.micro",
        allocatedStorage: "20 GiB",
        maxAllocatedStorage: "40 GiB",
        backupRetention: "7d",
      },
    },
  });
  const topics = named("t", (index): Topic => ({ displayName: `Topic ${index}`, events: { MADE: {} } }));
  return {
    name: "big",
    contexts: { Sales: { description: "Sells", entities: ["Order"] } },
    topics,
    services: named("s", service),
  };
}

/** CPU milliseconds of a check that finds nothing to stop the stack. */
function workOf(system: System): number {
  const images = Object.fromEntries(
    Object.keys(system.services).map((name) => [name, `111122223333.dkr.ecr.eu-central-1.amazonaws.com/${name}:1`]),
  );
  const values = {
    "archipelago:system": "big",
    "archipelago:environment": "dev",
    "archipelago:region": "eu-central-1",
    "archipelago:zones": '["eu-central-1a","eu-central-1b"]',
    "archipelago:account": "111122223333",
    "archipelago:network": JSON.stringify({
      vpcId: "vpc-1",
      privateSubnetIds: ["subnet-1", "subnet-2"],
      isolatedSubnetIds: ["subnet-3", "subnet-4"],
    }),
    "archipelago:images": JSON.stringify(images),
    "archipelago:quotas": JSON.stringify(Object.fromEntries(Object.keys(QUOTAS).map((name) => [name, 1e6]))),
  };
  const start = process.cpuUsage();
  const { problems } = examine(
    { stack: "dev", values, offline: true },
    { systems: { big: system }, environments },
    "2026-11-28",
  );
  const { user, system: kernel } = process.cpuUsage(start);
  expect(problems).to.deep.equal([]);
  return (user + kernel) / 1000;
}

describe("the work of a check", function () {
  this.timeout(120_000);

  for (const [shape, callees] of [
    ["a mesh", (index: number) => [1, 7, 19].map((step) => index - step).filter((callee) => callee >= 0)],
    ["a chain of calls", (index: number) => (index > 0 ? [index - 1] : [])],
  ] as const) {
    it(`of ${shape} grows as its services do`, () => {
      const least = (count: number): number =>
        Math.min(...Array.from({ length: 3 }, () => workOf(systemOf(count, callees))));
      least(100);
      const ratio = least(1600) / least(400);
      expect(ratio).to.be.below(10);
    });
  }

  it("of a chain of 10,000 calls ends", () => {
    expect(workOf(systemOf(10_000, (index) => (index > 0 ? [index - 1] : [])))).to.be.above(0);
  });
});
