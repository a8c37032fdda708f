import { expect } from "chai";
import { appendFileSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { EngineStack } from "../../cli/engine-stack";
import type { OfflineStack } from "../../cli/offline-stack";
import { collect, type Outcome } from "../../cli/process";
import { run } from "./support/runs";
import { root, Workspace } from "./support/stacks";

/** A clone of what is committed, with the packages of this one. */
class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), "archipelago-clone-"));

  constructor(private readonly cli: string) {}

  async make(): Promise<void> {
    const cloned = await this.run(
      "git",
      ["-c", "advice.detachedHead=false", "clone", "--quiet", root, this.folder],
      root,
    );
    expect(cloned).to.deep.equal({ code: 0, stdout: "", stderr: "" });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    // To git a link is a file, which the pattern for the folder does not cover.
    appendFileSync(join(this.folder, ".git", "info", "exclude"), "/node_modules\n");
  }

  run(file: string, args: readonly string[], cwd = this.folder): Promise<Outcome> {
    const kept = Object.entries(process.env).filter(([name]) => !/^(?:MAKE|MFLAGS$|STACK$|OFFLINE$|GIT_)/.test(name));
    const env = { ...Object.fromEntries(kept), PATH: `${dirname(this.cli)}${delimiter}${process.env.PATH ?? ""}` };
    return collect({ file, args, cwd, env });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe("a clone in which stacks are made", function () {
  this.timeout(120_000);
  let workspace: Workspace;
  let stack: OfflineStack;
  let clone: Clone;

  before(async () => {
    workspace = new Workspace();
    stack = await workspace.open("local");
    clone = new Clone(stack.setup.cli);
    await clone.make();
  });
  after(() => {
    workspace.remove();
    clone.remove();
  });

  it("exports a stack as JSON and nothing else", async () => {
    const { code, stdout } = await clone.run("make", ["-s", "export", "STACK=dev", "OFFLINE=1"]);
    expect(code).to.equal(0);
    const exported = JSON.parse(stdout) as { version: number; deployment: object };
    expect(Object.keys(exported).sort()).to.deep.equal(["deployment", "version"]);
    expect(Object.keys(exported.deployment)).to.contain("manifest");
  });

  it("says which stacks there are when one is asked for that is not", async () => {
    const { code, stdout, stderr } = await clone.run("make", ["-s", "preview", "STACK=qa"]);
    expect(code).not.to.equal(0);
    expect(stdout).to.equal("");
    expect(stderr.split("\n").filter((line) => line !== "" && !line.startsWith("make: "))).to.deep.equal([
      'There is no stack "qa", because there is no Pulumi.qa.yaml: STACK is one of local, dev, staging, prod, ad-tracking-dev, ad-tracking-local, ad-tracking-prod, ad-tracking-staging, eks-local, enterprise-local, k8s-enterprise-local, k8s-local.',
    ]);
  });

  it("has no file that git would notice", async () => {
    for (const name of ["local", "staging", "prod"]) {
      const exported = await clone.run("make", ["-s", "export", `STACK=${name}`, "OFFLINE=1"]);
      expect(exported.code).to.equal(0);
    }
    expect(readdirSync(join(clone.folder, ".archipelago", "stacks")).sort()).to.deep.equal([
      "dev",
      "local",
      "prod",
      "staging",
    ]);
    const status = await clone.run("git", ["status", "--porcelain"]);
    expect(status).to.deep.equal({ code: 0, stdout: "", stderr: "" });
  });

  it("has a local stack that refuses to run without the emulation", async () => {
    const { ARCHIPELAGO_OFFLINE, ...environment } = stack.setup.environment;
    expect(ARCHIPELAGO_OFFLINE).to.equal("1");
    const attempt = await run(new EngineStack({ ...stack.setup, environment }), "preview");
    expect(attempt.code).not.to.equal(0);
    expect(attempt.stdout).to.match(
      /archipelago:environment: "local"\n\s+allowed: local on the emulated providers only/,
    );
  });

  it("has emulated providers that refuse to stand in for real ones", async () => {
    const { ARCHIPELAGO_OFFLINE, ...env } = stack.setup.environment;
    expect(ARCHIPELAGO_OFFLINE).to.equal("1");
    const plugins = join(workspace.folder, "home", "plugins");
    const providers = readdirSync(plugins).filter(
      (name) => /^resource-[^.]*-v[\d.]+$/.test(name) && !name.endsWith("."),
    );
    const names = providers.map((folder) => /^resource-(.*)-v[\d.]+$/.exec(folder)?.[1] ?? "").sort();
    expect(names).to.include.members(["aws", "awsx", "kubernetes", "random"]);
    for (const folder of providers) {
      const name = /^resource-(.*)-v[\d.]+$/.exec(folder)?.[1] ?? "";
      const started = await collect({
        file: join(plugins, folder, `pulumi-resource-${name}`),
        args: ["127.0.0.1:9"],
        env,
      });
      expect(started).to.deep.equal({
        code: 1,
        stdout: "",
        // The provider of Kubernetes is the real one, on a cluster of this machine.
        stderr:
          name === "kubernetes"
            ? "offline: this plugin serves offline runs only: use `make up STACK=local` or `make preview OFFLINE=1`\n"
            : `offline: the emulated provider "${name}" serves offline runs only, so that it can never stand in for a real account: ` +
              "ARCHIPELAGO_OFFLINE=1 is not set. Use `make up STACK=local` or `make preview OFFLINE=1`.\n",
      });
    }
  });
});
