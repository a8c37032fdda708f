import { expect } from "chai";
import { seconds } from "../../../components/kit/units";
import { environments } from "../../../infra/environments";
import type { Environment, Nat } from "../../../infra/model/environment";
import { validateEnvironment } from "../../../infra/model/validate-environment";

/** Strength by dotted field: higher is safer, more available or kept longer. Every field of an environment has a place. */
function strengths(environment: Environment): Record<string, number> {
  const { network, capacity, tasks, database, cache } = environment;
  return {
    "network.zoneCount": network.zoneCount,
    "network.nat": natGateways(network.nat, network.zoneCount),
    "network.endpointZones": network.endpointZones,
    logRetentionDays: environment.logRetentionDays,
    "capacity.base": capacity.base,
    "capacity.onDemandWeight": capacity.onDemandWeight / (capacity.onDemandWeight + capacity.spotWeight),
    "capacity.spotWeight": -capacity.spotWeight,
    protectData: Number(environment.protectData),
    allowLatestImages: -Number(environment.allowLatestImages),
    allowSingleReplica: -Number(environment.allowSingleReplica),
    "tasks.min": tasks?.min ?? Infinity,
    "tasks.max": tasks?.max ?? Infinity,
    "database.multiAz": Number(database.multiAz),
    "database.readers": database.readers,
    "database.scaleToZero": -Number(database.scaleToZero),
    "database.minBackupRetention": seconds(database.minBackupRetention) ?? NaN,
    "cache.nodeType": ["cache.t3.micro", "cache.t3.small", "cache.t3.medium"].indexOf(cache.nodeType),
    "cache.nodes": cache.nodes,
  };
}

function natGateways(nat: Nat, zones: number): number {
  if (nat === "none") return 0;
  if (nat === "per-zone") return zones;
  if (nat === "single") return 1;
  return "count" in nat ? nat.count : 0.5;
}

/** What names an environment, where it lies, and what sizes one service only. */
const NOT_JUDGED = ["name", "network.cidr", "services.ecommerce"];

/** Dotted paths of an environment's values. */
function fields(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key],
  );
}

describe("environments", () => {
  const all: readonly Environment[] = Object.values(environments);

  it("have no problem, are called as they are keyed, and lie in ranges of their own", () => {
    expect(all.flatMap(validateEnvironment)).to.deep.equal([]);
    expect(all.map(({ name }) => name)).to.deep.equal(Object.keys(environments));
    expect(new Set(all.map(({ network }) => network.cidr)).size).to.equal(all.length);
  });

  it("are judged in every field that they have", () => {
    for (const environment of all) {
      expect([...Object.keys(strengths(environment)), ...NOT_JUDGED]).to.include.members(fields(environment));
    }
  });

  it("grow no weaker from local to prod, in any field", () => {
    all.slice(1).forEach((stronger, index) => {
      const weaker = all[index];
      const before = weaker ? strengths(weaker) : {};
      for (const [field, strength] of Object.entries(strengths(stronger))) {
        expect(strength, `${stronger.name} against ${weaker?.name ?? ""}: ${field}`).to.be.at.least(
          before[field] ?? NaN,
        );
      }
    });
  });

  it("run prod on the seed's network: three zones, two NAT gateways, /16", () => {
    expect(environments.prod.network).to.deep.equal({
      cidr: "10.0.0.0/16",
      zoneCount: 3,
      nat: { count: 2 },
      endpointZones: 3,
    });
  });

  it("are refused with every limit that they break", () => {
    const broken: Environment = {
      ...environments.dev,
      network: { cidr: "10.0.0.0/24", zoneCount: 2, nat: { count: 3 }, endpointZones: 3 },
      logRetentionDays: 15,
      capacity: { base: 0, onDemandWeight: 0, spotWeight: 0 },
      tasks: { min: 3, max: 2 },
      database: { multiAz: false, readers: 16, scaleToZero: true, minBackupRetention: "36d" },
      cache: { nodeType: "cache.t3.micro", nodes: 0 },
    };
    expect(validateEnvironment(broken).map(({ path }) => path.replace("environments.dev.", ""))).to.have.members([
      "network.cidr",
      "network.endpointZones",
      "network.nat.count",
      "logRetentionDays",
      "capacity",
      "tasks.max",
      "database.minBackupRetention",
      "database.readers",
      "cache.nodes",
    ]);
  });
});
