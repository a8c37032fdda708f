import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import type { Signal } from "../../../../components/kit";
import type { CacheArgs } from "../../../../components/aws/cache";
import { cacheSignals, nodeSuffixes } from "../../../../components/aws/cache/signals";
import { resolveCache } from "../../../../components/aws/cache/resolve";
import { DEFAULT_USER_ACCESS } from "../../../../components/aws/cache/users";
import { cacheAccess } from "../../../../components/kit";
import { validateCache } from "../../../../components/aws/cache/validate";
import { paths, placement, plainNetwork } from "../database/support";

const base = { placement, network: plainNetwork, users: ["order", "product"] };
const bad = (args: Partial<CacheArgs>, name = "cache") => paths(validateCache(name, { ...base, ...args }));

/** Role and threshold of those signals that have an alarm. */
const alarmed = (signals: readonly Signal[]) =>
  signals.flatMap(({ role, alarmAt }) => (alarmAt ? [[role, alarmAt.threshold]] : []));

describe("cache: decisions", () => {
  it("has the seed's numbers as defaults", () => {
    expect(resolveCache(base)).to.deep.equal({
      users: ["order", "product"],
      nodeType: "cache.t3.micro",
      nodes: 2,
      automaticFailover: true,
      multiAz: true,
      engine: "redis",
      engineVersion: "7.0",
      snapshotRetentionLimit: 5,
      snapshotWindow: "03:00-05:00",
      maintenanceWindow: "sun:05:00-sun:07:00",
      logRetentionInDays: 30,
      protectData: true,
    });
  });

  it("fails over only where there is something to fail over to", () => {
    const redundancy = (args: Partial<CacheArgs>) => {
      const { automaticFailover, multiAz } = resolveCache({ ...base, ...args });
      return [automaticFailover, multiAz];
    };
    expect(redundancy({ nodes: 1 })).to.deep.equal([false, false]);
    expect(redundancy({ nodes: 3 })).to.deep.equal([true, true]);
    expect(redundancy({ nodes: 3, multiAz: false })).to.deep.equal([true, false]);
    expect(redundancy({ nodes: 3, automaticFailover: false })).to.deep.equal([false, false]);
  });

  it("takes Valkey in a version that it has", () => {
    expect(resolveCache({ ...base, engine: "valkey" }).engineVersion).to.equal("8.0");
  });
});

describe("cache: users", () => {
  it("holds a service to its own keys and channels, without what reaches beyond them", () => {
    expect(cacheAccess("order")).to.equal(
      "on ~order:* resetchannels &order:* " +
        "-@all +@read +@write +@connection +@transaction +@pubsub -@dangerous -@admin -@scripting " +
        "+eval +evalsha -scan -randomkey -dbsize -pubsub",
    );
  });

  it("switches the default user off", () => {
    expect(DEFAULT_USER_ACCESS).to.equal("off -@all");
  });
});

describe("cache: alarms", () => {
  it("watches every node, and the lag where there are replicas", () => {
    const watched = (nodes: number) =>
      alarmed(cacheSignals({ name: "cache", replicationGroupId: pulumi.output("cache") }, { nodes }));
    const always = [
      ["cpu", 80],
      ["engine-cpu", 80],
      ["memory", 80],
      ["evictions", 1000],
      ["connections", 16_000],
    ];
    expect(watched(1)).to.deep.equal(always);
    expect(watched(2)).to.deep.equal([...always, ["replication-lag", 10]]);
    expect(nodeSuffixes(3)).to.deep.equal(["001", "002", "003"]);
  });
});

describe("cache: bad arguments", () => {
  it("accepts the defaults, and a single node", () => {
    expect(bad({})).to.deep.equal([]);
    expect(bad({ nodes: 1 })).to.deep.equal([]);
    expect(bad({ users: [] })).to.deep.equal([]);
  });

  it("reports every problem at once, each with what is allowed and what to do", () => {
    const problems = validateCache("Cache", {
      placement,
      network: { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1"] },
      users: ["order", "order", "default"],
      nodeType: "t3.micro" as "cache.t3.micro",
      nodes: 0,
      automaticFailover: true,
      engineVersion: "6.2",
      snapshotRetention: "36d",
      logRetentionInDays: 2,
      snapshotWindow: "3-5",
      maintenanceWindow: "sunday",
    });
    expect(paths(problems)).to.deep.equal([
      "name",
      "users[1]",
      "users[2]",
      "nodeType",
      "nodes",
      "automaticFailover",
      "network.isolatedSubnetIds",
      "engineVersion",
      "snapshotRetention",
      "logRetentionInDays",
      "snapshotWindow",
      "maintenanceWindow",
    ]);
    for (const { allowed, remedy } of problems) expect([allowed, remedy]).to.not.include("");
  });

  it("keeps identifiers within ElastiCache's 40 characters", () => {
    expect(bad({}, "a".repeat(26))).to.deep.equal([]);
    expect(bad({}, "a".repeat(27))).to.deep.equal(["name"]);
    expect(bad({ users: ["a".repeat(31)] })).to.deep.equal([]);
    for (const user of ["a".repeat(32), "Order", "order--read", "order-", "1order", ""]) {
      expect(bad({ users: [user] }), user).to.deep.equal(["users[0]"]);
    }
  });

  it("needs two nodes to fail over and failover for zones", () => {
    expect(bad({ nodes: 1, automaticFailover: true, multiAz: false })).to.deep.equal(["automaticFailover"]);
    expect(bad({ nodes: 1, multiAz: true })).to.deep.equal(["multiAz"]);
    expect(bad({ nodes: 7 })).to.deep.equal(["nodes"]);
    expect(bad({ nodes: 1.5 })).to.deep.equal(["nodes"]);
  });

  it("takes versions with IAM authentication only", () => {
    const version = (engine: "redis" | "valkey", engineVersion: string) => bad({ engine, engineVersion });
    for (const good of ["7.0", "7.1"]) expect(version("redis", good), good).to.deep.equal([]);
    for (const good of ["7.2", "8.0"]) expect(version("valkey", good), good).to.deep.equal([]);
    for (const wrong of ["6.2", "7", "latest"]) expect(version("redis", wrong), wrong).to.deep.equal(["engineVersion"]);
    expect(version("valkey", "7.1")).to.deep.equal(["engineVersion"]);
  });

  it("keeps snapshots for 0 to 35 whole days", () => {
    for (const snapshotRetention of ["0d", "35d"] as const) expect(bad({ snapshotRetention })).to.deep.equal([]);
    for (const snapshotRetention of ["36d", "12h"] as const) {
      expect(bad({ snapshotRetention })).to.deep.equal(["snapshotRetention"]);
    }
  });

  it("takes windows of an hour or more, around midnight and the week's end too", () => {
    expect(bad({ snapshotWindow: "23:30-00:30" })).to.deep.equal([]);
    expect(bad({ maintenanceWindow: "sun:23:00-mon:00:00" })).to.deep.equal([]);
    for (const snapshotWindow of ["03:00-03:59", "24:00-25:00", "03:00", "03:00-04:00-05:00"]) {
      expect(bad({ snapshotWindow }), snapshotWindow).to.deep.equal(["snapshotWindow"]);
    }
    for (const maintenanceWindow of ["sun:05:00-sun:05:30", "xyz:05:00-sun:07:00", "05:00-07:00"]) {
      expect(bad({ maintenanceWindow }), maintenanceWindow).to.deep.equal(["maintenanceWindow"]);
    }
  });
});
