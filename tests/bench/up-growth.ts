// How the work of `up` on the engine grows with the resources: a state that is written whole at each step makes it grow with their square.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openOffline, type OfflineStack } from "../../cli/offline-stack";
import { Explained } from "../../cli/process";
import { writeProject } from "../engine/support/project";
import { quietly } from "./engine";
import { manyResources } from "./many-resources";
import type { Benchmark, Way } from "./pairs";

const FEW = 372;
const MANY = 1_602;
/** How much more a resource may cost in the large stack. */
const DEARER = 1.2;

/** @param work scratch folder */
export function upGrowth(work: string): Benchmark {
  return {
    what: "up on the engine",
    a: upOf(MANY, work),
    b: upOf(FEW, work),
    pairs: 1,
    target: (MANY / FEW) * DEARER,
  };
}

/** An `up` from nothing. */
export function upOf(resources: number, work: string): Way {
  const project = mkdtempSync(join(work, "growth-"));
  writeProject(project, "many", manyResources(resources));
  let stack: OfflineStack | undefined;
  return {
    name: `${resources} resources`,
    prepare: async () => {
      rmSync(join(project, "work"), { recursive: true, force: true });
      const config = "config: { aws:region: eu-central-1 }\n";
      stack = await openOffline({ stack: "local", project, work: join(project, "work"), config });
    },
    run: async () => {
      if (!stack) throw new Explained("the stack was not made ready");
      await quietly(stack, "up", ["--yes", "--skip-preview"]);
    },
  };
}
