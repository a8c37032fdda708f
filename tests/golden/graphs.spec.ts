// The resource graphs that the stacks and the components have today, kept under graphs/. A difference shows in a review as a difference of text;
// one that deletes or replaces something that exists needs an upgrade note before it can be written.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../offline/providers/mocks";
import packageJson from "../../package.json";
import { planFor, runOf, shipped } from "../infra/support/run";
import { builtOnEks, planOnEks } from "../infra/targets/eks/fixtures";
import { builtOnKubernetes, planOnKubernetes } from "../infra/targets/kubernetes/fixtures";
import { standing } from "../support/standing";
import { examples, place } from "./examples";
import { graphIn, textOf } from "./file";
import { type Graph, graphOf } from "./graph";
import { faultsOf, type Note, unannounced } from "./notes";
import { lossesOf } from "./upgrade";

const root = resolve(__dirname, "../..");
const graphs = join(__dirname, "graphs");
const upgrades = join(root, "docs/upgrades");
/** The stack that the others of its system are compared with, and so have the fewest lines. */
const BASE = "prod";
const MEBIBYTE = 1024 * 1024;

const notes: readonly Note[] = readdirSync(upgrades)
  .filter((file) => file !== "README.md")
  .map((file) => ({ file, text: readFileSync(join(upgrades, file), "utf8") }));

/** Stacks with a file of configuration. */
const stacks = readdirSync(root)
  .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
  .sort((one, other) => Number(other === BASE) - Number(one === BASE));

/** Holds a graph against its file, or writes the file. */
function hold(name: string, title: string, graph: Graph, base?: { readonly old: Graph; readonly now: Graph }): void {
  const file = join(graphs, `${name}.yaml`);
  const kept = existsSync(file) ? readFileSync(file, "utf8") : "";
  const old = graphIn(kept, base?.old);
  const losses = kept === "" ? [] : unannounced(lossesOf(old, graph), notes, packageJson.version);
  expect(
    losses.map(({ kind, resource, because }) => `${kind} \`${resource}\` (${because})`),
    `an update of ${name} would lose what exists: add an alias, or name it in docs/upgrades/ (see the README there)`,
  ).to.deep.equal([]);
  const text = textOf(title, graph, base?.now);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(graphs, { recursive: true });
    writeFileSync(file, text);
  } else
    expect(
      kept === text ? "" : differenceOf(kept, text),
      `${name}: UPDATE_GOLDEN=1 writes it; then read the difference`,
    ).to.equal("");
}

/** Without what follows from random passwords: ten or 64 digits of a hash, and RabbitMQ's own form of one. */
function withoutDigests(resources: readonly Registered[]): readonly Registered[] {
  return JSON.parse(
    JSON.stringify(resources).replace(
      /(?<![0-9a-f]|":)(?:[0-9a-f]{10}|[0-9a-f]{64})(?![0-9a-f])|(?<=password_hash[\\": ]+)[\w+/=]{20,}/g,
      "digest",
    ),
  ) as readonly Registered[];
}

const targetOf = (stack: string): string => shipped(stack)["archipelago:target"] ?? "ecs";

async function graphOfStack(stack: string): Promise<Graph> {
  if (targetOf(stack) === "eks") {
    const plan = planOnEks();
    return graphOf(withoutDigests((await builtOnEks(plan)).resources), plan);
  }
  if (targetOf(stack) === "kubernetes")
    return graphOf(withoutDigests((await builtOnKubernetes(planOnKubernetes({}, {}, stack))).resources), place);
  const plan = planFor(runOf(stack));
  const options = { region: plan.region, stack, project: "archipelago" };
  return graphOf((await deploy(() => buildOnEcs(plan), options)).resources, plan);
}

/** The first lines that differ. */
function differenceOf(kept: string, text: string): string {
  const [before, after] = [kept.split("\n"), text.split("\n")];
  const at = after.findIndex((line, index) => line !== before[index]);
  return [`line ${at + 1}`, "kept:", ...before.slice(at, at + 8), "now:", ...after.slice(at, at + 8)].join("\n");
}

describe("golden graphs", function () {
  this.timeout(120_000);
  let base: { readonly old: Graph; readonly now: Graph; readonly system: string };
  before(async () => {
    const file = join(graphs, `${BASE}.yaml`);
    base = {
      old: existsSync(file) ? graphIn(readFileSync(file, "utf8")) : {},
      now: await graphOfStack(BASE),
      system: planFor(runOf(BASE)).system,
    };
  });

  for (const stack of stacks) {
    it(`of the stack ${stack}`, async () => {
      // Stacks of another system or on another platform have nothing in common with it.
      const alike = stack !== BASE && targetOf(stack) === "ecs" && planFor(runOf(stack)).system === base.system;
      const title = alike ? `The stack ${stack}: what differs from ${BASE}; null: not here` : `The stack ${stack}`;
      hold(stack, title, stack === BASE ? base.now : await graphOfStack(stack), alike ? base : undefined);
    });
  }

  for (const [name, program] of Object.entries(examples)) {
    it(`of the component ${name}`, async () => {
      const { resources } = await deploy(program, { region: place.region, existing: standing });
      hold(`component-${name}`, `The fullest example of a component: ${name}`, graphOf(resources, place));
    });
  }

  it("belong to a stack or an example, and stay small enough to be read", () => {
    const wanted = [...stacks, ...Object.keys(examples).map((name) => `component-${name}`)].map(
      (name) => `${name}.yaml`,
    );
    expect(readdirSync(graphs).sort()).to.deep.equal(wanted.sort());
    const large = readdirSync(graphs).filter((file) => statSync(join(graphs, file)).size > MEBIBYTE);
    expect(large).to.deep.equal([]);
  });

  it("have an example of every component", () => {
    const components = resolve(root, "components/aws");
    const built = readFileSync(join(__dirname, "examples.ts"), "utf8");
    // The kit's parts are in the examples of those that use them.
    const folders = readdirSync(components).filter((folder) => folder !== "kit");
    const missing = folders.flatMap((folder) => {
      const index = readFileSync(join(components, folder, "index.ts"), "utf8");
      const classes = [...index.matchAll(/^export \{ ([A-Z]\w+)/gm)].map(([, name = ""]) => name);
      return classes.filter((name) => !built.includes(`new ${name}(`));
    });
    expect(missing).to.deep.equal([]);
  });

  it("come with upgrade notes that name resources and say what an operator does", () => {
    expect(faultsOf(notes)).to.deep.equal([]);
  });
});
