import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloudResources } from "../../cli/components-table";
import type { Violation } from "../../cli/event-log";
import type { OfflineStack } from "../../cli/offline-stack";
import type { Emulation } from "../../offline/providers/core/emulation";
import { FolderInventory } from "../../offline/providers/core/folder";
import { emulate } from "../../offline/providers/packages";
import { allRules as everyRule } from "../policy/packs";
import { STANDING, STANDING_IN_CLUSTER } from "../policy/plants";
import { type LoggedRun, recorded, run, shortName } from "./support/runs";
import { allRules, root, Workspace } from "./support/stacks";

/** The emulated cloud of a stack, as its provider sees it. */
function standing({ places }: OfflineStack, name = "aws"): Emulation {
  const record = new FolderInventory(join(places.cloud, name));
  return emulate(name, { region: "eu-central-1" }, record, () => "");
}

/** The rules that are looked for without a configuration. */
const rules = everyRule.filter(({ level }) => level !== "disabled");
const mandatory = new Set(rules.filter(({ level }) => level !== "advisory").map(({ id }) => id));

/** A rule's finding, by rule and type of the resource. */
interface Found {
  readonly rule: string;
  readonly type: string;
  readonly name: string;
}

function foundIn({ facts }: LoggedRun): readonly Found[] {
  return facts.violations.map(({ rule, resource }: Violation) => {
    const [, name = "", type = ""] = /^(.*) \((.*)\)$/.exec(resource) ?? [];
    return { rule, type, name };
  });
}

describe("planted violations on the engine", function () {
  this.timeout(600_000);
  let workspace: Workspace;
  let preview: LoggedRun;
  let update: LoggedRun;

  before(async () => {
    workspace = new Workspace();
    const project = join(__dirname, "fixtures", "plants");
    const stack = await workspace.openProject(project, "plants", { "aws:region": "eu-central-1" });
    const cloud = standing(stack);
    for (const [type, id] of STANDING)
      cloud.found({ type, id, outputs: id.startsWith("arn:") ? { arn: id } : { name: id } });
    const cluster = standing(stack, "kubernetes");
    for (const [type, namespace, name] of STANDING_IN_CLUSTER) {
      const id = namespace === "" ? name : `${namespace}/${name}`;
      cluster.found({ type, id, inputs: { metadata: { name, ...(namespace !== "" && { namespace }) } } });
    }
    preview = await run(stack, "preview", allRules);
    // A mandatory violation ends an update at the first resource; as advice, all of them are made and judged.
    const advice = join(workspace.folder, "advice.json");
    const off = everyRule.filter(({ level }) => level === "disabled").map(({ id }) => [id, "disabled"] as const);
    writeFileSync(advice, JSON.stringify({ all: "advisory", ...Object.fromEntries(off) }));
    update = await run(stack, "up", [...allRules, "--policy-pack-config", advice]);
  });
  after(() => {
    workspace.remove();
  });

  const runs: readonly (readonly [verb: string, get: () => LoggedRun])[] = [
    ["preview", () => preview],
    ["up", () => update],
  ];
  for (const [verb, get] of runs) {
    it(`${verb}: each rule finds something in a plant of each type that it names`, () => {
      const found = new Set(foundIn(get()).map(({ rule, type }) => `${rule} in ${type}`));
      const planted = (type: string): boolean => verb === "preview" || !type.startsWith("kubernetes:");
      const expected = rules.flatMap(({ id, appliesTo }) =>
        appliesTo.filter(planted).map((type) => `${id} in ${type}`),
      );
      expect(expected.filter((pair) => !found.has(pair))).to.deep.equal([]);
    });

    it(`${verb}: no rule finds anything in a right plant`, () => {
      const inRight = foundIn(get()).filter(({ name }) => !name.startsWith("wrong-"));
      expect(inRight).to.deep.equal([]);
    });
  }

  it("preview: every finding has its rule's level, and the preview fails", () => {
    expect(preview.code).not.to.equal(0);
    const other = preview.facts.violations.filter(({ rule, level }) => (level === "mandatory") !== mandatory.has(rule));
    expect(other).to.deep.equal([]);
  });

  it("up: the cloud takes every plant", () => {
    expect({ code: update.code, stderr: update.stderr }).to.deep.equal({ code: 0, stderr: "" });
  });
});

