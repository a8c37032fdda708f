import { expect } from "chai";
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stateFile } from "../chaos/inject";
import { recover } from "../chaos/recover";
import { agreement } from "../chaos/verify";
import { OfflineStack, openOffline } from "../../cli/offline-stack";
import { writeProject } from "./support/project";

const program = `
const aws = require("@pulumi/aws");
const tags = { Project: "cut", Environment: "local" };
const opts = { provider: new aws.Provider("aws", { region: "eu-central-1", defaultTags: { tags } }) };
new aws.sqs.Queue("letters", {}, opts);
`;

describe("a state that a killed engine left", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "archipelago-cut-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("can be read again after step 2 of the runbook, whether the state or the attributes beside it are cut off", async () => {
    const project = join(folder, "project");
    writeProject(project, "cut", program);
    const served = await openOffline({ stack: "local", project, work: join(folder, "work"), config: "config: {}\n" });
    // The file backend of the engine, as a team has it in a bucket; the server of offline runs writes no file in place.
    const { setup, places, state } = served;
    const environment = { ...setup.environment, PULUMI_BACKEND_URL: pathToFileURL(places.state).href };
    const stack = new OfflineStack({ ...setup, environment }, places, state);
    const up = await stack.run("up", ["--yes", "--skip-preview"], { quiet: true });
    expect(up.stderr).to.equal("");
    for (const [cutOff, step] of [
      [`${stateFile(stack)}.attrs`, "attributes"],
      [stateFile(stack), "restore"],
    ] as const) {
      truncateSync(cutOff);
      const unreadable = await stack.collect(["stack", "export"]);
      expect(unreadable.stderr, step).to.contain("failed to load checkpoint");
      const { steps, problems, orphans } = await recover(
        stack,
        "up",
        { Project: "cut", Environment: "local" },
        new Set(),
      );
      expect({ problems, orphans, steps }).to.deep.equal({
        problems: [],
        orphans: 0,
        steps: [step, "repair", "refresh", "up"],
      });
      expect(await agreement(stack)).to.deep.equal([]);
    }
  });
});
