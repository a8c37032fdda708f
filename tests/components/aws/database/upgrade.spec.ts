import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { PostgresDatabase, type PostgresDatabaseArgs, ServerlessDatabase } from "../../../../components/aws/database";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";
import { isolatedNetwork, placement } from "./support";

type Change = Pick<PostgresDatabaseArgs, "engineVersion" | "upgradeFrom" | "snapshotIdentifier">;

const kinds = {
  instance: {
    make: (args: Change, allow: boolean, opts?: pulumi.ComponentResourceOptions) =>
      new PostgresDatabase(
        "order",
        {
          ...{ placement, network: isolatedNetwork(), databaseName: "orders", ...args },
          ...(allow && { transform: { instance: { allowMajorVersionUpgrade: true } } }),
        },
        opts,
      ),
    store: "aws:rds/instance:Instance",
    group: "aws:rds/parameterGroup:ParameterGroup",
    used: "parameterGroupName",
    family: "postgres",
  },
  cluster: {
    make: (args: Change, allow: boolean, opts?: pulumi.ComponentResourceOptions) =>
      new ServerlessDatabase(
        "order",
        {
          ...{ placement, network: isolatedNetwork(), databaseName: "orders", ...args },
          ...(allow && { transform: { cluster: { allowMajorVersionUpgrade: true } } }),
        },
        opts,
      ),
    store: "aws:rds/cluster:Cluster",
    group: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    used: "dbClusterParameterGroupName",
    family: "aurora-postgresql",
  },
} as const;

for (const [name, { make, store, group, used, family }] of Object.entries(kinds)) {
  describe(`database: versions and snapshots of a ${name}`, () => {
    const deployed = (args: Change, allow = false, opts?: pulumi.ComponentResourceOptions) =>
      deploy(() => make(args, allow, opts), { existing: standing });
    const groups = async (args: Change, allow = false) =>
      (await deployed(args, allow)).ofType(group).map(({ name: child, inputs }) => [child, inputs.family]);

    it("has a parameter group that is named after the major version", async () => {
      expect(await groups({ engineVersion: "15.4" })).to.deep.equal([["order-parameter-group-15", `${family}15`]]);
    });

    it("keeps the old parameter group while it is upgraded, and uses the new one", async () => {
      const deployment = await deployed({ engineVersion: "17", upgradeFrom: "15" });
      const found = deployment.ofType(group).map(({ name: child, inputs }) => [child, inputs.family]);
      expect(found).to.have.deep.members([
        ["order-parameter-group-15", `${family}15`],
        ["order-parameter-group-17", `${family}17`],
      ]);
      expect(deployment.one(store).inputs[used]).to.equal(
        deployment.one(group, "order-parameter-group-17").outputs.name,
      );
    });

    it("allows the upgrade and makes it at once, although other changes wait for the maintenance window", async () => {
      const { inputs } = (await deployed({ engineVersion: "17", upgradeFrom: "15" })).one(store);
      expect(inputs).to.include({ allowMajorVersionUpgrade: true, applyImmediately: true, deletionProtection: true });
      const plain = (await deployed({ engineVersion: "17" })).one(store).inputs;
      expect(plain).to.not.have.property("allowMajorVersionUpgrade");
      expect(plain.applyImmediately).to.equal(false);
    });

    it("keeps every earlier parameter group where a transform allows the upgrade and nothing says from which version", async () => {
      expect((await groups({ engineVersion: "16" }, true)).map(([child]) => child).sort()).to.deep.equal([
        "order-parameter-group-14",
        "order-parameter-group-15",
        "order-parameter-group-16",
      ]);
    });

    it("takes over the parameter group that was called without a version: as the old one in an upgrade", async () => {
      const aliased = async (args: Change): Promise<string[]> => {
        const names: string[] = [];
        const note: pulumi.ResourceTransformation = ({ name: child, opts }) => {
          if (JSON.stringify(opts.aliases) === '[{"name":"order-parameter-group"}]') names.push(child);
          return undefined;
        };
        await deployed(args, false, { transformations: [note] });
        return names;
      };
      expect(await aliased({ engineVersion: "16" })).to.deep.equal(["order-parameter-group-16"]);
      expect(await aliased({ engineVersion: "16", upgradeFrom: "15" })).to.deep.equal(["order-parameter-group-15"]);
    });

    it("is created from a snapshot", async () => {
      const { inputs } = (await deployed({ snapshotIdentifier: "order-final-1" })).one(store);
      expect(inputs.snapshotIdentifier).to.equal("order-final-1");
      expect((await deployed({})).one(store).inputs).to.not.have.property("snapshotIdentifier");
    });
  });
}
