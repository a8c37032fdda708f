// A deployment that fails must fail `up`: the circuit breaker takes ECS back to the old version, which is a steady state as well.
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OfflineStack } from "../../cli/offline-stack";
import { writeProject } from "./support/project";
import { type LoggedRun, recorded, run, shortName } from "./support/runs";
import { root, Workspace } from "./support/stacks";

/** `order` calls `stock`; configuration says which version of each runs. */
const program = `
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const { Network } = require(${JSON.stringify(join(root, "components/aws/network"))});
const { Cluster } = require(${JSON.stringify(join(root, "components/aws/cluster"))});
const { Microservice } = require(${JSON.stringify(join(root, "components/aws/microservice"))});
const { GeneratedSecrets } = require(${JSON.stringify(join(root, "components/aws/secret"))});
const placement = { partition: "aws", region: "eu-central-1", accountId: "111122223333" };
const opts = { providers: [new aws.Provider("aws", { region: placement.region, allowedAccountIds: [placement.accountId], defaultTags: { tags: { Project: "shop" } } })] };
const zones = ["eu-central-1a", "eu-central-1b"];
const network = new Network("network", { placement, cidr: "10.7.0.0/16", zones, nat: "none", endpoints: ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] }, opts);
const cluster = new Cluster("cluster", { placement, network, protectData: false }, opts);
const config = new pulumi.Config();
const secrets = new GeneratedSecrets("stock", { placement, secrets: { SIGNING_KEY: { length: config.getNumber("length") ?? 32 } } }, opts);
const service = (name, version, more, grants) => new Microservice(name, {
  placement, cluster, network, scaling: { min: 2, max: 2 },
  image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/" + name + ":" + version,
  grants: { endpoints: network.grantEndpoints(), ...grants },
  ...more,
}, opts);
const waitForSteadyState = config.getBoolean("wait") ?? true;
const stock = service("stock", config.require("stock"), { secrets: secrets.references, waitForSteadyState });
service("order", config.require("order"), {}, { stock: stock.grantCall() });
if (config.get("late")) service("late", config.require("late"));
`;

interface Recorded {
  readonly type: string;
  readonly urn: string;
  readonly retired?: readonly number[];
  readonly outputs: { readonly taskDefinition: string; readonly revision: number };
}

describe("deployments", function () {
  this.timeout(300_000);
  const workspace = new Workspace();
  const project = writeProject(join(workspace.folder, "shop"), "shop", program);
  let stack: OfflineStack;

  async function up(config: Record<string, string>, verb = "up"): Promise<LoggedRun> {
    const given = Object.fromEntries(
      Object.entries({ stock: "1.0.0", order: "1.0.0", ...config }).map(([key, value]) => [`shop:${key}`, value]),
    );
    stack = await workspace.openProject(project, "dev", given);
    return run(stack, verb);
  }
  const inCloud = (type: string, name: string): readonly Recorded[] =>
    recorded(stack)
      .filter((file) => file.endsWith(".json"))
      .map((file) => JSON.parse(readFileSync(file, "utf8")) as Recorded)
      .filter((existing) => existing.type === type && existing.urn.endsWith(`::${name}`));
  /** The revision that ECS runs of a service. */
  const running = (name: string): string | undefined =>
    inCloud("aws:ecs/service:Service", name)[0]?.outputs.taskDefinition.replace(/^.*:/, "");
  const said = ({ diagnostics }: LoggedRun): string => diagnostics.join("\n");
  const changed = ({ changes }: LoggedRun): readonly string[] =>
    changes.map(({ op, urn }) => `${op} ${shortName(urn)}`);

  after(() => {
    workspace.remove();
  });

  it("come up when their tasks run", async () => {
    const first = await up({});
    expect([first.code, first.diagnostics]).to.deep.equal([0, []]);
    expect([running("stock"), running("order")]).to.deep.equal(["1", "1"]);
  });

  it("fail up when ECS rolls them back, and stop the callers of the service", async () => {
    const failed = await up({ stock: "does-not-start", order: "1.0.1" });
    expect(failed.code).not.to.equal(0);
    expect(said(failed)).to.match(/waiting for ECS Service .*service\/cluster-[^/]+\/stock-.* update:.*rolled back/);
    expect([running("stock"), running("order")]).to.deep.equal(["1", "1"]);
    expect(changed(failed)).not.to.include("update aws:ecs/service:Service order");
  });

  it("leave the revision that ECS goes back to", () => {
    const [definition] = inCloud("aws:ecs/taskDefinition:TaskDefinition", "stock-task");
    expect(definition?.outputs.revision).to.equal(2);
    expect(definition?.retired).to.equal(undefined);
  });

  it("fail up again when nothing has changed since: the old version is no answer", async () => {
    const again = await up({ stock: "does-not-start", order: "1.0.1" });
    expect(again.code).not.to.equal(0);
    expect(said(again)).to.match(
      /Service "stock" does not run what was asked for: ECS runs cluster-\w+-stock:1, and cluster-\w+-stock:2/,
    );
    expect(said(again)).to.contain("update-service");
    expect(running("order")).to.equal("1");
  });

  it("show as a difference in a refresh, and never in a preview", async () => {
    const preview = await up({ stock: "does-not-start", order: "1.0.1" }, "preview");
    expect(preview.code).to.equal(0);
    const refreshed = await up({ stock: "does-not-start", order: "1.0.1" }, "refresh");
    expect(refreshed.code).to.equal(0);
    expect(changed(refreshed)).to.deep.equal(["update aws:ecs/service:Service stock"]);
  });

  it("come up again when the image is mended", async () => {
    const mended = await up({ stock: "1.0.2", order: "1.0.2" });
    expect([mended.code, mended.diagnostics]).to.deep.equal([0, []]);
    expect(running("stock")).to.equal("3");
    const [definition] = inCloud("aws:ecs/taskDefinition:TaskDefinition", "stock-task");
    expect(definition?.retired).to.equal(undefined);
  });

  it("fail up when a service never comes up at all, now and at the next run, until it is mended", async () => {
    const mended = { stock: "1.0.2", order: "1.0.2" };
    const failed = await up({ ...mended, late: "does-not-start" });
    expect(failed.code).not.to.equal(0);
    expect(said(failed)).to.match(/\/late-.* create:/);
    const again = await up({ ...mended, late: "does-not-start" });
    expect(again.code).not.to.equal(0);
    expect(said(again)).to.contain('Service "late" does not run what was asked for: none of its 2 tasks runs');
    const repaired = await up({ ...mended, late: "1.0.0" });
    expect([repaired.code, repaired.diagnostics]).to.deep.equal([0, []]);
  });

  it("get a new secret to every task in the same run", async () => {
    const longer = await up({ stock: "1.0.2", order: "1.0.2", late: "1.0.0", length: "48" });
    expect([longer.code, longer.diagnostics]).to.deep.equal([0, []]);
    expect(changed(longer)).to.include.members([
      "create-replacement aws:secretsmanager/secretVersion:SecretVersion stock-signing-key",
      "create-replacement aws:ecs/taskDefinition:TaskDefinition stock-task",
      "update aws:ecs/service:Service stock",
    ]);
    expect(running("stock")).to.equal("4");
  });

  it("are not waited for where a service says so", async () => {
    const started = await up({ stock: "does-not-start", order: "1.0.2", late: "1.0.0", length: "48", wait: "false" });
    expect([started.code, started.diagnostics]).to.deep.equal([0, []]);
    expect(running("stock")).to.equal("4");
  });
});
