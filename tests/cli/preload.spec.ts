import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

describe("the preload", function () {
  // A process each, some of which load the SDK.
  this.timeout(20_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "archipelago-start-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function run(program: string): string {
    writeFileSync(join(folder, "main.cjs"), program);
    return execFileSync(process.execPath, [join(folder, "main.cjs")], { cwd: root, encoding: "utf8" });
  }

  it("runs a file as it is now, and shows its lines as they are written", () => {
    const file = join(folder, "thrower.ts");
    const start = `require(${JSON.stringify(join(root, "cli/preload.cjs"))});`;
    const program = `${start} try { require("./thrower.ts"); } catch (error) { console.log(error.stack.split("\\n")[1].trim()); }`;
    writeFileSync(file, "interface Removed {\n  readonly by: string;\n}\n\nthrow new Error('fifth line');\n");
    expect(run(program)).to.equal(`at Object.<anonymous> (${file}:5:7)\n`);
    writeFileSync(file, "throw new Error('first line');\n");
    expect(run(program)).to.equal(`at Object.<anonymous> (${file}:1:7)\n`);
  });

  it("shows the SDK's frames where they are on disk, also after the SDK has put its own formatter in place", () => {
    const sdk = join(root, "node_modules", "@pulumi", "pulumi");
    const program = [
      `require(${JSON.stringify(join(root, "node_modules", "source-map-support", "register"))});`,
      `const { ComponentResource } = require(${JSON.stringify(sdk)});`,
      `require(${JSON.stringify(join(root, "cli/preload.cjs"))});`,
      'try { new ComponentResource("a:b:C", "x", {}, { parent: 3 }); } catch (error) { console.log(error.stack.split("\\n")[1]); }',
    ].join("\n");
    expect(run(program)).to.match(/^ {4}at new Resource \(.*@pulumi\/pulumi\/resource\.js:\d+:\d+\)\n$/);
  });

  it("lets the SDK load the compiler and the dependency solver when it turns a function into text, and not before", () => {
    const sdk = join(root, "node_modules", "@pulumi", "pulumi");
    const program = `
      require(${JSON.stringify(join(root, "cli/preload.cjs"))});
      const { runtime } = require(${JSON.stringify(sdk)});
      const loaded = () => ["typescript/lib/typescript.js", "@npmcli/arborist/lib/index.js"]
        .map((file) => Object.keys(require.cache).some((each) => each.endsWith(file)));
      const before = loaded();
      const three = 3;
      runtime.serializeFunction((x) => x + three).then(async ({ text }) => {
        await runtime.computeCodePaths();
        console.log(JSON.stringify({ before, after: loaded(), written: text.includes("x + three") }));
      });`;
    expect(JSON.parse(run(program))).to.deep.equal({ before: [false, false], after: [true, true], written: true });
  });
});
