// Ratios of two ways of doing something, each within one run. Nothing here fails for its time: see docs/decisions/0007.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Explained } from "../../cli/process";
import { duration, sayer } from "../../cli/say";
import { criticalPaths, measuredPath } from "./critical-path/benchmark";
import { EmulationCost } from "./emulation";
import { figures } from "./figures";
import { growth } from "./growth";
import { type Benchmark, type Measured, measure } from "./pairs";
import { policyShare } from "./policy-share";
import { secondUp } from "./second-up";
import { starting } from "./starting";
import { upGrowth } from "./up-growth";

const say = sayer(true);
const work = mkdtempSync(join(tmpdir(), "archipelago-bench-"));

const benchmarks: readonly (() => Benchmark | Promise<Benchmark>)[] = [
  () => starting(),
  () => policyShare(work, say),
  () => secondUp(work, say),
  () => upGrowth(work),
  // Last: it fills this process's memory.
  growth,
];

async function main(): Promise<void> {
  const start = performance.now();
  const path = [...(await criticalPaths(say)), "", ...(await measuredPath(work, say))];
  const emulation = new EmulationCost(work, say);
  const all: Measured[] = [await measure(emulation.benchmark, say)];
  const added = await emulation.lines();
  for (const benchmark of benchmarks) all.push(await measure(await benchmark(), say));
  process.stdout.write([...path, "", ...figures(all), "", ...added, ""].join("\n"));
  say(`measured in ${duration(performance.now() - start)}`);
}

process.on("exit", () => {
  rmSync(work, { recursive: true, force: true });
});
process.once("SIGINT", () => process.exit(130));

main().catch((error: unknown) => {
  if (!(error instanceof Explained)) throw error;
  say(error.message);
  process.exitCode = 1;
});
