// Changes that no single update can make: refused in the preview and in an `up` without one, before anything is created.
import { expect } from "chai";
import type { OfflineStack } from "../../cli/offline-stack";
import { describedConfig, writeDescribed } from "./support/described";
import { recorded, run } from "./support/runs";
import { Workspace } from "./support/stacks";

const SYSTEM = `defineSystem({
  name: "parcels", tracing: {},
  contexts: { Booking: { description: "What is to be sent", entities: ["Parcel"] } },
  topics: {},
  services: {
    booking: {
      context: "Booking", description: "Takes parcels in", scaling: { min: 1, max: 2, cpu: 70 },
      owns: { database: { kind: "postgres", databaseName: "booking", instanceClass: "db.t3.micro", allocatedStorage: "20 GiB", maxAllocatedStorage: "100 GiB", backupRetention: "1d" } },
    },
  },
})`;

describe("a stack that stands", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let project: string;
  const zones = (...letters: string[]) => letters.map((letter) => `eu-central-1${letter}`);
  const open = (more: Readonly<Record<string, unknown>>): Promise<OfflineStack> =>
    workspace.openProject(project, "dev", {
      ...describedConfig("parcels", "dev", ["booking"]),
      ...Object.fromEntries(Object.entries(more).map(([key, value]) => [`archipelago:${key}`, value])),
    });

  before(async () => {
    workspace = new Workspace();
    project = writeDescribed(`${workspace.folder}/project`, "parcels", SYSTEM);
    const first = await run(await open({}), "up");
    expect({ code: first.code, diagnostics: first.diagnostics }).to.deep.equal({ code: 0, diagnostics: [] });
  });
  after(() => {
    workspace.remove();
  });

  const refusals: readonly (readonly [
    what: string,
    more: Readonly<Record<string, unknown>>,
    says: readonly string[],
  ])[] = [
    [
      "another region",
      {
        region: "eu-west-1",
        zones: ["eu-west-1a", "eu-west-1b"],
        images: { booking: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/booking:1.0.0" },
      },
      ['archipelago:region: "eu-west-1"', '"eu-central-1", the region that the stack stands in', "make down"],
    ],
    ["another account", { account: "444455556666" }, ['archipelago:account: "444455556666"', '"111122223333"']],
    ["another range", { cidr: "10.9.0.0/16" }, ['archipelago:cidr: "10.9.0.0/16"', '"10.2.0.0/16"']],
    [
      "other masks",
      { masks: { isolated: 26, private: 23 } },
      ["archipelago:masks.private: 23", "archipelago:masks.isolated: 26", "archipelago:masks.isolated 24"],
    ],
    ["a zone taken from under a database", { zones: zones("b", "c") }, ["booking-db-instance", "take two steps"]],
  ];
  for (const [what, more, says] of refusals) {
    it(`refuses ${what}, and nothing is created`, async () => {
      const stack = await open(more);
      const there = recorded(stack).length;
      for (const verb of ["preview", "up"]) {
        const { code, changes, diagnostics } = await run(stack, verb);
        expect(code, verb).to.not.equal(0);
        expect(
          changes.filter(({ urn }) => urn.includes("aws:")),
          verb,
        ).to.deep.equal([]);
        const text = diagnostics.join("\n");
        expect(diagnostics[0], verb).to.match(/^error: stack "dev", which stands: \d problems?; nothing was created/);
        expect(says.filter((part) => !text.includes(part))).to.deep.equal([]);
      }
      expect(recorded(stack).length).to.equal(there);
    });
  }

  it("lets a zone be exchanged in which no database has a node", async () => {
    const { code, diagnostics } = await run(await open({ zones: zones("a", "c") }), "up");
    expect({ code, diagnostics }).to.deep.equal({ code: 0, diagnostics: [] });
  });
});
