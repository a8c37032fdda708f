import { expect } from "chai";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { locked } from "../../../offline/kubernetes/lock";
import { type Identity, identityOf, isAlive, startGuarded } from "../../../offline/kubernetes/processes";

const root = join(__dirname, "..", "..", "..");
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "archipelago-processes-"))));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await pause(20);
  }
}
const started = (file: string): Promise<Identity> =>
  until(() => (existsSync(file) ? identityOf(Number(readFileSync(file, "utf8"))) : undefined));

describe("a guarded program", () => {
  it("ends when its standard input is closed", async () => {
    const pidFile = join(folder, "pid");
    const child = startGuarded({ file: "/bin/sleep", args: ["60"], log: join(folder, "log"), pidFile });
    const identity = await started(pidFile);
    const over = new Promise((resolve) => child.once("close", resolve));
    child.stdin?.end();
    await over;
    expect(isAlive(identity)).to.equal(false);
  });

  it("ends when the program that has started it is killed", async () => {
    const pidFile = join(folder, "pid");
    const text = `
      const { startGuarded } = require(${JSON.stringify(join(root, "offline/kubernetes/processes.ts"))});
      startGuarded({ file: "/bin/sleep", args: ["60"], log: ${JSON.stringify(join(folder, "log"))}, pidFile: ${JSON.stringify(pidFile)} });
      setInterval(() => undefined, 1000);`;
    const starter = spawn(process.execPath, ["-r", join(root, "cli/preload.cjs"), "-e", text], { stdio: "ignore" });
    const identity = await started(pidFile);
    starter.kill("SIGKILL");
    expect(await until(() => (isAlive(identity) ? undefined : "gone"))).to.equal("gone");
  });

  it("ends by force when it does not end politely", async () => {
    const pidFile = join(folder, "pid");
    const args = ["-c", "trap '' TERM; while :; do sleep 0.1; done"];
    const child = startGuarded({ file: "/bin/sh", args, log: join(folder, "log"), pidFile, grace: 0.3 });
    const identity = await started(pidFile);
    await pause(200);
    child.stdin?.end();
    expect(await until(() => (isAlive(identity) ? undefined : "gone"))).to.equal("gone");
  });

  it("hands its exit status on and keeps what it prints", async () => {
    const log = join(folder, "log");
    const child = startGuarded({ file: "/bin/sh", args: ["-c", "echo said; exit 7"], log, pidFile: join(folder, "pid") });
    expect(await new Promise((resolve) => child.once("close", resolve))).to.equal(7);
    expect(readFileSync(log, "utf8")).to.equal("said\n");
  }); // prettier-ignore
});

describe("identityOf", () => {
  it("tells a process from a later one with the same id", () => {
    const own = identityOf(process.pid);
    expect(own !== undefined && isAlive(own)).to.equal(true);
    expect(isAlive({ pid: process.pid, start: "another" })).to.equal(false);
    expect(identityOf(2 ** 22 + 1)).to.equal(undefined);
  });
});

describe("locked", () => {
  it("lets one process work at a time", async () => {
    const file = join(folder, "lock");
    let [within, waited] = [0, 0];
    const work = async (): Promise<void> => {
      within += 1;
      expect(within).to.equal(1);
      await pause(50);
      within -= 1;
    };
    await Promise.all([1, 2, 3].map(() => locked(file, work, () => (waited += 1))));
    expect(waited).to.be.greaterThan(0);
    expect(existsSync(file)).to.equal(false);
  });

  it("takes over the lock of a process that has ended", async () => {
    const file = join(folder, "lock");
    writeFileSync(file, JSON.stringify({ pid: process.pid, start: "another" }));
    expect(await locked(file, () => Promise.resolve("done"), () => undefined)).to.equal("done");
  }); // prettier-ignore
});
