import { expect } from "chai";
import { cloudResources } from "../../cli/components-table";
import { type LoggedRun, recorded, run } from "./support/runs";
import { allRules, Workspace } from "./support/stacks";

/** The paths that a message lists, in order; each stands once, however often the engine repeats the message. */
function paths({ stdout, stderr }: LoggedRun): readonly string[] {
  const found = [...`${stdout}\n${stderr}`.matchAll(/^ +\d+\. (\S+): /gm)].map(([, path = ""]) => path);
  return [...new Set(found)];
}

describe("a configuration with several mistakes", function () {
  this.timeout(120_000);
  let workspace: Workspace;
  before(() => (workspace = new Workspace()));
  after(() => {
    workspace.remove();
  });

  async function refused(environment: string, more: Readonly<Record<string, unknown>>): Promise<LoggedRun> {
    const stack = await workspace.open(environment, more);
    const attempt = await run(stack, "up", allRules);
    const state = cloudResources(await stack.deployment()).map(({ urn }) => urn);
    expect({ state, recorded: recorded(stack) }).to.deep.equal({ state: [], recorded: [] });
    expect(attempt.code).not.to.equal(0);
    expect(`${attempt.stdout}\n${attempt.stderr}`.split("\n").filter((line) => /^\s+at /.test(line))).to.deep.equal([]);
    return attempt;
  }

  it("is told all of them at once, and nothing is created", async () => {
    const attempt = await refused("local", {
      regoin: "eu-central-1",
      system: "ecomerce",
      zones: ["eu-central-1a", "us-east-1b"],
      cidr: "10.9.0.0/24",
      services: { order: { min: 6, max: 2 }, notification: { cpu: 300 } },
    });
    expect(paths(attempt)).to.deep.equal([
      "archipelago:regoin",
      "archipelago:system",
      "archipelago:zones[1]",
      "archipelago:cidr",
      "archipelago:services.notification.cpu",
      "archipelago:services.order.max",
    ]);
    expect(attempt.stdout).to.contain('configuration of stack "local": 6 problems; nothing was created.');
  });

  it("is refused in production for an image that can change under the same name", async () => {
    const registry = "777788889999.dkr.ecr.eu-central-1.amazonaws.com/ecommerce";
    const images = Object.fromEntries(
      ["user", "order", "product", "payment", "notification"].map((name) => [name, `${registry}/${name}:1.0.0`]),
    );
    const attempt = await refused("prod", {
      images: { ...images, order: `${registry}/order`, payment: `${registry}/payment:latest` },
    });
    expect(paths(attempt)).to.deep.equal(["archipelago:images.order", "archipelago:images.payment"]);
    expect(attempt.stdout).to.contain('configuration of stack "prod": 2 problems; nothing was created.');
  });
});