describe("one planted violation on the engine", function () {
  this.timeout(300_000);
  const type = "aws:iam/rolePolicy:RolePolicy";
  const broken = [
    "disallow-decryption-with-all-keys",
    "disallow-privilege-escalation",
    "disallow-wildcard-action",
    "disallow-wildcard-resource",
    "require-named-secrets",
    "require-pass-role-conditions",
  ];
  let workspace: Workspace;
  let stack: OfflineStack;
  before(async () => {
    workspace = new Workspace();
    stack = await workspace.openProject(join(__dirname, "fixtures", "iam"), "iam", { "aws:region": "eu-central-1" });
    standing(stack).found({ type: "aws:iam/role:Role", id: "worker" });
  });
  after(() => {
    workspace.remove();
  });

  it("stops the update by name of the rule, before anything is made", async () => {
    const before = recorded(stack).length;
    const tried = await run(stack, "up", ["--policy-pack", join(root, "policy", "iam")]);
    expect(tried.code).not.to.equal(0);
    expect([...new Set(tried.facts.violations.map(({ rule }) => rule))].sort()).to.deep.equal(broken);
    expect(broken.filter((rule) => !tried.stdout.includes(rule))).to.deep.equal([]);
    expect(cloudResources(await stack.deployment())).to.deep.equal([]);
    expect(recorded(stack).length).to.equal(before);
  });

  it("is made without the pack", async () => {
    const tried = await run(stack, "up");
    expect({ code: tried.code, stderr: tried.stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(cloudResources(await stack.deployment()).map(({ urn }) => shortName(urn))).to.deep.equal([
      `${type} planted`,
    ]);
  });
});

describe("values that are not known yet", function () {
  this.timeout(300_000);
  const wrong = "disallow-wildcard-action";
  let workspace: Workspace;
  let stack: OfflineStack;
  before(async () => {
    workspace = new Workspace();
    const project = join(__dirname, "fixtures", "unknowns");
    stack = await workspace.openProject(project, "unknowns", { "aws:region": "eu-central-1" });
    standing(stack).found({ type: "aws:iam/role:Role", id: "worker" });
  });
  after(() => {
    workspace.remove();
  });

  it("are named at preview with the rules on them, the same in two runs; the rest is judged", async () => {
    const listed = [...allRules, "--policy-pack-config", join(root, "policy", "all", "report.json")];
    const one = await run(stack, "preview", listed);
    const other = await run(stack, "preview", listed);
    const rules = one.facts.violations.map(({ rule }) => rule);
    expect(rules).to.include("require-key-policy");
    expect(rules).not.to.include(wrong);
    const lines = one.facts.unjudged ?? [];
    expect(lines.map((line) => line.replace(/ is not known yet: .*/, ""))).to.deep.equal([
      "kmsMasterKeyId of orders (aws:sqs/queue:Queue)",
      "policy of planted (aws:iam/rolePolicy:RolePolicy)",
    ]);
    expect(lines[0]).to.include("require-queue-customer-managed-key");
    expect(lines[1]).to.include(wrong);
    expect(other.facts).to.deep.equal(one.facts);
  });

  it("are judged during the update, before the resource is made", async () => {
    const config = join(workspace.folder, "only.json");
    writeFileSync(config, JSON.stringify({ all: "disabled", [wrong]: "mandatory" }));
    const tried = await run(stack, "up", [
      "--policy-pack",
      join(root, "policy", "iam"),
      "--policy-pack-config",
      config,
    ]);
    expect(tried.code).not.to.equal(0);
    expect(tried.facts.violations.map(({ rule }) => rule)).to.deep.equal([wrong]);
    const made = cloudResources(await stack.deployment()).map(({ urn }) => shortName(urn));
    expect(made.filter((name) => name.endsWith(" planted"))).to.deep.equal([]);
    expect(made).to.include("aws:sqs/queue:Queue orders");
  });
});
