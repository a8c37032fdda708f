// A project of a few lines, for what is to be seen of the engine itself: no cloud resources unless it hangs, so each run takes a second or two.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openOffline, type OfflineStack } from "../../cli/offline-stack";
import { runtime, writeProject } from "./support/project";

const program = `
const pulumi = require("@pulumi/pulumi");
class Thing extends pulumi.ComponentResource {
  constructor(name) {
    super("toy:x:Thing", name, {}, {});
    this.registerOutputs({});
  }
}
const config = new pulumi.Config();
new Thing(config.get("thing") ?? "thing");
const end = {
  throw: () => { throw new Error("planted error"); },
  exit: () => process.exit(7),
  hang: () => {
    // A resource, so that a provider runs as well when the run is cut off.
    const { RandomId } = require("@pulumi/random");
    new RandomId("id", { byteLength: 4 }).hex.apply(() => console.log("hanging"));
    setInterval(() => undefined, 1000);
  },
};
end[config.get("end")]?.();
exports.greeting = config.get("greeting");
exports.secret = config.getSecret("greeting");
`;

const pack = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("toy", { enforcementLevel: "mandatory", policies: [{
  name: "disallow-bad-names",
  description: "No thing is called bad.",
  validateResource: (args, report) => { if (args.name === "bad") report("it is called bad"); },
}] });
`;

/** A folder with a project in it. */
export class Toy {
  // A space in the path: shell scripts and file URLs must survive it.
  readonly folder = mkdtempSync(join(tmpdir(), "archipelago toy-"));
  readonly pack = join(this.folder, "pack");
  /** For what a run puts into the temporary folder. */
  readonly temporary = join(this.folder, "temporary");

  constructor() {
    mkdirSync(this.pack);
    mkdirSync(this.temporary);
    writeProject(this.folder, "toy", program);
    const files = {
      "Pulumi.local.yaml": "config:\n  toy:greeting: hello\n",
      "pack/PulumiPolicy.yaml": `version: 0.1.0\n${runtime}`,
      "pack/package.json": '{ "name": "toy-pack", "version": "0.1.0", "main": "main.cjs" }',
      "pack/main.cjs": pack,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, name), text);
  }

  /** Opens its stack; `config` replaces what its tracked file says. */
  open(config?: Readonly<Record<string, string>>): Promise<OfflineStack> {
    const lines = Object.entries(config ?? {}).map(([key, value]) => `  toy:${key}: ${value}\n`);
    return openOffline({
      stack: "local",
      project: this.folder,
      work: join(this.folder, "work"),
      ...(config !== undefined && { config: `config:\n${lines.join("")}` }),
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
