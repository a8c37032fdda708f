// Versions and classes are held against what AWS offers: what it never had stops a stack, what newer lists may have is a warning.
import { expect } from "chai";
import { classOffer, type Engine, versionOffer } from "../../../../components/kit/engine-offers";
import {
  CACHE_DEFAULT_VERSION,
  isSearchType,
  isSearchVersion,
  postgresMajor,
} from "../../../../components/kit/engines";
import { environments } from "../../../../infra/environments";
import type { Environment } from "../../../../infra/model/environment";
import type { Service, System } from "../../../../infra/model/system";
import { engineOffers } from "../../../../infra/targets/aws/engine-offers";
import { shop, shopWith } from "../../model/anti-patterns/shop";

type Owns = NonNullable<Service["owns"]>;
const offersOf = (engine: Engine, ...versions: readonly string[]): Record<string, string> =>
  Object.fromEntries(versions.map((version) => [version, versionOffer(engine, version)]));
const postgres = {
  kind: "postgres",
  databaseName: "till",
  instanceClass: "db.t3.micro",
  allocatedStorage: "20 GiB",
  maxAllocatedStorage: "40 GiB",
  backupRetention: "7d",
} as const;
function found(system: System, environment: Environment = environments.dev, region = "eu-central-1") {
  const { problems, warnings } = engineOffers({ system, environment, settings: {}, region });
  const paths = (of: typeof problems): string[] => of.map(({ path, value }) => `${path} ${String(value)}`);
  return { problems: paths(problems), warnings: paths(warnings) };
}
const owning = (owns: Owns): System => shopWith({ till: { owns } }, {});

describe("what AWS offers of engines", () => {
  it("tells listed, retired, newer and impossible versions apart", () => {
    expect(
      offersOf("postgres", "16", "16.11", "16.4", "16.16", "16.24", "16.99", "19", "19.1", "20", "13.9", "16.011"),
    ).to.deep.equal({
      ...{ "16": "listed", "16.11": "listed", "16.4": "retired", "16.16": "newer", "16.24": "none", "16.99": "none" },
      ...{ "19": "newer", "19.1": "newer", "20": "none", "13.9": "none", "16.011": "none" },
    });
    expect(offersOf("auroraPostgres", "16.5", "16.11", "16.6")).to.deep.equal({
      ...{ "16.5": "none", "16.11": "listed", "16.6": "retired" },
    });
    expect(offersOf("redis", "7.1", "7.2", "8.0", "6.2")).to.deep.equal({
      ...{ "7.1": "listed", "7.2": "none", "8.0": "none", "6.2": "none" },
    });
    expect(offersOf("valkey", "9.1", "9.2", "10.0", "99.9")).to.deep.equal({
      ...{ "9.1": "listed", "9.2": "newer", "10.0": "newer", "99.9": "none" },
    });
  });

  it("tells classes of the region, of other regions and impossible ones apart", () => {
    expect(classOffer("database", "t3.micro", "eu-central-1")).to.equal("listed");
    expect(classOffer("database", "m8a.large", "af-south-1")).to.equal("elsewhere");
    expect(classOffer("database", "m8i.large", "eu-central-1")).to.equal("newer");
    for (const name of [
      "t3.nano",
      "m5.huge",
      "foo.large",
      "m4.large",
      "m5.metal",
      "m5.large.search",
      "__proto__.large",
    ])
      expect(classOffer("database", name), name).to.equal("none");
    expect(classOffer("cache", "m5.8xlarge")).to.equal("none");
    expect(classOffer("cache", "r8g.large")).to.equal("listed");
    expect([
      isSearchType("m7g.medium.search"),
      isSearchType("m7g.nano.search"),
      isSearchType("m7g.medium"),
    ]).to.deep.equal([...[true, false, false]]);
    expect([
      isSearchVersion("2.19"),
      isSearchVersion("2.18"),
      isSearchVersion("2"),
      isSearchVersion("99.9"),
    ]).to.deep.equal([...[true, false, false, false]]);
  });

  it("takes versions that PostgreSQL has and RDS has not, for clusters of Kubernetes", () => {
    expect([postgresMajor("16.0"), postgresMajor("15.1"), postgresMajor("16.99"), postgresMajor("20")]).to.deep.equal([
      ...[16, 15, undefined, undefined],
    ]);
  });

  it("lists the versions that the product itself takes", () => {
    for (const engine of ["redis", "valkey"] as const)
      expect(versionOffer(engine, CACHE_DEFAULT_VERSION[engine]), engine).to.equal("listed");
    expect(versionOffer("openSearch", "2.19")).to.equal("listed");
  });
});

