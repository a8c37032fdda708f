import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ownTemporaryFolder } from "./temporary-folder";

const root = resolve(__dirname, "../..");

describe("a test that asserts nothing", () => {
  const folder = ownTemporaryFolder();

  it("fails, by a loop over an empty list as by a promise that only resolves", function () {
    this.timeout(60_000);
    const file = join(folder(), "empty.spec.cjs");
    const spec = [
      `const { expect } = require(${JSON.stringify(require.resolve("chai"))});`,
      `it("loop", () => { for (const one of []) expect(one).to.equal(1); });`,
      `it("promise", async () => { await Promise.resolve(); });`,
      `it("assertion", () => { expect(1).to.equal(1); });`,
    ];
    writeFileSync(file, spec.join("\n"));
    const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
    const run = spawnSync(process.execPath, [mocha, "--reporter", "json", file], { cwd: root, encoding: "utf8" });
    const { passes, failures } = JSON.parse(run.stdout) as Record<"passes" | "failures", { title: string }[]>;
    expect(failures.map(({ title }) => title)).to.deep.equal(["loop", "promise"]);
    expect(passes.map(({ title }) => title)).to.deep.equal(["assertion"]);
  });
});
