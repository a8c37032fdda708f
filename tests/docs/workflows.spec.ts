import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import yaml from "js-yaml";
import { userCache } from "../../cli/places";
import { buildPart, goOnPath, type Part } from "../../offline/go-build";

const root = join(__dirname, "../..");
const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder);

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

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

  it("show the review where a rule is broken, and fail in the end", () => {
    const { jobs } = yaml.load(readFileSync(join(folder, "pull-request.yml"), "utf8")) as Workflow;
    const steps = jobs.judge?.steps ?? [];
    const place = mkdtempSync(join(tmpdir(), "archipelago-steps-"));
    try {
      // A command of that name that finds something wrong.
      writeFileSync(join(place, "node"), "#!/bin/sh\necho found\nexit 2\n", { mode: 0o755 });
      const output = join(place, "output");
      const env = { PATH: `${place}:${process.env.PATH ?? ""}`, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: output };
      // GitHub runs a step by `bash -e {0}`.
      const bash = (text: string, more: object = {}) =>
        spawnSync("bash", ["-e", "-c", text], { cwd: place, env: { ...env, ...more } }).status;
      for (const id of ["policy", "review"]) {
        const judging = steps.find((step) => step.id === id);
        expect(bash(judging?.run ?? "exit 9"), id).to.equal(0);
        expect(readFileSync(output, "utf8")).to.include("status=2");
        const stopping = steps.filter(({ env: given }) => given?.STATUS === `\${{ steps.${id}.outputs.status }}`);
        expect(stopping.map(({ run }) => bash(run ?? "", { STATUS: "2" }))).to.deep.equal([2]);
        expect(stopping.map(({ run }) => bash(run ?? "", { STATUS: "0" }))).to.deep.equal([0]);
        rmSync(output);
      }
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
