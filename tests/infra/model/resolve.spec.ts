import { expect } from "chai";
import { environments } from "../../../infra/environments";
import type { Environment } from "../../../infra/model/environment";
import { resolveDatabase } from "../../../infra/model/kinds/database/derive";
import { resolveScaling, resolveSize, type Sources } from "../../../infra/model/resolve";
import type { Service } from "../../../infra/model/system";

const bare: Service = { context: "Sales", description: "A till", scaling: { min: 3, max: 20, cpu: 60 } };
const profile: Environment = { ...environments.prod };

function sources(parts: Partial<Sources> = {}): Sources {
  return {
    settings: undefined,
    environment: profile,
    systemName: "shop",
    serviceName: "till",
    service: bare,
    ...parts,
  };
}

describe("precedence", () => {
  const service: Service = { ...bare, cpu: 512, memory: "1 GiB" };
  const overriding: Environment = {
    ...profile,
    tasks: { min: 1, max: 4 },
    services: { shop: { till: { cpu: 1024, memory: "2 GiB", scaling: { min: 2, max: 6, cpu: 50 } } } },
  };
  const settings = { cpu: 2048, memory: "4 GiB", min: 5, max: 9 } as const;

  it("keeps a service of a fixed size at a fixed size where the environment has fewer tasks", () => {
    const fixed: Service = { ...bare, scaling: { min: 2, max: 2 } };
    const environment: Environment = { ...profile, tasks: { min: 1, max: 2 } };
    const { min, max } = resolveScaling(sources({ service: fixed, environment }));
    expect([min, max]).to.deep.equal([1, 1]);
  });

  it("takes a size from configuration, then the environment's override, then the system, then the default", () => {
    expect(resolveSize(sources())).to.deep.equal({ cpu: 256, memory: "512 MiB" });
    expect(resolveSize(sources({ service }))).to.deep.equal({ cpu: 512, memory: "1 GiB" });
    expect(resolveSize(sources({ service, environment: overriding }))).to.deep.equal({ cpu: 1024, memory: "2 GiB" });
    expect(resolveSize(sources({ service, environment: overriding, settings }))).to.deep.equal({
      cpu: 2048,
      memory: "4 GiB",
    });
  });

  it("takes task counts the same way, with the environment's bounds above the system", () => {
    const counts = (parts: Partial<Sources>): [min: number, max: number] => {
      const { min, max } = resolveScaling(sources(parts));
      return [min, max];
    };
    const bounded: Environment = { ...profile, tasks: { min: 1, max: 4 } };
    expect(counts({})).to.deep.equal([3, 20]);
    expect(counts({ environment: bounded })).to.deep.equal([1, 4]);
    expect(counts({ environment: overriding })).to.deep.equal([2, 6]);
    expect(counts({ environment: overriding, settings })).to.deep.equal([5, 9]);
    expect(counts({ environment: overriding, settings: { max: 9 } })).to.deep.equal([2, 9]);
    expect(resolveScaling(sources({ environment: overriding })).cpu).to.equal(50);
  });

  it("reads only the override of this system's service", () => {
    expect(resolveSize(sources({ environment: overriding, systemName: "other" })).cpu).to.equal(256);
    expect(resolveSize(sources({ environment: overriding, serviceName: "stock" })).cpu).to.equal(256);
  });

  it("takes a database's version from the environment's override, and its snapshot from configuration", () => {
    const database = { kind: "aurora-serverless", databaseName: "till", minCapacity: 1, maxCapacity: 2 } as const;
    const owns = {
      database: { ...database, backupRetention: "14d", engineVersion: "16", snapshotIdentifier: "one" },
    } as const;
    const upgraded: Environment = {
      ...profile,
      services: { shop: { till: { engineVersion: "17", upgradeFrom: "16" } } },
    };
    const decided = (parts: Partial<Sources>) => {
      const { engineVersion, upgradeFrom, snapshotIdentifier } = resolveDatabase(
        sources({ service: { ...bare, owns }, ...parts }),
      ) ?? { engineVersion: "none" };
      return [engineVersion, upgradeFrom, snapshotIdentifier];
    };
    expect(decided({})).to.deep.equal(["16", undefined, "one"]);
    expect(decided({ environment: upgraded })).to.deep.equal(["17", "16", "one"]);
    expect(decided({ settings: { snapshotIdentifier: "two" } })).to.deep.equal(["16", undefined, "two"]);
  });

  it("lets an environment lengthen backups, never shorten them", () => {
    const owns = (backupRetention: "7d" | "21d"): Service => ({
      ...bare,
      owns: {
        database: {
          kind: "aurora-serverless",
          databaseName: "till",
          minCapacity: 0.5,
          maxCapacity: 4,
          backupRetention,
        },
      },
    });
    const resolved = (environment: Environment, retention: "7d" | "21d") => {
      const database = resolveDatabase(sources({ environment, service: owns(retention) }));
      return [database?.backupRetention, database?.kind === "aurora-serverless" && database.minCapacity];
    };
    expect(resolved(environments.prod, "7d")).to.deep.equal(["14d", 0.5]);
    expect(resolved(environments.prod, "21d")).to.deep.equal(["21d", 0.5]);
    expect(resolved(environments.dev, "7d")).to.deep.equal(["7d", 0.5]);
    expect(resolveDatabase(sources())).to.equal(undefined);
  });
});
