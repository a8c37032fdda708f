import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { removeDeadLocks } from "../../cli/locks";

describe("removeDeadLocks", () => {
  let state: string;
  beforeEach(() => (state = mkdtempSync(join(tmpdir(), "archipelago-locks-"))));
  afterEach(() => {
    rmSync(state, { recursive: true });
  });

  it("removes what a killed engine of this machine left, and nothing that may still hold", () => {
    const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
    const folder = join(state, ".pulumi", "locks", "organization", "archipelago", "local");
    mkdirSync(folder, { recursive: true });
    const locks = {
      "dead.json": JSON.stringify({ pid: dead, hostname: hostname() }),
      "running.json": JSON.stringify({ pid: process.pid, hostname: hostname() }),
      "elsewhere.json": JSON.stringify({ pid: dead, hostname: `${hostname()}-other` }),
      "half-written.json": '{"pid":',
    };
    for (const [name, text] of Object.entries(locks)) writeFileSync(join(folder, name), text);
    expect(removeDeadLocks(state)).to.deep.equal([dead]);
    expect(readdirSync(folder).sort()).to.deep.equal(["elsewhere.json", "half-written.json", "running.json"]);
  });

  it("has nothing to do in a state that was never locked", () => {
    expect(removeDeadLocks(state)).to.deep.equal([]);
  });
});
