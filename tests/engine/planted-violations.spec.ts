import { expect } from "chai";
import { join } from "node:path";
import { cloudResources } from "../../offline/engine/components-table";
import type { OfflineStack } from "../../offline/engine/offline-stack";
import type { Emulation } from "../../offline/providers/core/emulation";
import { FolderInventory } from "../../offline/providers/core/folder";
import { emulate } from "../../offline/providers/packages";
import { type LoggedRun, recorded, run, shortName, twoAtATime } from "./support/runs";
import { root, Workspace } from "./support/stacks";

interface Plant {
  readonly pack: string;
  /** Type of the one resource that the fixture declares. */
  readonly type: string;
  /** Rules that it breaks. */
  readonly rules: readonly string[];
}

const plants: readonly Plant[] = [
  { pack: "encryption", type: "aws:ebs/volume:Volume", rules: ["require-volume-encryption"] },
  {
    pack: "network",
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    rules: ["disallow-open-ingress", "disallow-open-sensitive-ports"],
  },
  {
    pack: "iam",
    type: "aws:iam/rolePolicy:RolePolicy",
    rules: [
      "disallow-decryption-with-all-keys",
      "disallow-privilege-escalation",
      "disallow-wildcard-action",
      "disallow-wildcard-resource",
      "require-named-secrets",
      "require-pass-role-conditions",
    ],
  },
];

/** What the plants name, made by nobody. */
const named = [
  { type: "aws:iam/role:Role", id: "worker" },
  { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-0123456789abcdef0" },
];

/** The emulated cloud of a stack, as its provider sees it. */
function standing({ places }: OfflineStack): Emulation {
  const record = new FolderInventory(join(places.cloud, "aws"));
  return emulate("aws", { region: "eu-central-1" }, record, () => "");
}

interface Tried {
  readonly run: LoggedRun;
  readonly state: readonly string[];
  readonly cloud: number;
}

describe("a planted violation on the engine", function () {
  this.timeout(300_000);
  // A cloud of its own for each, so that what one makes is not counted for another.
  const workspaces: Workspace[] = [];
  const judged = new Map<string, Tried>();
  const unjudged = new Map<string, Tried>();

  before(async () => {
    await twoAtATime(plants, async ({ pack }) => {
      const workspace = new Workspace();
      workspaces.push(workspace);
      const project = join(__dirname, "fixtures", pack);
      const stack = await workspace.openProject(project, pack, { "aws:region": "eu-central-1" });
      for (const existing of named) standing(stack).found(existing);
      const before = recorded(stack).length;
      const attempt = async (args: readonly string[]): Promise<Tried> => ({
        run: await run(stack, "up", args),
        state: cloudResources(await stack.deployment()).map(({ urn }) => shortName(urn)),
        cloud: recorded(stack).length - before,
      });
      judged.set(pack, await attempt(["--policy-pack", join(root, "policy", pack)]));
      unjudged.set(pack, await attempt([]));
    });
  });
  after(() => {
    for (const workspace of workspaces) workspace.remove();
  });

  for (const { pack, type, rules } of plants) {
    it(`stops ${type} with the ${pack} pack, by name of the rule, before anything is made`, () => {
      const tried = judged.get(pack);
      expect(tried?.run.code ?? 0).not.to.equal(0);
      expect([...new Set(tried?.run.facts.violations.map(({ rule }) => rule))].sort()).to.deep.equal(rules);
      expect(tried?.run.facts.violations.filter(({ level }) => level !== "mandatory")).to.deep.equal([]);
      expect(rules.filter((rule) => !tried?.run.stdout.includes(rule))).to.deep.equal([]);
      expect({ state: tried?.state, cloud: tried?.cloud }).to.deep.equal({ state: [], cloud: 0 });
    });

    it(`makes the same ${type} without the ${pack} pack`, () => {
      const tried = unjudged.get(pack);
      expect({ code: tried?.run.code, stderr: tried?.run.stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(tried?.state).to.deep.equal([`${type} planted`]);
      expect(tried?.cloud).to.be.at.least(1);
    });
  }
});
