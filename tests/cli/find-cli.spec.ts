import { expect } from "chai";
import { findCli, type Machine } from "../../cli/find-cli";
import { versions } from "../../cli/versions";
import { ownCli } from "../../cli/real-stack";

/** A machine with these CLIs; each search step is written down. */
function machine(clis: Readonly<Record<string, string>>, have: Partial<Record<"own" | "cached", readonly string[]>>) {
  const steps: string[] = [];
  const attempt = (step: string) => {
    steps.push(step);
    return Promise.resolve(clis[step] === undefined ? { failed: `no ${step} here` } : { path: step });
  };
  const made: Machine = {
    own: () => have.own ?? [],
    cached: () => have.cached ?? [],
    version: (path) => Promise.resolve(clis[path]),
    download: () => attempt("download"),
    build: () => attempt("build"),
  };
  return { made, steps };
}

const silent = (): void => undefined;

describe("findCli", () => {
  it("takes the first recent enough CLI on PATH, and says why it passes others over", async () => {
    const { made, steps } = machine(
      { "/old": "3.100.0", "/new": versions.minimumCli },
      { own: ["/old", "/broken", "/new"] },
    );
    const said: string[] = [];
    const cli = await findCli(made, (line) => said.push(line));
    expect(cli).to.deep.equal({ path: "/new", version: versions.minimumCli, from: "PATH" });
    expect(steps).to.deep.equal([]);
    expect(said).to.deep.equal([
      `/old is 3.100.0; ${versions.minimumCli} or later is needed, so it is not used`,
      `/broken is not working; ${versions.minimumCli} or later is needed, so it is not used`,
    ]);
  });

  it("takes what an earlier run left in the cache before it fetches anything", async () => {
    const { made, steps } = machine({ "/cached": versions.cli }, { cached: ["/cached"] });
    expect(await findCli(made, silent)).to.deep.equal({ path: "/cached", version: versions.cli, from: "cache" });
    expect(steps).to.deep.equal([]);
  });

  it("downloads the official one before it builds", async () => {
    const { made, steps } = machine({ download: versions.cli, build: versions.cli }, {});
    expect(await findCli(made, silent)).to.deep.equal({ path: "download", version: versions.cli, from: "download" });
    expect(steps).to.deep.equal(["download"]);
  });

  it("builds when the download is not to be had", async () => {
    const { made, steps } = machine({ build: versions.cli }, { cached: ["/half-built"] });
    expect(await findCli(made, silent)).to.deep.equal({ path: "build", version: versions.cli, from: "build" });
    expect(steps).to.deep.equal(["download", "build"]);
  });

  it("names both ways out on a machine without Go and without the download", async () => {
    const { made } = machine({}, {});
    const error = await findCli(made, silent).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(String(error)).to.equal(
      [
        "Error: There is no Pulumi CLI here, and it could not be got in either of the two ways:",
        "  1. download: no download here",
        "  2. build: no build here",
        "One of these helps:",
        `  1. install the official CLI, ${versions.minimumCli} or later, so that \`pulumi\` is on PATH (https://www.pulumi.com/docs/install/),`,
        "     or let this machine reach get.pulumi.com",
        "  2. install Go 1.25 or later (https://go.dev/doc/install) with a module proxy within reach: the CLI is then built once, in about 4 minutes",
      ].join("\n"),
    );
  });
});

describe("ownCli", () => {
  const host = (): boolean => true;

  it("uses the user's own official CLI for an account", async () => {
    expect(await ownCli(machine({ "/p": versions.cli }, { own: ["/p"] }).made, host)).to.equal("/p");
  });

  const refused = [
    { why: "there is none on PATH", clis: {}, own: [], hosted: true },
    { why: "/p does not run", clis: {}, own: ["/p"], hosted: true },
    { why: "/p is 3.100.0", clis: { "/p": "3.100.0" }, own: ["/p"], hosted: true },
    { why: "/p has no Node language host beside it", clis: { "/p": versions.cli }, own: ["/p"], hosted: false },
  ];
  for (const { why, clis, own, hosted } of refused) {
    it(`refuses an account when ${why}, and says how to go on`, async () => {
      const error = await ownCli(machine(clis, { own }).made, () => hosted).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(String(error)).to.equal(
        `Error: A stack of a real account needs the official Pulumi CLI, ${versions.minimumCli} or later, on PATH: ${why}.\n` +
          "Install it (https://www.pulumi.com/docs/install/), or add OFFLINE=1 to run the same configuration with no account.",
      );
    });
  }
});
