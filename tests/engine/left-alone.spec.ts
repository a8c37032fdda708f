// What AWS itself changes at run time, as it was asked to, stays: neither a refresh nor a deployment moves it back.
import { expect } from "chai";
import { join } from "node:path";
import { changeByHand, existing } from "./support/manual-change";
import { writeProject } from "./support/project";
import { run, shortName } from "./support/runs";
import { root, Workspace } from "./support/stacks";

const program = `
const P = ${JSON.stringify(root)};
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const { Network } = require(P + "/components/aws/network");
const { Cluster } = require(P + "/components/aws/cluster");
const { Microservice } = require(P + "/components/aws/microservice");
const { PostgresDatabase, ServerlessDatabase } = require(P + "/components/aws/database");
const asked = (key, otherwise) => new pulumi.Config("toy").get(key) ?? otherwise;
const placement = { partition: "aws", region: "eu-central-1", accountId: "111122223333" };
const provider = new aws.Provider("aws", { region: placement.region, allowedAccountIds: [placement.accountId] });
const opts = { providers: [provider] };
const network = new Network("network", { placement, cidr: "10.7.0.0/16", zones: ["eu-central-1a", "eu-central-1b"], nat: "single" }, opts);
const cluster = new Cluster("cluster", { placement, network, protectData: false }, opts);
const image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/order:" + asked("image", "1.0.0");
const grants = { internet: network.grantInternet() };
const day = { schedule: "cron(0 6 * * ? *)", min: 2, max: 4 };
const schedules = { night: { schedule: "cron(0 22 * * ? *)", min: 1, max: 1 }, day };
const max = Number(asked("max", "4"));
new Microservice("order", { placement, network, cluster, image, grants, scaling: { min: 2, max, cpu: 70, schedules } }, opts);
new Microservice("review", { placement, network, cluster, image, grants, scaling: { min: 2, max: 4, cpu: 70 } }, opts);
const data = { placement, network, protectData: false };
new PostgresDatabase("orders", { ...data, databaseName: "orders", backupRetention: asked("backup", "7d") }, opts);
new ServerlessDatabase("reviews", { ...data, databaseName: "reviews", backupRetention: asked("backup", "7d") }, opts);
`;

const TARGET = "aws:appautoscaling/target:Target";
const SERVICE = "aws:ecs/service:Service";
const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";

describe("what AWS changes at run time", function () {
  this.timeout(300_000);
  const workspace = new Workspace();
  after(() => {
    workspace.remove();
  });
  const open = (config: Readonly<Record<string, string>> = {}) =>
    workspace.openProject(project, "local", { "aws:region": "eu-central-1", ...config });
  let project = "";

  before(async () => {
    project = writeProject(join(workspace.folder, "project"), "toy", program);
    const stack = await open();
    const { code, diagnostics } = await run(stack, "up");
    expect([code, diagnostics]).to.deep.equal([0, []]);
    changeByHand(stack, TARGET, "order-scaling", { minCapacity: 1, maxCapacity: 1 });
    changeByHand(stack, SERVICE, "order", { desiredCount: 1 });
    changeByHand(stack, SERVICE, "review", { desiredCount: 3 });
    changeByHand(stack, INSTANCE, "orders-instance", { allocatedStorage: 42, engineVersion: "16.9" });
    changeByHand(stack, CLUSTER, "reviews-cluster", { engineVersion: "16.9" });
  });

  const standing = async () => {
    const stack = await open();
    const of = (type: string, name: string, ...properties: readonly string[]) => {
      const { outputs } = existing(stack, type, name);
      return properties.map((property) => outputs[property]);
    };
    return {
      bounds: of(TARGET, "order-scaling", "minCapacity", "maxCapacity"),
      tasks: [of(SERVICE, "order", "desiredCount"), of(SERVICE, "review", "desiredCount")],
      instance: of(INSTANCE, "orders-instance", "allocatedStorage", "engineVersion"),
      cluster: of(CLUSTER, "reviews-cluster", "engineVersion"),
    };
  };
  const changed = { bounds: [1, 1], tasks: [[1], [3]], instance: [42, "16.9"], cluster: ["16.9"] };

  it("is no change for a preview that reads it back", async () => {
    const { code, changes } = await run(await open(), "preview", ["--refresh", "--expect-no-changes"]);
    expect([code, changes.map(({ op, urn }) => `${op} ${shortName(urn)}`)]).to.deep.equal([0, []]);
  });

  it("stays while a deployment changes the same resources", async () => {
    const config = { "toy:image": "1.1.0", "toy:backup": "8d" };
    const { code, changes } = await run(await open(config), "up", ["--refresh"]);
    const updated = changes.filter(({ op }) => op === "update").map(({ urn }) => shortName(urn));
    expect([code, updated.sort()]).to.deep.equal([
      0,
      [`${SERVICE} order`, `${SERVICE} review`, `${CLUSTER} reviews-cluster`, `${INSTANCE} orders-instance`].sort(),
    ]);
    expect(await standing()).to.deep.equal(changed);
  });

  it("gives way to bounds that the program changes, although schedules move them", async () => {
    const config = { "toy:image": "1.1.0", "toy:backup": "8d", "toy:max": "8" };
    const { code, changes } = await run(await open(config), "up");
    const made = changes.filter(({ op }) => op === "create-replacement").map(({ urn }) => shortName(urn));
    expect([code, made.sort()]).to.deep.equal([
      0,
      [
        "aws:appautoscaling/policy:Policy order-cpu",
        "aws:appautoscaling/scheduledAction:ScheduledAction order-day",
        "aws:appautoscaling/scheduledAction:ScheduledAction order-night",
        `${TARGET} order-scaling`,
      ],
    ]);
    expect(await standing()).to.deep.equal({ ...changed, bounds: [2, 8] });
    // The same again is no change, wherever a schedule has moved the bounds in the meantime.
    changeByHand(await open(), TARGET, "order-scaling", { minCapacity: 1, maxCapacity: 1 });
    const again = await run(await open(config), "up", ["--refresh", "--expect-no-changes"]);
    expect([again.code, (await standing()).bounds]).to.deep.equal([0, [1, 1]]);
  });
});
