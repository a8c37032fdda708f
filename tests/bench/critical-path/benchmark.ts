// How long stacks would take to come up in the cloud, against the longest chain that the cloud needs: simulated in process, and
// one of them measured on the engine with creations that take a twentieth of their time.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { criticalPath } from "./analysis";
import { pathLines } from "./report";
import { simulate } from "./simulate";
import type { Declared } from "./steps";
import { PARALLEL, parallelOption } from "../../../cli/engine-stack";
import { table } from "../../../cli/components-table";
import { openOffline } from "../../../cli/offline-stack";
import { duration, type Say, timed } from "../../../cli/say";
import { planFor, runOf } from "../../infra/support/run";
import { quietly } from "../engine";
import { observed } from "../observed";

/** What the engine would let happen at once on a machine with two cores. */
const TWO_CORES = 8;
/** Of a creation's real time. */
const SHRUNK = 1 / 20;

/** Simulated times of two stacks, and what is on their paths. */
export async function criticalPaths(say: Say): Promise<readonly string[]> {
  const rows: string[][] = [];
  const chains: string[] = [];
  for (const stack of ["local", "prod"]) {
    const program = (): unknown => buildOnEcs(planFor(runOf(stack)));
    await timed(say, `simulated up of ${stack}`, async () => {
      const { seconds, resources } = await simulate(program, { atOnce: PARALLEL });
      const { seconds: few } = await simulate(program, { atOnce: TWO_CORES });
      const { seconds: all } = await simulate(program);
      const path = criticalPath(resources);
      const minutes = [few, all, path.declared.seconds, path.needed.seconds, seconds].map((each) => inMinutes(each));
      rows.push([stack, ...minutes, ratioOf(seconds, path.needed.seconds)]);
      chains.push("", `critical path of ${stack}`, ...pathLines(path));
    });
  }
  const head = [
    "minutes to come up",
    `${TWO_CORES} at once`,
    "all at once",
    "declared chain",
    "needed chain",
    `${PARALLEL} at once`,
    "of needed, aimed at 1.05",
  ];
  return [...table(head, rows), ...chains];
}

/** The same stack on the engine: what its creations took there, and what else did. */
export async function measuredPath(work: string, say: Say): Promise<readonly string[]> {
  const up = async (faults: string): Promise<{ readonly resources: readonly Declared[]; readonly took: number }> => {
    rmSync(join(work, "stacks", "local"), { recursive: true, force: true });
    const { ARCHIPELAGO_FAULTS: before } = process.env;
    process.env.ARCHIPELAGO_FAULTS = faults;
    try {
      const stack = await openOffline({ stack: "local", work });
      const start = performance.now();
      await timed(say, `up of local${faults && `, ${faults}`}`, () =>
        quietly(stack, "up", ["--yes", "--skip-preview", ...parallelOption]),
      );
      const took = performance.now() - start;
      return { resources: (await stack.deployment()).deployment.resources as readonly Declared[], took };
    } finally {
      process.env.ARCHIPELAGO_FAULTS = before ?? "";
    }
  };
  const { took } = await up("");
  const { creating, else: other, last } = observed((await up(`slow=1/${1 / SHRUNK}`)).resources, SHRUNK);
  return [
    `measured on the engine: the chain that ended last, with ${last}, spent ${inMinutes(creating)} minutes on creations ` +
      `(at 1/${1 / SHRUNK}) and ${duration(other * 1000)} on engine, program and waiting for room; ` +
      `with creations that take no time the whole up took ${duration(took)}`,
  ];
}

function inMinutes(seconds: number): string {
  return (seconds / 60).toFixed(2);
}

function ratioOf(seconds: number, needed: number): string {
  const ratio = seconds / needed;
  return `${ratio.toFixed(3)}${ratio > 1.05 ? ", missed" : ""}`;
}
