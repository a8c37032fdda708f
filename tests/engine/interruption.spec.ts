import { expect } from "chai";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Toy } from "./toy";

const root = join(__dirname, "..", "..");

/** Processes whose command line or environment names a folder. */
function processesOf(folder: string): readonly string[] {
  const list = execFileSync("ps", ["axeww", "-o", "pid=,command="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return list.split("\n").filter((line) => line.includes(folder) && !line.includes("axeww"));
}

/** Files in which the engine's events can be read: they show generated passwords. A pipe holds nothing. */
function eventFiles({ temporary }: Toy): readonly string[] {
  return readdirSync(temporary, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, "utf8").includes("Event"));
}

/** An `up` of a program that never ends, as a process of its own. */
async function hangingUp(toy: Toy, ...more: readonly string[]) {
  const stack = await toy.open({ end: "hang" });
  const script = `
    const { EngineStack } = require(${JSON.stringify(join(root, "cli/engine-stack.ts"))});
    new EngineStack(JSON.parse(process.env.TOY_SETUP)).run("up", ${JSON.stringify(["--yes", "--skip-preview", ...more])}).then(({ code }) => console.log("ended with", code));
  `;
  const { setup } = stack;
  const runner = spawn(process.execPath, ["-r", join(root, "cli/preload.cjs"), "-e", script], {
    env: { ...process.env, TOY_SETUP: JSON.stringify(setup), TMPDIR: toy.temporary },
    stdio: ["ignore", "pipe", "inherit"],
    // A group of its own, as a shell gives to a command, so that it can be interrupted as Ctrl-C does.
    detached: true,
  });
  let output = "";
  runner.stdout.on("data", (data: Buffer) => (output += data.toString("utf8")));
  while (!output.includes("hanging")) await wait(50);
  return { runner, setup, output: () => output };
}

describe("an interrupted run", function () {
  this.timeout(120_000);
  let toy: Toy;
  beforeEach(() => (toy = new Toy()));
  afterEach(() => {
    toy.remove();
  });

  it("ends in good order on Ctrl-C: the engine says so, and nothing keeps running", async () => {
    const { runner, output } = await hangingUp(toy);
    process.kill(-(runner.pid ?? 0), "SIGINT");
    await once(runner, "close");
    expect(output()).to.contain("update canceled");
    expect(output()).to.contain("ended with 1");
    expect(processesOf(toy.folder)).to.deep.equal([]);
    expect(readdirSync(toy.temporary).filter((name) => name.startsWith("archipelago-"))).to.deep.equal([]);
  });

  it("leaves nothing running and no lock when the engine is killed", async () => {
    const { runner, setup } = await hangingUp(toy, "--policy-pack", toy.pack);
    const engine = processesOf(toy.folder).find((line) => line.includes(`${setup.cli} up`));
    process.kill(Number(engine?.trim().split(" ")[0]), "SIGKILL");
    await once(runner, "close");
    for (let tries = 0; tries < 100 && processesOf(toy.folder).length > 0; tries += 1) await wait(100);
    expect(processesOf(toy.folder)).to.deep.equal([]);
    const next = await (await toy.open()).run("up", ["--yes", "--skip-preview"], { quiet: true });
    expect({ code: next.code, stderr: next.stderr }).to.deep.equal({ code: 0, stderr: "" });
  });

  it("keeps no event in a temporary folder when the engine and who started it are killed at once", async () => {
    const { runner } = await hangingUp(toy);
    const pipes = execFileSync("find", [toy.temporary, "-type", "p"], { encoding: "utf8" });
    // The events went somewhere that this spec looks at.
    expect(pipes).to.match(/\/pipe\n$/);
    process.kill(-(runner.pid ?? 0), "SIGKILL");
    await once(runner, "close");
    expect(eventFiles(toy)).to.deep.equal([]);
    for (let tries = 0; tries < 100 && processesOf(toy.folder).length > 0; tries += 1) await wait(100);
    expect(processesOf(toy.folder)).to.deep.equal([]);
  });
});
