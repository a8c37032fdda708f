import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../../cli/engine-stack";
import { outputLines } from "../../cli/report";
import { Toy } from "./toy";

const yes = ["--yes", "--skip-preview"];

/** The lines of a run that tell of an error, each once, without colours. */
function errors({ stdout, stderr }: Run): readonly string[] {
  const text = `${stdout}\n${stderr}`.replaceAll(/\u001b\[\d+m/g, "");
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line.startsWith("error: ")))];
}

describe("a program on the engine, without a cloud", function () {
  this.timeout(120_000);
  let toy: Toy;
  before(() => (toy = new Toy()));
  after(() => {
    toy.remove();
  });

  it("comes up, shows its outputs and keeps its secrets, and changes no tracked file", async () => {
    const stack = await toy.open();
    const run = await stack.run("up", yes, { quiet: true });
    expect({ code: run.code, stderr: run.stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(outputLines(await stack.deployment())).to.deep.equal(["  greeting  hello", "  secret    [secret]"]);
    expect(readFileSync(join(toy.folder, "Pulumi.local.yaml"), "utf8")).to.equal("config:\n  toy:greeting: hello\n");
  });

  it("reads each time what the stack's file says now", async () => {
    const stack = await toy.open({ greeting: "good morning" });
    expect((await stack.run("up", yes, { quiet: true })).code).to.equal(0);
    expect(outputLines(await stack.deployment())[0]).to.equal("  greeting  good morning");
  });

  it("shows what a program threw, once, in the time that takes", async () => {
    const stack = await toy.open({ end: "throw" });
    const start = performance.now();
    const run = await stack.run("up", yes, { quiet: true });
    expect(run.code).not.to.equal(0);
    expect(errors(run)).to.deep.equal([
      `error: Running program '${join(toy.folder, "main.cjs")}' failed with an unhandled exception:`,
    ]);
    expect(`${run.stdout}${run.stderr}`).to.contain("Error: planted error");
    expect(performance.now() - start).to.be.lessThan(30_000);
  });

  it("tells when a program ended without a word", async () => {
    const stack = await toy.open({ end: "exit" });
    const run = await stack.run("up", yes, { quiet: true });
    expect(run.code).not.to.equal(0);
    expect(errors(run)).to.deep.equal([
      "error: an unhandled error occurred: Program exited with non-zero exit code: 7",
    ]);
  });

  it("stops what a mandatory rule forbids before it is made", async () => {
    const stack = await toy.open({ thing: "bad" });
    const run = await stack.run("up", [...yes, "--policy-pack", toy.pack], { quiet: true });
    expect(run.code).not.to.equal(0);
    expect(run.facts.violations.map(({ urn, ...rest }) => ({ ...rest, name: urn.split("::").at(-1) }))).to.deep.equal([
      {
        name: "bad",
        pack: "toy",
        rule: "disallow-bad-names",
        level: "mandatory",
        resource: "bad (toy:x:Thing)",
        message: "No thing is called bad.\nit is called bad",
      },
    ]);
    const { deployment } = await stack.deployment();
    expect((deployment.resources ?? []).filter(({ urn }) => urn.endsWith("::bad"))).to.deep.equal([]);
  });

  it("lets go of everything when it is destroyed", async () => {
    const stack = await toy.open();
    expect((await stack.run("destroy", yes, { quiet: true })).code).to.equal(0);
    expect((await stack.deployment()).deployment.resources ?? []).to.deep.equal([]);
  });
});
