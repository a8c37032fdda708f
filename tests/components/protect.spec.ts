import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Cache } from "../../components/aws/cache";
import { Cluster } from "../../components/aws/cluster";
import { PostgresDatabase, ServerlessDatabase } from "../../components/aws/database";
import { ObjectStore } from "../../components/aws/storage";
import { Stream } from "../../components/aws/stream";
import { Table } from "../../components/aws/table";
import { deploy } from "../../offline/providers/mocks";
import { standing } from "../support/standing";
import { isolatedNetwork, placement } from "./aws/database/support";

interface Options {
  readonly protectData?: boolean;
}

const components: Readonly<
  Record<string, [make: (args: Options, opts: pulumi.ComponentResourceOptions) => unknown, held: string[]]>
> = {
  PostgresDatabase: [
    (args, opts) =>
      new PostgresDatabase("order", { placement, network: isolatedNetwork(), databaseName: "orders", ...args }, opts),
    ["order-instance"],
  ],
  ServerlessDatabase: [
    (args, opts) =>
      new ServerlessDatabase("order", { placement, network: isolatedNetwork(), databaseName: "orders", ...args }, opts),
    ["order-cluster"],
  ],
  Cache: [
    (args, opts) => new Cache("cache", { placement, network: isolatedNetwork(), users: ["order"], ...args }, opts),
    ["cache-group"],
  ],
  ObjectStore: [(args, opts) => new ObjectStore("images", { placement, ...args }, opts), ["images-bucket"]],
  Stream: [(args, opts) => new Stream("events", { placement, ...args }, opts), ["events-stream"]],
  Table: [(args, opts) => new Table("events", { placement, partitionKey: "id", ...args }, opts), ["events-table"]],
  Cluster: [
    (args, opts) => {
      const network = { vpcId: "vpc-1", cidr: "10.0.0.0/16", privateSubnetIds: ["subnet-a", "subnet-b"] };
      return new Cluster("cluster", { placement, network, ...args }, opts);
    },
    ["cluster-access-logs", "cluster-alb"],
  ],
};

/** Logical names of the children that the engine protects. */
async function protectedBy(make: (opts: pulumi.ComponentResourceOptions) => unknown): Promise<string[]> {
  const names: string[] = [];
  const note: pulumi.ResourceTransformation = ({ name, opts }) => {
    if (opts.protect === true) names.push(name);
    return undefined;
  };
  await deploy(() => void make({ transformations: [note] }), { existing: standing });
  return names.sort();
}

describe("protection of what holds data", () => {
  for (const [name, [make, held]] of Object.entries(components)) {
    it(`${name} protects ${held.join(" and ")}, and nothing without protectData`, async () => {
      expect(await protectedBy((opts) => make({}, opts))).to.deep.equal(held);
      expect(await protectedBy((opts) => make({ protectData: false }, opts))).to.deep.equal([]);
    });
  }
});
