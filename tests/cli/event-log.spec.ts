import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { factsOf, openEventLog } from "../../cli/event-log";

const root = join(__dirname, "../..");

describe("the engine's event log", () => {
  it("hands on every line in order, whatever its length, the last before it is closed", async () => {
    const lines: string[] = [];
    const log = openEventLog((line) => lines.push(line));
    const written = Array.from({ length: 400 }, (_, index) => `${index} ${"ü".repeat(index * 10)}`);
    // A writer of its own, as the engine is: the pipe holds less than this.
    const writer = spawn("sh", ["-c", 'cat > "$0"', log.path], { stdio: ["pipe", "ignore", "ignore"] });
    writer.stdin.end(`${written.join("\n")}\n`);
    await once(writer, "close");
    await log.close();
    expect(lines).to.deep.equal(written);
  });

  it("closes when nobody has ever written to it, and leaves nothing behind", async () => {
    const log = openEventLog(() => undefined);
    await log.close();
    expect(() => readdirSync(join(log.path, ".."))).to.throw("ENOENT");
  });

  it("keeps nothing on a disk and holds nobody up when whoever reads it is killed", async function () {
    // It starts a Node of its own, which takes long on a busy machine.
    this.timeout(60_000);
    const temporary = mkdtempSync(join(tmpdir(), "archipelago-spec-"));
    try {
      const script = `
        const { openEventLog } = require(${JSON.stringify(join(root, "cli/event-log.ts"))});
        process.stdout.write(openEventLog(() => undefined).path);
        setInterval(() => undefined, 1000);
      `;
      const environment = { ...process.env, TMPDIR: temporary };
      const owner = spawn(process.execPath, ["-r", join(root, "cli/preload.cjs"), "-e", script], { env: environment });
      const [path] = (await once(owner.stdout, "data")) as [Buffer];
      const file = path.toString("utf8");
      // The engine has the log open when its reader dies.
      const writer = spawn("sh", ["-c", 'exec 3<>"$0"; echo open; exec cat >&3', file], {
        stdio: ["pipe", "pipe", "ignore"],
      });
      try {
        await once(writer.stdout, "data");
        owner.kill("SIGKILL");
        await once(owner, "close");
        writer.stdin.end("password\n".repeat(100_000));
        const [code] = (await once(writer, "close")) as [number];
        expect(code).to.equal(0);
      } finally {
        // One that nobody reads from would keep the whole run from ending.
        writer.kill("SIGKILL");
      }
      const kept = readdirSync(temporary, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(kept).to.deep.equal([]);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
});

const lines = (...events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join("");
const queue = "urn:pulumi:local::archipelago::archipelago:x:Y$aws:sqs/queue:Queue::orders";
const pack = { policyPackName: "all", policyPackVersion: "0.1.0" };

describe("factsOf", () => {
  it("counts rules and resources of each pack, and a violation once even when preview and update both report it", () => {
    const violation = {
      policyEvent: {
        ...pack,
        resourceUrn: queue,
        message: "no key\n",
        policyName: "require-key",
        enforcementLevel: "mandatory",
      },
    };
    const facts = factsOf(
      lines(
        { preludeEvent: {} },
        { policyAnalyzeSummaryEvent: { ...pack, resourceUrn: queue, passed: ["a"], failed: ["require-key"] } },
        { policyAnalyzeSummaryEvent: { ...pack, resourceUrn: `${queue}2`, passed: ["a", "require-key"] } },
        { policyAnalyzeStackSummaryEvent: { ...pack, passed: ["whole"] } },
        violation,
        violation,
      ),
    );
    expect(facts).to.deep.equal({
      packs: [{ pack: "all", version: "0.1.0", rules: ["a", "require-key", "whole"], resources: 2 }],
      violations: [
        {
          pack: "all",
          rule: "require-key",
          level: "mandatory",
          resource: "orders (aws:sqs/queue:Queue)",
          urn: queue,
          message: "no key",
        },
      ],
    });
  });

  it("says that a rule on the whole stack names no resource", () => {
    const event = { ...pack, message: "m", policyName: "r", enforcementLevel: "advisory" };
    expect(factsOf(lines({ policyEvent: event })).violations.map(({ resource }) => resource)).to.deep.equal([""]);
  });

  it("knows nothing of a run that left no log", () => {
    expect(factsOf("")).to.deep.equal({ packs: [], violations: [] });
  });
});
