// The emulated cloud has a record of its own: what is in it can be adopted, what is not can't, and two stacks share its names.
import { expect } from "chai";
import { join } from "node:path";
import { writeProject } from "./support/project";
import { run } from "./support/runs";
import { Workspace } from "./support/stacks";

const program = `
const aws = require("@pulumi/aws");
const config = new (require("@pulumi/pulumi").Config)();
if (config.get("made")) new aws.sqs.Queue(config.get("made"), { name: "orders", delaySeconds: 7 });
`;
const URL = "https://sqs.eu-central-1.amazonaws.com/123456789012";
const QUEUE = "aws:sqs/queue:Queue";

interface State {
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

describe("the record of the emulated cloud, on the engine", function () {
  this.timeout(600_000);
  const workspace = new Workspace();
  const project = join(workspace.folder, "project");
  const open = (stack: string, made?: string) =>
    workspace.openProject(project, stack, { "aws:region": "eu-central-1", ...(made && { "toy:made": made }) });

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
    const { deployment } = JSON.parse(await second.export()) as { deployment: { resources: readonly State[] } };
    const queues = deployment.resources.filter(({ type }) => type === QUEUE);
    expect(queues.map(({ id, inputs }) => [id, inputs?.delaySeconds])).to.deep.equal([[`${URL}/orders`, 7]]);

    const missing = await run(second, "import", [QUEUE, "ghost", `${URL}/ghost`, "--generate-code=false"]);
    expect(missing.code).not.to.equal(0);
    expect(missing.diagnostics.join("\n")).to.contain(`error: resource '${URL}/ghost' does not exist`);
  });
});
