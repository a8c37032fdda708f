import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { recover } from "../chaos/recover";
import { agreement } from "../chaos/verify";
import { OfflineStack, openOffline } from "../../cli/offline-stack";
import { run } from "./support/runs";
import { root } from "./support/stacks";
import { writeProject } from "./support/project";

/** In the second phase a queue is replaced, one moves below a component, one goes, one comes and one changes. */
const program = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const { RandomPassword } = require("@pulumi/random");
const second = new pulumi.Config().require("phase") === "2";
const tags = { Project: "served", Environment: "local" };
const provider = new aws.Provider("aws", { region: "eu-central-1", defaultTags: { tags } });
const password = new RandomPassword("password", { length: 32 }, { provider: undefined });
const letters = new aws.sqs.Queue("letters", { name: second ? "letters-2" : "letters" }, { provider });
class Part extends pulumi.ComponentResource {}
const part = second ? new Part("t:m:Part", "part") : undefined;
new aws.sqs.Queue("moves", {}, second ? { provider, parent: part, aliases: [{ parent: pulumi.rootStackResource }] } : { provider });
for (const name of second ? ["a", "b", "comes"] : ["a", "b", "goes"]) {
  const queue = new aws.sqs.Queue(name, { visibilityTimeoutSeconds: second && name === "a" ? 60 : 30 }, { provider });
  new aws.sqs.RedrivePolicy(name, {
    queueUrl: queue.url,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: letters.arn, maxReceiveCount: 3 }),
  }, { provider });
}
exports.password = password.result;
`;

const open = (folder: string, work: string, phase: number) =>
  openOffline({
    stack: "local",
    project: join(folder, "project"),
    work: join(folder, work),
    config: `config:\n  aws:region: eu-central-1\n  served:phase: "${phase}"\n`,
  });

/** The same stack on the engine's own file backend. */
function onFiles({ setup, places, state }: OfflineStack): OfflineStack {
  const environment = { ...setup.environment, PULUMI_BACKEND_URL: pathToFileURL(places.state).href };
  return new OfflineStack({ ...setup, environment }, places, state);
}

/** A state without what differs from run to run: times, generated values and identifiers, and the order among independent resources. */
async function comparable(stack: OfflineStack): Promise<unknown> {
  const accidental = /^(time|created|modified|ciphertext|salt|id|sourcePosition|stackTrace)$/;
  const text = JSON.stringify(await stack.deployment(), (key, value: unknown) =>
    accidental.test(key) ? undefined : isTexts(value) ? [...value].sort() : value,
  );
  const { version, deployment } = JSON.parse(
    text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{7,}/g, "#"),
  ) as {
    version: number;
    deployment: { resources?: { urn: string }[] };
  };
  const resources = (deployment.resources ?? []).sort((a, b) => a.urn.localeCompare(b.urn));
  return { version, deployment: { ...deployment, resources } };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

describe("a stack whose state this process serves", function () {
  this.timeout(300_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archipelago-served-"));
    writeProject(join(folder, "project"), "served", program);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("has the state that the file backend has, after creating, replacing, moving, refreshing and deleting", async () => {
    const states: unknown[][] = [];
    for (const backend of ["served", "files"]) {
      const found: unknown[] = [];
      for (const [verb, phase] of [
        ["up", 1],
        ["up", 2],
        ["refresh", 2],
        ["destroy", 2],
      ] as const) {
        const served = await open(folder, backend, phase);
        const stack = backend === "served" ? served : onFiles(served);
        const { code, stdout, stderr } = await run(stack, verb);
        expect({ code, stderr }, stdout).to.deep.equal({ code: 0, stderr: "" });
        found.push(await comparable(stack));
      }
      states.push(found);
    }
    expect(states[0]).to.deep.equal(states[1]);
  });

  it("goes on from where it was when engine and server are killed at once, and the runbook mends it", async () => {
    const script = `
      const { openOffline } = require(${JSON.stringify(join(root, "cli/offline-stack.ts"))});
      openOffline(JSON.parse(process.env.OPTIONS)).then((stack) => stack.run("up", ["--yes", "--skip-preview"], { quiet: true }));
    `;
    const stack = await open(folder, "killed", 1);
    const { setup, places } = stack;
    const options = {
      stack: "local",
      project: setup.project,
      work: join(folder, "killed"),
      config: readFileSync(places.config, "utf8"),
    };
    const engine = spawn(process.execPath, ["-r", join(root, "cli/preload.cjs"), "-e", script], {
      env: { ...process.env, OPTIONS: JSON.stringify(options), ARCHIPELAGO_FAULTS: "seed=1,slow=1/20" },
      stdio: "ignore",
      detached: true,
    });
    const journal = join(places.state, ".pulumi/journals/served/local.jsonl");
    const lines = (): number => (existsSync(journal) ? readFileSync(journal, "utf8").split("\n").length : 0);
    while (lines() < 12 && engine.exitCode === null) await wait(20);
    process.kill(-(engine.pid ?? 0), "SIGKILL");
    await once(engine, "close");
    const next = await open(folder, "killed", 1);
    expect(existsSync(journal)).to.equal(false);
    expect((await next.deployment()).deployment.resources?.length).to.be.at.least(3);
    const { problems } = await recover(next, "up", { Project: "served", Environment: "local" }, new Set());
    expect(problems).to.deep.equal([]);
    expect(await agreement(next)).to.deep.equal([]);
  });
});
