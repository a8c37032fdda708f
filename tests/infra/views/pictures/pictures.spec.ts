// Pictures show every edge of the plan once and nothing else, are the same on every machine, and the checked-in ones are true.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { onePlanEach } from "../../../../infra/views/catalog/files";
import { stacksIn } from "../../../../cli/stack-files";
import { environments } from "../../../../infra/environments";
import { derive } from "../../../../infra/model/derive";
import type { Plan } from "../../../../infra/model/plan";
import { targetName } from "../../../../infra/targets";
import { pictureFiles, pictureName } from "../../../../infra/views/pictures/files";
import { withDiagrams } from "../../../../infra/views/pictures/readme";
import { mockedRights } from "../../../../cli/mocked-rights";
import { builtStack, knownOf, planOfStack } from "../../../../cli/project-systems";
import { pictureOf } from "../../../../infra/views/pictures/svg";
import { thisDay } from "../../../../infra/examine";
import { planFor, runOf } from "../../support/run";
import { readPlan } from "../../support/read-plan";
import { reordered, settingsFor, validSystem } from "../../support/systems";

const root = join(__dirname, "../../../..");

/** Names of the edges of a plan, said here once more and in another way than the pictures do. */
function edgesIn(plan: Plan): string[] {
  const { contexts, services, subscriptions, nodes, sagas } = readPlan(plan);
  const commands = sagas.flatMap(({ startedBy, steps }) =>
    steps.map(({ service }) => `send service:${startedBy} queue:${service}-commands`),
  );
  return [
    ...new Set(commands),
    ...contexts.flatMap(({ name, dependsOn }) =>
      dependsOn.map(({ context }) => `depend context:${name} context:${context}`),
    ),
    ...subscriptions.map(({ topic, queue }) => `deliver topic:${topic} queue:${queue}`),
    ...services.flatMap(({ name, exposes, database, usesCache, internetEgress, ...service }) => [
      ...(exposes ? [`route balancer service:${name}`] : []),
      ...(database ? [`own service:${name} database:${name}`] : []),
      ...nodes
        .filter(({ kind, owner }) => kind === "bucket" && owner === name)
        .map((bucket) => `own service:${name} bucket:${name}/${bucket.name}`),
      ...(usesCache ? [`cache service:${name} cache`] : []),
      ...(internetEgress ? [`internet service:${name} internet`] : []),
      ...service.calls.map((call) => `call service:${name} service:${call.service}`),
      ...service.publishes.map(({ topic }) => `publish service:${name} topic:${topic}`),
      ...service.consumes.map((queue) => `consume queue:${queue} service:${name}`),
      ...service.sendsTo.map((queue) => `send service:${name} queue:${queue}`),
    ]),
    ...nodes.flatMap(({ kind, name }) => (kind === "entrance" ? [`route entrance:${name} balancer`] : [])),
    ...nodes.flatMap(({ kind, name, owner }) =>
      ["table", "function", "job"].includes(kind) ? [`own service:${owner ?? ""} ${kind}:${owner ?? ""}/${name}`] : [],
    ),
  ].sort();
}

function drawnIn(picture: string): string[] {
  return [...picture.matchAll(/ data-edge="([^"]*)"/g)].map(([, edge]) => edge ?? "").sort();
}

describe("pictures", function () {
  this.timeout(120_000);

  it("draw every edge of a plan once and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(validSystem, async (system) => {
        const plan = derive(system, environments.dev, settingsFor(system, "dev"));
        const picture = await pictureOf(plan);
        expect(drawnIn(picture)).to.deep.equal(edgesIn(plan));
        const again = derive(reordered(system), environments.dev, settingsFor(system, "dev"));
        expect(await pictureOf(again)).to.equal(picture);
      }),
      { numRuns: 4 },
    );
  });

  it("draw every edge of the systems that are described here", async () => {
    const plans = onePlanEach(stacksIn(root).map((stack) => planOfStack(root, knownOf(root), stack, thisDay())));
    expect(plans).to.have.length.at.least(3);
    for (const plan of plans) {
      expect(drawnIn(await pictureOf(plan)), plan.system).to.deep.equal(edgesIn(plan));
    }
  });

  it("let no name become markup", async () => {
    const evil = `<script>"&'\u{0}`;
    const text = JSON.stringify(planFor(runOf("prod"))).replaceAll('"order"', JSON.stringify(evil));
    const picture = await pictureOf(JSON.parse(text) as Plan);
    expect(picture).to.not.include("<script");
    expect(picture).to.not.include("\u{0}");
    expect(picture).to.include(">&lt;script&gt;&quot;&amp;&#39;\u{fffd}</text>");
  });

  it("are checked in as the stacks give them", async () => {
    const folder = join(root, "docs", "pictures");
    // Dashboards are drawn from what CloudWatch is given (tests/infra/views/dashboards.spec.ts).
    const files = readdirSync(folder).filter((name) => !name.startsWith("dashboard-"));
    expect(files).to.include.members(["ecommerce-prod.svg", "ecommerce-prod.html"]);
    const stacks = stacksIn(root).map((stack) => builtStack(root, knownOf(root), stack, thisDay()));
    const made = new Map<string, string>();
    let count = 0;
    for (const { plan, target } of stacks.filter(({ plan, target }) =>
      files.includes(`${pictureName(plan, targetName(target))}.svg`),
    )) {
      for (const [name, text] of await pictureFiles(plan, targetName(target), await mockedRights(target, plan)))
        expect(made.set(name, text).size, name).to.equal(++count);
    }
    expect(files.sort()).to.deep.equal([...made.keys()].sort());
    for (const [name, text] of made) {
      expect(Buffer.byteLength(text), name).to.be.lessThan(300_000);
      expect(readFileSync(join(folder, name), "utf8") === text, `${name}: run make diagram`).to.equal(true);
    }
  });

  it("are put into a page below their mark", () => {
    const page = "a\n<!-- make diagram: prod -->\n\n```mermaid\nold\n```\n\n```mermaid\nkept\n```\n";
    expect(withDiagrams(page, (stack) => `${stack}\n`)).to.equal(page.replace("old", "prod"));
  });
});
