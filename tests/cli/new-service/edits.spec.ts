// Several files change together or not at all.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { makeEdits } from "../../../cli/new-service/edits";

describe("edits", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-edits-"));
    writeFileSync(join(folder, "a"), "old a");
    writeFileSync(join(folder, "b"), "old b");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const edit = (name: string, before: string | undefined, after: string) => ({
    file: join(folder, name),
    before,
    after,
  });
  const found = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => [name, readFileSync(join(folder, name), "utf8")]),
    );

  it("are all made, and leave no draft", () => {
    makeEdits([edit("a", "old a", "new a"), edit("b", "old b", "new b"), edit("c", undefined, "new c")]);
    expect(found()).to.deep.equal({ a: "new a", b: "new b", c: "new c" });
  });

  it("leave everything as it was when a draft can't be written", () => {
    expect(() => {
      makeEdits([edit("a", "old a", "new a"), edit("missing/b", undefined, "new b")]);
    }).to.throw("ENOENT");
    expect(found()).to.deep.equal({ a: "old a", b: "old b" });
  });

  it("take back what was renamed when a later file can't be", () => {
    // A folder is where the last file should go: its draft can be written, and not renamed over it.
    mkdirSync(join(folder, "taken", "inside"), { recursive: true });
    expect(() => {
      makeEdits([edit("a", "old a", "new a"), edit("c", undefined, "new c"), edit("taken", undefined, "new")]);
    }).to.throw(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(found()).to.deep.equal({ a: "old a", b: "old b" });
  });
});
