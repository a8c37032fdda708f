// The emulated cloud has a record of its own: what is in it can be adopted, what is not can't, and two stacks share its names.
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OfflineStack } from "../../cli/offline-stack";
import { writeProject } from "./support/project";
import { run } from "./support/runs";
import { root, Workspace } from "./support/stacks";

const program = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
if (config.get("shop")) {
  const shop = new pulumi.ComponentResource("toy:shop:Shop", "shop");
  const provider = new aws.Provider("own", { region: "eu-central-1" });
  new aws.sqs.Queue("letters", { name: config.get("shop"), delaySeconds: 9 }, { parent: shop, provider });
}
if (config.get("made")) new aws.sqs.Queue(config.get("made"), { name: "orders", delaySeconds: 7 });
`;
const page = readFileSync(join(root, "docs", "runbooks", "recovery.md"), "utf8");
const URL = "https://sqs.eu-central-1.amazonaws.com/123456789012";
const QUEUE = "aws:sqs/queue:Queue";

interface State {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

describe("the record of the emulated cloud, on the engine", function () {
  this.timeout(600_000);
  const workspace = new Workspace();
  const project = join(workspace.folder, "project");
  const open = (stack: string, made?: string, more: Readonly<Record<string, string>> = {}) =>
    workspace.openProject(project, stack, { "aws:region": "eu-central-1", ...(made && { "toy:made": made }), ...more });
  const resources = async (stack: OfflineStack): Promise<readonly State[]> =>
    (JSON.parse(await stack.export()) as { deployment: { resources: readonly State[] } }).deployment.resources;

  before(() => {
    writeProject(project, "toy", program);
  });
  after(() => {
    workspace.remove();
  });

  it("refuses the second of two stacks that want one name, lets it adopt what is there, and nothing else", async () => {
    const first = await run(await open("first", "jobs"), "up");
    expect(first.code, first.stderr).to.equal(0);

    const wanting = await run(await open("second", "mine"), "up");
    expect(wanting.code).not.to.equal(0);
    expect(wanting.diagnostics.join("\n")).to.contain(
      `${QUEUE} "mine" was refused:\n  name: "orders" already exists in eu-central-1: give it another name, or import it`,
    );

    const second = await open("second");
    const adopted = await run(second, "import", [QUEUE, "mine", `${URL}/orders`, "--generate-code=false"]);
    expect(adopted.code, `${adopted.stdout}\n${adopted.stderr}`).to.equal(0);
    const queues = (await resources(second)).filter(({ type }) => type === QUEUE);
    expect(queues.map(({ id, inputs }) => [id, inputs?.delaySeconds])).to.deep.equal([[`${URL}/orders`, 7]]);

    const missing = await run(second, "import", [QUEUE, "ghost", `${URL}/ghost`, "--generate-code=false"]);
    expect(missing.code).not.to.equal(0);
    expect(missing.diagnostics.join("\n")).to.contain(`error: resource '${URL}/ghost' does not exist`);
  });

  it("gives back to a state what it has lost, by the line of the recovery runbook", async () => {
    const stack = await open("third", undefined, { "toy:shop": "letters" });
    expect((await run(stack, "up")).code).to.equal(0);
    const before = await resources(stack);
    const queue = before.find(({ type }) => type === QUEUE);
    expect(queue?.id).to.equal(`${URL}/letters`);
    expect((await stack.collect(["state", "delete", queue?.urn ?? "", "--yes"])).code).to.equal(0);
    expect((await resources(stack)).some(({ type }) => type === QUEUE)).to.equal(false);

    const [, line = ""] = /`pulumi (import --protect [^`]+)`/.exec(page) ?? [];
    const urns = ["toy:shop:Shop", "pulumi:providers:aws"].map(
      (type) => before.find((each) => each.type === type && !each.urn.includes("default"))?.urn ?? "",
    );
    const words: readonly string[] = [QUEUE, "letters", queue?.id ?? "", ...urns];
    let next = 0;
    const args = line.replace(/<[^>]+>/g, () => words[next++] ?? "").split(" ");
    expect(next, line).to.equal(words.length);
    const adopted = await run(stack, "import", [...args.slice(1), "--generate-code=false"]);
    expect(adopted.code, adopted.diagnostics.join("\n")).to.equal(0);
    const again = (await resources(stack)).find(({ type }) => type === QUEUE);
    const { urn, id, parent, provider, inputs } = queue ?? {};
    expect({ ...again }).to.deep.include({ urn, id, parent, provider, protect: true });
    expect(again?.inputs?.delaySeconds).to.equal(inputs?.delaySeconds);
    const preview = await stack.collect([
      "preview",
      "--expect-no-changes",
      "--config-file",
      stack.setup.configFile ?? "",
    ]);
    expect(preview.code, preview.stdout).to.equal(0);
  });
});
