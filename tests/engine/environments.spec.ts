import { expect } from "chai";
import { hangers, nothings } from "../chaos/account";
import { MemoryInventory } from "../../offline/providers/core/record";
import { emulate } from "../../offline/providers/packages";
import { enterpriseKeys } from "../infra/support/enterprise";
import { alarmingLines, type LoggedRun, run, shortName, twoAtATime } from "./support/runs";
import { allRules, Workspace } from "./support/stacks";

/** A stack, and whose tracked configuration it has with which other keys. */
interface Stack {
  readonly name: string;
  readonly tracked: string;
  readonly more: Readonly<Record<string, unknown>>;
}

const asShipped = ["local", "dev", "staging", "prod", "enterprise-local"].map((name): Stack => ({
  name,
  tracked: name,
  more: {},
}));
/** The same code is another system's in every environment, by configuration alone. */
const enterprise = (["dev", "staging", "prod"] as const).map((tracked): Stack => ({
  name: `enterprise-${tracked}`,
  tracked,
  more: enterpriseKeys(tracked),
}));
const stacks = [...asShipped, ...enterprise];

const { sdk } = emulate("aws", { region: "eu-central-1" }, new MemoryInventory(), () => "");
const tagged = (type: string): boolean => sdk.resource(type)?.outputs.has("tagsAll") === true;

describe("every environment, previewed without an account", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let runs: ReadonlyMap<string, LoggedRun>;

  before(async () => {
    workspace = new Workspace();
    // The home that all share is made by the first.
    const open = ({ name, more, tracked }: Stack) => workspace.open(name, more, tracked);
    for (const stack of stacks) await open(stack);
    const previews = await twoAtATime(stacks, async (stack) => {
      return [stack.name, await run(await open(stack), "preview", allRules)] as const;
    });
    runs = new Map(previews);
  });
  after(() => {
    workspace.remove();
  });

  for (const { name } of stacks) {
    it(`${name} would come up without a violation, a warning or a piece of advice`, () => {
      const preview = runs.get(name);
      expect(preview).not.to.equal(undefined);
      if (preview === undefined) return;
      const { code, stderr, diagnostics, facts } = preview;
      expect({
        code,
        stderr,
        diagnostics,
        violations: facts.violations,
        alarming: alarmingLines(preview),
        packs: facts.packs.map(({ pack }) => pack),
        operations: [...new Set(preview.changes.map(({ op }) => op))],
      }).to.deep.equal({
        code: 0,
        stderr: "",
        diagnostics: [],
        violations: [],
        alarming: [],
        packs: ["archipelago-all"],
        operations: ["create"],
      });
    });

    it(`${name} makes nothing that the recovery runbook would not find: it has tags, or hangs on something that has`, () => {
      const types = new Set(runs.get(name)?.changes.map(({ urn }) => shortName(urn).split(" ")[0] ?? ""));
      const untagged = [...types].filter((type) => type.startsWith("aws:") && !tagged(type) && !nothings.has(type));
      expect(untagged.filter((type) => hangers[type] === undefined)).to.deep.equal([]);
      expect(untagged).to.include("aws:kms/alias:Alias");
    });

    it(`${name} says how many resources it would make`, () => {
      const preview = runs.get(name);
      const said = /\+ (\d+) to create/.exec(preview?.stdout ?? "")?.[1];
      expect(Number(said)).to.be.at.least(250);
      // The engine's sum leaves out the providers that it adds itself.
      const made = preview?.changes.filter(({ urn }) => !/^pulumi:providers:\S+ default(?:_|$)/.test(shortName(urn)));
      expect(Number(said)).to.equal(made?.length);
    });
  }

  it("production is the largest: nothing that the others have is missing there", () => {
    const count = (name: string): number => runs.get(name)?.changes.length ?? 0;
    expect(count("prod")).to.be.at.least(count("staging"));
    expect(count("staging")).to.be.greaterThan(count("dev"));
    expect(count("dev")).to.equal(count("local"));
    expect(count("enterprise-prod")).to.be.at.least(count("enterprise-staging"));
    expect(count("enterprise-staging")).to.be.greaterThan(count("enterprise-dev"));
    expect(count("enterprise-dev")).to.equal(count("enterprise-local"));
  });
});
