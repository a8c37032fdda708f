// The loader of a run for an account: what a person sees of a program that fails there, and how long it takes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const root = join(__dirname, "../..");

describe("register.cjs", function () {
  // The SDK starts without the preload; a hang takes minutes.
  this.timeout(100_000);

  it("shows the lines of a failing program as they are written and the SDK's as they are on disk, and does not hang", () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago-register-"));
    try {
      const lines = [
        'import { inspect } from "node:util";',
        "interface Removed {",
        "  readonly by: string;",
        "}",
        `const { ComponentResource } = require(${JSON.stringify(join(root, "node_modules/@pulumi/pulumi"))});`,
        "function make(): Removed {",
        '  return new ComponentResource("a:b:C", "x", {}, { parent: 3 });',
        "}",
        // As the SDK's own handler shows an error.
        "try { make(); } catch (error) { console.log(inspect(error, { colors: true })); }",
      ];
      writeFileSync(join(folder, "program.ts"), lines.join("\n"));
      // The SDK's runner has its own formatter in place first.
      const first = ["source-map-support/register", "@pulumi/pulumi"].map(
        (name) => `require(${JSON.stringify(join(root, "node_modules", name))});`,
      );
      writeFileSync(
        join(folder, "main.cjs"),
        `${first.join("\n")}\nrequire(${JSON.stringify(join(root, "register.cjs"))});\nrequire("./program.ts");\n`,
      );
      const text = execFileSync(process.execPath, [join(folder, "main.cjs")], {
        cwd: root,
        encoding: "utf8",
        timeout: 90_000,
      });
      const shown = text.replace(/\u001b\[\d+m/g, "");
      expect(shown).to.match(/at new ComponentResource \(.*@pulumi\/pulumi\/resource\.js:\d+:\d+\)/);
      expect(shown).to.match(/at make \(.*program\.ts:7:10\)/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is all that the program and the packs load, and nothing of it changes Node, the SDK or CrossGuard", () => {
    const files = ["register.cjs", "infra/main.cjs", "policy/pack.cjs", "policy/all/main.cjs"];
    for (const file of files) {
      const text = readFileSync(join(root, file), "utf8");
      expect(text, file).not.to.match(/Module\._|prepareStackTrace|require\.(?:cache|extensions)|preload/);
    }
  });
});
