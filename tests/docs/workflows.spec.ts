import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { userCache } from "../../cli/places";
import { buildPart, goOnPath, type Part } from "../../offline/go-build";

const root = join(__dirname, "../..");
const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder);

const actionlint: Part = {
  name: "actionlint",
  module: "github.com/rhysd/actionlint",
  version: "1.7.12",
  source: join(__dirname, "go"),
  folder: "actionlint-v1.7.12-built",
  programs: { actionlint: "github.com/rhysd/actionlint/cmd/actionlint" },
  variables: {},
  minutes: 1,
  packages: 60,
};

describe("the workflows for GitHub Actions", () => {
  it("have nothing that actionlint finds", async function () {
    if (goOnPath(process.env.PATH) === undefined) this.skip();
    // It is built once for a user.
    this.timeout(300_000);
    const programs = await buildPart(actionlint, {
      cache: userCache(),
      say: () => undefined,
      environment: process.env,
    });
    const lint = join(programs, "actionlint");
    const files = workflows.map((name) => join(folder, name));
    const { status, stdout } = spawnSync(lint, ["-no-color", ...files], { cwd: root, encoding: "utf8" });
    expect(stdout).to.equal("");
    expect(status).to.equal(0);
    // It would find a mistake.
    const wrong = "on: push\njobs:\n  one:\n    runs-on: nowhere\n    steps: [{ run: 'echo ${{ github.evnt }}' }]\n";
    const { stdout: found } = spawnSync(lint, ["-no-color", "-"], { cwd: root, encoding: "utf8", input: wrong });
    expect(found).to.include("nowhere").and.include("evnt");
  });

  it("run commands that exist, with options that exist", () => {
    const commands = workflows.flatMap((name) =>
      [...readFileSync(join(folder, name), "utf8").matchAll(/node cli\/archipelago\.cjs (\S+)/g)].map(
        ([, verb]) => verb,
      ),
    );
    const told = execFileSync("make", ["help"], { cwd: root, encoding: "utf8" });
    expect([...new Set(commands)].sort()).to.deep.equal(["check", "policy", "review"]);
    for (const verb of commands) expect(told).to.match(new RegExp(`^ +${verb ?? "none"} `, "m"));
  });

  it("hand no expression to a shell: a branch's name could be a command", () => {
    for (const name of workflows) {
      const runs = [...readFileSync(join(folder, name), "utf8").matchAll(/^ +run: (.*(?:\n {10,}.*)*)/gm)].map(
        ([, text = ""]) => text,
      );
      expect(runs.length).to.be.greaterThan(0);
      for (const text of runs) expect(text).not.to.include("${{");
    }
  });
});
