// What the README says to paste works in a clone as it is written: the files of its shortest system, and its commands.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { load } from "js-yaml";
import { expect } from "chai";
import { block, readme } from "./blocks";

const repository = resolve(__dirname, "../..");
const COPIED = ["infra", "components", "cli", "offline", "package.json", "package-lock.json", "Pulumi.yaml"];
const [, section = ""] = readme.split("## The shortest complete system\n");
const steps = section.split("\n## ")[0] ?? "";

describe("the shortest complete system, pasted", function () {
  this.timeout(60_000);
  let root = "";
  before(() => {
    root = mkdtempSync(join(tmpdir(), "archipelago-pasted-"));
    const stacks = readdirSync(repository).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
    for (const path of [...COPIED, ...stacks]) cpSync(join(repository, path), join(root, path), { recursive: true });
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  });
  after(() => {
    rmSync(root, { recursive: true });
  });

  const check = (stack: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/archipelago.cjs", "check"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, STACK: stack },
    });
    return { status, stdout, stderr };
  };

  it("says where each block goes", () => {
    expect(steps).to.include("Save this as `infra/systems/parcels.ts`");
    expect(steps).to.include("Add it to `infra/systems/index.ts`");
    expect(steps).to.include("Save this as `Pulumi.parcels-local.yaml`");
    expect(steps).to.include("make check STACK=parcels-local\nmake up STACK=parcels-local\n");
  });

  it("has no error", () => {
    writeFileSync(join(root, "infra/systems/parcels.ts"), block("ts", "defineSystem({"));
    const index = join(root, "infra/systems/index.ts");
    const [line = "", entry = ""] = [/`(import \{ parcels \}[^`]+)`/, /`(\[parcels\.name\][^`]+)`/].map(
      (text) => text.exec(steps)?.[1] ?? "",
    );
    expect([line, entry]).to.not.include("");
    const before = readFileSync(index, "utf8");
    writeFileSync(index, `${line}\n${before.replace("\n};", `\n  ${entry}\n};`)}`);
    expect(check("").stdout).to.include("no stack runs the system parcels, so it was not checked");
    writeFileSync(join(root, "Pulumi.parcels-local.yaml"), block("yaml", "archipelago:system: parcels"));
    expect(check("").stdout).to.match(/\d+ stacks .*: 0 errors/);
    expect(check("parcels-local")).to.deep.equal({
      status: 0,
      stdout: "parcels-local: 0 errors, 0 warnings, 0 accepted\n",
      stderr: "",
    });
  });

  it("shows mistakes in a file by their place and without a stack trace", () => {
    const file = join(root, "infra/systems/parcels.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('"by-service"', '"JWT"'));
    const refused = check("parcels-local");
    writeFileSync(file, text.replace("scaling: {", "scaling: {{"));
    const broken = check("parcels-local");
    writeFileSync(file, text);
    expect([refused.status, refused.stdout]).to.deep.equal([1, ""]);
    expect(refused.stderr.split("\n")).to.deep.equal([
      'description of the system "parcels": 1 problem; nothing was created.',
      '  1. services.booking.exposes.authentication: "JWT"',
      '     allowed: one of "jwt", "by-service", "none"',
      '     to do:   did you mean "jwt"?',
      "",
    ]);
    expect(broken.status).to.equal(1);
    expect(broken.stderr).to.match(/^infra\/systems\/parcels\.ts, line \d+, column \d+: Expected identifier.*\n.*\n$/);
  });

  it("has JWT settings that fit a stack whose routes ask for tokens", () => {
    const settings = load(block("yaml", "archipelago:identity:")) as Readonly<Record<string, unknown>>;
    expect(Object.keys(settings)).to.deep.equal([
      "archipelago:domain",
      "archipelago:hostedZoneId",
      "archipelago:identity",
    ]);
    const shipped = readFileSync(join(root, "Pulumi.enterprise-local.yaml"), "utf8");
    const { config } = load(shipped) as { readonly config: object };
    writeFileSync(join(root, "Pulumi.enterprise-local.yaml"), JSON.stringify({ config: { ...config, ...settings } }));
    const { status, stdout } = check("enterprise-local");
    expect([status, stdout]).to.deep.equal([0, "enterprise-local: 0 errors, 0 warnings, 0 accepted\n"]);
  });
});
