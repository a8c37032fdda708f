import { expect } from "chai";
import { join } from "node:path";
import { cloudResources } from "../../cli/components-table";
import type { OfflineStack } from "../../cli/offline-stack";
import { protectedLines } from "../../cli/report";
import { describedConfig, writeDescribed } from "./support/described";
import { type LoggedRun, recorded, run, shortName } from "./support/runs";
import { Workspace } from "./support/stacks";

const SYSTEM = `{
  name: "parcels", tracing: {}, cache: {}, topics: {},
  contexts: { Booking: { description: "What is to be sent", entities: ["Parcel"] } },
  services: {
    booking: {
      context: "Booking", description: "Takes parcels in", usesCache: true,
      exposes: { paths: ["/api/parcels"], authentication: "by-service" },
      ...(test("database") !== "none" && { owns: { buckets: { labels: {} }, database: { kind: test("database") ?? "postgres",
        databaseName: test("databaseName") ?? "booking", instanceClass: "db.t3.micro", allocatedStorage: "20 GiB", maxAllocatedStorage: "100 GiB",
        backupRetention: "7d" } } }),
      secrets: { SIGNING_KEY: { length: 64 } },
      scaling: { min: 2, max: 4, cpu: 70 },
    },
  },
}`;
const ENVIRONMENTS = `{ ...tracked, staging: { ...tracked.staging, protectData: test("protect") !== "no" } }`;

/** What a run made, replaced or deleted in the cloud; digits of names are in the state only. */
function made({ changes }: LoggedRun): readonly string[] {
  return changes
    .filter(({ op }) => op !== "update")
    .map(({ op, urn }) => `${op} ${shortName(urn)}`)
    .filter((step) => !step.includes(" random:index/randomId:RandomId "));
}

describe("a stack that protects its data", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let project: string;

  const open = (more: Readonly<Record<string, string>> = {}): Promise<OfflineStack> => {
    const test = Object.fromEntries(Object.entries(more).map(([key, value]) => [`test:${key}`, value]));
    return workspace.openProject(project, "staging", describedConfig("parcels", "staging", ["booking"], test));
  };
  const urns = async (stack: OfflineStack): Promise<readonly string[]> =>
    ((await stack.deployment()).deployment.resources ?? []).map(({ urn }) => urn);

  before(async () => {
    workspace = new Workspace();
    project = writeDescribed(join(workspace.folder, "parcels"), "parcels", SYSTEM, ENVIRONMENTS);
    const first = await run(await open(), "up");
    expect([first.code, first.code === 0 ? "" : first.stdout + first.stderr]).to.deep.equal([0, ""]);
  });
  after(() => {
    workspace.remove();
  });

  it("protects what holds data or refuses deletion, and nothing that an update replaces", async () => {
    const { deployment } = await (await open()).deployment();
    const held = (deployment.resources ?? [])
      .filter(({ protect }) => protect === true)
      .map(({ urn }) => shortName(urn));
    expect(held.sort()).to.deep.equal([
      "archipelago:platform:DataProtection data-protection",
      "aws:elasticache/replicationGroup:ReplicationGroup cache-group",
      "aws:lb/loadBalancer:LoadBalancer cluster-alb",
      "aws:rds/instance:Instance booking-db-instance",
      "aws:s3/bucket:Bucket booking-labels-bucket",
      "aws:s3/bucket:Bucket cluster-access-logs",
    ]);
  });

  it("is not destroyed in part: nothing at all is deleted, although no preview comes first", async () => {
    const stack = await open();
    const [before, cloud] = [await urns(stack), recorded(stack)];
    const destroyed = await run(stack, "destroy");
    expect(destroyed.code).not.to.equal(0);
    expect(destroyed.changes).to.deep.equal([]);
    expect(await urns(stack)).to.deep.equal(before);
    expect(recorded(stack)).to.deep.equal(cloud);
  });

  it("explains in `make down` what is protected and which steps take it down", async () => {
    const lines = protectedLines(await (await open()).deployment(), "staging");
    expect(lines[0]).to.equal("staging protects its data, so nothing was deleted. 5 protected resources:");
    expect(lines).to.include("  booking-db-instance (aws:rds/instance:Instance)");
    expect(lines).to.include("  2. set protectData to false in infra/environments/staging.ts");
  });

  it("refuses in a preview to remove a database or to replace it", async () => {
    for (const [change, words] of [
      [{ database: "none" }, "cannot be deleted"],
      [{ databaseName: "parcels" }, "unable to replace resource"],
    ] as const) {
      const preview = await run(await open(change), "preview");
      expect(preview.code).not.to.equal(0);
      expect(preview.diagnostics.join("\n")).to.match(new RegExp(`${words}|booking-db-instance" ${words}`));
    }
  });

  it("creates nothing in an up that would replace a database, although no preview comes first", async () => {
    const stack = await open({ databaseName: "parcels" });
    const upped = await run(stack, "up");
    expect(upped.code).not.to.equal(0);
    expect(made(upped)).to.deep.equal([]);
    const first = await run(await open(), "up");
    expect([first.code, first.code === 0 ? "" : first.stdout + first.stderr]).to.deep.equal([0, ""]);
  });

  it("goes in two steps: an up without protection, which deletes nothing, and destroy", async () => {
    const stack = await open({ protect: "no" });
    const freed = await run(stack, "up");
    expect(freed.diagnostics).to.deep.equal([]);
    expect(made(freed)).to.deep.equal([]);
    expect(protectedLines(await stack.deployment(), "staging")).to.deep.equal([]);
    expect((await run(stack, "destroy")).code).to.equal(0);
    expect(cloudResources(await stack.deployment())).to.deep.equal([]);
    // Revisions of task definitions stay, so that a deployment has something to go back to.
    expect(recorded(stack).filter((file) => !file.includes("_TaskDefinition"))).to.deep.equal([]);
  });
});
