import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preload } from "../../../cli/places";

describe("language host: policy packs", function () {
  // A process each, which loads the SDK's runner.
  this.timeout(20_000);
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pack-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What the SDK's runner has loaded by the time that it runs a pack. */
  function compilerAt(typescript: boolean): string {
    const runner = createRequire(__filename).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const loaded = 'Object.keys(require.cache).some((each) => each.endsWith("typescript/lib/typescript.js"))';
    writeFileSync(join(folder, "main.cjs"), `console.log(JSON.stringify({ compiler: ${loaded} })); process.exit(0);`);
    const args = [...preload, runner, "127.0.0.1:1", join(folder, "main.cjs")];
    const env = { ...process.env, PULUMI_NODEJS_TYPESCRIPT: String(typescript) };
    return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", env });
  }

  it("get no compiler when they say so, and else the SDK's", () => {
    expect(JSON.parse(compilerAt(false))).to.deep.equal({ compiler: false });
    expect(JSON.parse(compilerAt(true))).to.deep.equal({ compiler: true });
  });
});
