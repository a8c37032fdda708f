// Everything that proves the project, with one count at the end: format, lint and types count as a test each.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAll } from "../../offline/kubernetes/status";
import { Sdk } from "../../offline/providers/schema/sdk";
import { type Cli, findCli, sourceOf, thisMachine } from "../find-cli";
import { root, userCache } from "../places";
import { Explained, hand } from "../process";
import { type Say, sayer } from "../say";
import { check, sayChecks } from "./lint";

/** How many tests held, how many did not, and how many could not be tried on this machine. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
}

const emulated = ["aws", "awsx", "kubernetes", "random"] as const;
const engineSpecs = "tests/engine/**/*.spec.ts";

/** `make test`. */
export async function test(): Promise<number> {
  // Built once per SDK version, which takes longer than a spec may.
  for (const name of emulated) new Sdk(name).counts();
  // What engine specs run on is built beside the checks and the specs that don't use the engine. Engine specs measure time, so they run alone.
  const building = build();
  const checking = check();
  const unit = await specs("tests/**/*.spec.ts", ["--ignore", engineSpecs, "--timeout", "10000"]);
  const checked = await checking;
  sayChecks(checked);
  const { cli, noCluster } = await building;
  const engine = cli === undefined ? { passed: 0, failed: 1 } : await specs(engineSpecs, ["--timeout", "300000"]);
  const checks = {
    passed: checked.filter(({ passed }) => passed).length,
    failed: checked.filter(({ passed }) => !passed).length,
  };
  const total = sum([checks, unit, engine]);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  if (noCluster !== undefined) sayer(true)(`the Kubernetes specs were skipped:\n${noCluster}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  return Number(total.failed > 0);
}

/** Builds the CLI and plugins for engine specs. The build takes minutes, which no spec's own time limit allows for. */
async function build(): Promise<{ readonly cli: Cli | undefined; readonly noCluster: string | undefined }> {
  const say = sayer(true);
  const cli = await cliToRun(say);
  const place = { cache: userCache(), say, environment: process.env, background: true };
  return { cli, noCluster: await buildAll(place, cli?.path ?? "") };
}

async function cliToRun(say: Say): Promise<Cli | undefined> {
  try {
    const cli = await findCli(thisMachine(say), say);
    say(`engine specs run on Pulumi ${cli.version} from ${sourceOf(cli)}`);
    return cli;
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    say(error.message);
    return undefined;
  }
}

/** Adds counts up. */
export function sum(counts: readonly Count[]): Required<Count> {
  const of = (kind: keyof Count): number => counts.reduce((all, count) => all + (count[kind] ?? 0), 0);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

/** Runs specs on the user's terminal and counts them. A run that dies before it could count is a failed test. */
async function specs(pattern: string, args: readonly string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "archipelago-"));
  const file = join(folder, "count.json");
  const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
  const reporter = join(__dirname, "counting-reporter.cjs");
  try {
    const code = await hand({
      file: process.execPath,
      args: [
        mocha,
        "--no-config",
        "--require",
        "./cli/preload.cjs",
        "--require",
        "./tests/support/assertion-count.ts",
        "--extension",
        "ts",
        "--reporter",
        reporter,
        ...args,
        pattern,
      ],
      cwd: root,
      env: { ...process.env, ARCHIPELAGO_TEST_COUNT: file },
    });
    const count = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Count) : { passed: 0, failed: 0 };
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
