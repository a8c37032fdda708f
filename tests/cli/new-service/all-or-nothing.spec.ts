// Files that a failed or interrupted piece of work has changed are put back.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { allOrNothing } from "../../../cli/new-service/all-or-nothing";
import { Explained } from "../../../cli/process";

describe("all or nothing", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "archipelago-all-"));
    mkdirSync(join(root, "pages"));
    writeFileSync(join(root, "page"), "old");
    writeFileSync(join(root, "pages", "a"), Buffer.from([0, 255, 10]));
    writeFileSync(join(root, "pages", "b"), "old b");
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const found = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "hex")]),
    );
  const change = (): void => {
    writeFileSync(join(root, "page"), "new");
    writeFileSync(join(root, "pages", "a"), "new a");
    writeFileSync(join(root, "pages", "c"), "new c");
    writeFileSync(join(root, "late"), "new");
    rmSync(join(root, "pages", "b"));
  };
  const run = async (work: () => Promise<string>): Promise<string> => {
    try {
      return await allOrNothing(root, ["page", "pages", "late", "never"], work);
    } catch (error) {
      if (!(error instanceof Explained)) throw error;
      return error.message;
    }
  };

  it("keeps what the work has written when it comes to its end", async () => {
    const result = await run(() => {
      change();
      return Promise.resolve("done");
    });
    expect([result, Object.keys(found()).sort()]).to.deep.equal(["done", ["a", "c", "late", "page"]]);
  });

  it("puts back what was changed, made and removed when the work fails, and says both", async () => {
    const before = found();
    const message = await run(() => {
      change();
      return Promise.reject(new Error("the plan can't be derived"));
    });
    expect(message).to.equal("the plan can't be derived\nNothing has changed: every file is as it was.");
    expect(found()).to.deep.equal(before);
  });

  it("puts back what was changed when it is interrupted", async () => {
    const before = found();
    const listeners = process.listenerCount("SIGTERM");
    const message = await run(async () => {
      change();
      process.kill(process.pid, "SIGTERM");
      await new Promise((resolve) => setTimeout(resolve, 50));
      return "done";
    });
    expect(message).to.equal("interrupted by SIGTERM\nNothing has changed: every file is as it was.");
    expect(found()).to.deep.equal(before);
    expect(process.listenerCount("SIGTERM")).to.equal(listeners);
  });
});
