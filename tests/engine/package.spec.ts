// The package in a repository of its own: `npm pack`, unpacked into node_modules of a scratch project that describes its own system.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { offlineEnvironment } from "../../cli/environment";
import { findCli, thisMachine } from "../../cli/find-cli";
import { stackPlaces } from "../../cli/places";
import { root } from "./support/stacks";

const STACK = "parcels-local";
const FILES: Readonly<Record<string, string>> = {
  "systems.ts": `import { defineSystem } from "archipelago/model";

const parcels = defineSystem({
  name: "parcels",
  topics: {},
  contexts: { Booking: { description: "What is to be sent", entities: ["Parcel"] } },
  services: { booking: { context: "Booking", description: "Takes parcels in", scaling: { min: 2, max: 4, cpu: 70 } } },
});
export const systems = { [parcels.name]: parcels };
`,
  "index.ts": `import { run } from "archipelago";
import { systems } from "./systems";

export = run({ systems });
`,
  "main.cjs": 'require("archipelago/register");\nmodule.exports = require("./index.ts");\n',
  "Pulumi.yaml": "name: parcels\nruntime: { name: nodejs, options: { typescript: false } }\nmain: main.cjs\n",
  "package.json": '{ "name": "parcels", "private": true, "dependencies": { "archipelago": "0.1.0" } }\n',
  "tsconfig.json": JSON.stringify({
    compilerOptions: { module: "node20", strict: true, noEmit: true, skipLibCheck: true, types: [] },
    include: ["*.ts"],
  }),
  // The environment local protects nothing, as a team would accept it.
  ".gitignore": "node_modules\n.archipelago\n",
  [`Pulumi.${STACK}.yaml`]: `config:
  archipelago:system: parcels
  archipelago:environment: local
  archipelago:region: eu-central-1
  archipelago:zones: [eu-central-1a, eu-central-1b]
  archipelago:account: "111122223333"
  archipelago:images: { booking: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/parcels/booking:1.0.0" }
`,
};

describe("the package", function () {
  this.timeout(600_000);
  let folder = "";
  let project = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-package-"));
    project = join(folder, "project");
    install(packed(join(folder, "clone")), project);
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text);
    for (const args of [
      ["init", "-q"],
      ["add", "-A"],
      [...author, "commit", "-qm", "Describe parcels"],
    ])
      git(args);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const author = ["-c", "user.name=spec", "-c", "user.email=spec@example.com"];
  const git = (args: readonly string[]): void => {
    execFileSync("git", args, { cwd: project, stdio: "ignore" });
  };
  const archipelago = (...args: readonly string[]) =>
    spawnSync(join(project, "node_modules/.bin/archipelago"), args, { cwd: project, encoding: "utf8" });

  it("holds what was compiled and no source, and types that a strict program compiles against", () => {
    const files = readdirSync(join(project, "node_modules/archipelago"), { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).to.deep.equal([]);
    expect(files.filter((file) => /^dist\/(?!infra|components|policy|offline|cli|runtime)\w/.test(file))).to.deep.equal(
      [],
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
    expect([stdout, status]).to.deep.equal(["", 0]);
  });

  it("checks the project's own system, and says so when there is none", () => {
    const { status, stdout, stderr } = archipelago("check");
    expect([status, stdout, stderr]).to.deep.equal([0, `${STACK}: 0 errors, 0 warnings, 0 accepted\n`, ""]);
    expect(archipelago("check", "--stack", "prod").stderr).to.include("there is no Pulumi.prod.yaml");
    expect(archipelago("test").stderr).to.match(/^There is no verb "test": it is one of up, preview, /);
    const elsewhere = spawnSync(join(project, "node_modules/.bin/archipelago"), ["check"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([elsewhere.status, elsewhere.stderr]).to.deep.equal([
      1,
      `There is no Pulumi.yaml in ${folder} or above it: run this in the folder of a Pulumi project.\n`,
    ]);
  });

  it("previews, brings up and reviews it offline, with every rule", () => {
    const preview = archipelago("preview", "--stack", STACK);
    expect(preview.status, preview.stdout + preview.stderr).to.equal(0);
    expect(preview.stdout).to.match(/\d+ rules had something to judge/);
    expect(preview.stdout).not.to.include("[mandatory]");
    const up = archipelago("up", "--stack", STACK);
    expect(up.status, up.stdout + up.stderr).to.equal(0);
    expect(up.stdout).to.match(/\bbooking +archipelago:microservice:Microservice +\d+\n/);
    const review = archipelago("review", "--base", "HEAD", "--stack", STACK);
    expect(review.stdout.trimEnd().split("\n").at(-1)).to.equal("review: nothing would be lost");
    expect(archipelago("doctor").stdout).to.match(/^node_modules +\S+archipelago$/m);
  });

  it("is judged by the pack in node_modules when the project runs `pulumi preview` itself, with nothing preloaded", async () => {
    const cli = await findCli(
      thisMachine(() => undefined),
      () => undefined,
    );
    const work = join(project, ".archipelago");
    const { NODE_OPTIONS: _, ...environment } = offlineEnvironment(join(work, "home"), stackPlaces(work, STACK));
    const config = stackPlaces(work, STACK).config;
    const pack = "node_modules/archipelago/policy/all";
    const args = ["preview", "--stack", STACK, "--config-file", config, "--policy-pack", pack, "--non-interactive"];
    const { status, stdout, stderr } = spawnSync(cli.path, args, {
      cwd: project,
      encoding: "utf8",
      env: { ...environment, PWD: project },
    });
    expect(status, stdout + stderr).to.equal(0);
    expect(stdout).to.include("archipelago-all");
    expect(stdout + stderr).not.to.match(/warning/i);
  });
});

/** Packs a copy of the tracked files, so that nothing of the clone changes while other specs run. */
function packed(clone: string): string {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  for (const file of files
    .trim()
    .split("\n")
    .filter((name) => !name.startsWith("tests/"))) {
    cpSync(join(root, file), join(clone, file), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
  execFileSync("npm", ["pack", "--loglevel=error"], { cwd: clone, stdio: ["ignore", "ignore", "inherit"] });
  return join(clone, "archipelago-0.1.0.tgz");
}

/** As `npm install` does it; the packages that it depends on are those of the clone. */
function install(tarball: string, project: string): void {
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", modules]);
  execFileSync("mv", [join(modules, "package"), join(modules, "archipelago")]);
  for (const name of readdirSync(join(root, "node_modules")).filter((each) => !each.startsWith("."))) {
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  const command = join(modules, "archipelago/cli/archipelago.cjs");
  chmodSync(command, 0o755);
  symlinkSync(command, join(modules, ".bin/archipelago"));
}