describe("engines of a system, held against what AWS offers", () => {
  it("says nothing of what is listed", () => {
    expect(found(shop)).to.deep.equal({ problems: [], warnings: [] });
  });

  it("refuses what RDS or Aurora never had, where it is written", () => {
    const at = "shop.services.till.owns.database.engineVersion";
    expect(found(owning({ database: { ...postgres, engineVersion: "15.1" } })).problems).to.deep.equal([`${at} 15.1`]);
    const { instanceClass, allocatedStorage, maxAllocatedStorage, ...rest } = postgres;
    expect([instanceClass, allocatedStorage, maxAllocatedStorage]).to.have.length(3);
    const aurora = {
      ...rest,
      kind: "aurora-serverless",
      minCapacity: 1,
      maxCapacity: 2,
      engineVersion: "16.5",
    } as const;
    expect(found(owning({ database: aurora })).problems).to.deep.equal([`${at} 16.5`]);
    const overriding = { ...environments.dev, services: { shop: { till: { engineVersion: "15.1" } } } };
    expect(found(owning({ database: postgres }), overriding).problems).to.deep.equal([
      "environments.dev.services.shop.till.engineVersion 15.1",
    ]);
  });

  it("refuses storage that RDS does not take, and versions of Aurora that can't pause", () => {
    const at = "shop.services.till.owns.database";
    const storage = (allocatedStorage: `${number} ${"GiB" | "MiB"}`, maxAllocatedStorage: `${number} GiB`) =>
      found(owning({ database: { ...postgres, allocatedStorage, maxAllocatedStorage } })).problems;
    expect(storage("20 GiB", "21 GiB")).to.deep.equal([`${at}.maxAllocatedStorage 21 GiB`]);
    expect(storage("20481 MiB", "40 GiB")).to.deep.equal([`${at}.allocatedStorage 20481 MiB`]);
    expect(storage("20 GiB", "20 GiB")).to.deep.equal([]);
    const search = (volume: "10241 MiB" | "10 GiB") =>
      found(owning({ search: { reason: "Full text", volume } })).problems;
    expect([search("10241 MiB"), search("10 GiB")]).to.deep.equal([
      ["shop.services.till.owns.search.volume 10241 MiB"],
      [],
    ]);
    const { instanceClass, allocatedStorage, maxAllocatedStorage, ...rest } = postgres;
    expect([instanceClass, allocatedStorage, maxAllocatedStorage]).to.have.length(3);
    const aurora = { ...rest, kind: "aurora-serverless", minCapacity: 1, maxCapacity: 2 } as const;
    const pausing = { ...environments.dev, database: { ...environments.dev.database, scaleToZero: true } };
    const versions = (engineVersion: string, environment: Environment) =>
      found(owning({ database: { ...aurora, engineVersion } }), environment).problems;
    expect(versions("14.9", pausing)).to.deep.equal([`${at}.engineVersion 14.9`]);
    expect(versions("14.9", environments.prod)).to.deep.equal([]);
    expect(versions("14.22", pausing)).to.deep.equal([]);
  });

  it("warns of what is newer, retired or elsewhere", () => {
    const owns: Owns = {
      database: { ...postgres, engineVersion: "16.4", instanceClass: "db.m8a.large" },
      search: { reason: "Full text", engineVersion: "3.9", instanceType: "m9g.large.search" },
    };
    const cache = { engine: "valkey", engineVersion: "9.2" } as const;
    const wide = { ...environments.dev, cache: { nodeType: "cache.r6gd.xlarge", nodes: 1 } as const };
    expect(found({ ...owning(owns), cache }, wide, "af-south-1")).to.deep.equal({
      problems: [],
      warnings: [
        "shop.services.till.owns.database.engineVersion 16.4",
        "shop.services.till.owns.database.instanceClass db.m8a.large",
        "shop.services.till.owns.search.engineVersion 3.9",
        "shop.services.till.owns.search.instanceType m9g.large.search",
        "shop.cache.engineVersion 9.2",
        "environments.dev.cache.nodeType cache.r6gd.xlarge",
      ],
    });
  });
});
