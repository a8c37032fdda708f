import { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packArguments } from "../../../cli/host/run-plugin";

const infoOf = (options: Record<string, boolean>): ProgramInfo =>
  new ProgramInfo().setOptions(Struct.fromJavaScript(options));

describe("language host: policy packs", function () {
  // A process each, which loads the SDK's runner.
  this.timeout(20_000);
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pack-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What the SDK's runner has loaded by the time that it runs a pack. */
  function compilerAt(options: Record<string, boolean>): string {
    const runner = createRequire(__filename).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const loaded = 'Object.keys(require.cache).some((each) => each.endsWith("typescript/lib/typescript.js"))';
    const ends = 'Object.keys(require.extensions).includes(".ts")';
    writeFileSync(
      join(folder, "main.cjs"),
      `console.log(JSON.stringify({ compiler: ${loaded}, extension: ${ends} })); process.exit(0);`,
    );
    const args = [...packArguments(infoOf(options)), runner, "127.0.0.1:1", join(folder, "main.cjs")];
    return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  }

  it("get no compiler when they say so, and else the SDK's", () => {
    expect(JSON.parse(compilerAt({ typescript: false }))).to.deep.equal({ compiler: false, extension: false });
    expect(JSON.parse(compilerAt({ typescript: true }))).to.deep.equal({ compiler: true, extension: true });
    expect(packArguments(undefined)).to.deep.equal([]);
  });
});
