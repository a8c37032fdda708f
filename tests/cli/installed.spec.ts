import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

describe("a clone whose node_modules is a link", () => {
  it("is not installed into: npm would empty another clone's folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago-link-"));
    try {
      const [clone, other] = [join(folder, "clone"), join(folder, "other")];
      for (const each of [join(clone, "cli"), other]) mkdirSync(each, { recursive: true });
      for (const file of ["package.json", "package-lock.json", "cli/archipelago.cjs"])
        cpSync(join(root, file), join(clone, file));
      writeFileSync(join(clone, "cli/main.ts"), "");
      writeFileSync(join(other, "kept.txt"), "");
      symlinkSync(other, join(clone, "node_modules"));
      const { status, stderr } = spawnSync(process.execPath, ["cli/archipelago.cjs", "check"], {
        cwd: clone,
        encoding: "utf8",
      });
      expect(stderr).to.include("node_modules is a link to another folder").and.include("npm ci");
      expect(status).to.equal(1);
      expect(existsSync(join(other, "kept.txt"))).to.equal(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
