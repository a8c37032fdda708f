// How the work grows with the system: reading, checking, deriving and building 200 services against 20, in process.
import { awsPlanOf as planOf } from "../infra/support/aws";
import { environments } from "../../infra/environments";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { deploy } from "../../offline/providers/mocks";
import { runOf } from "../infra/support/run";
import { generatedSystem, LARGE } from "./generated-system";
import type { Benchmark, Way } from "./pairs";

export function growth(): Benchmark {
  return { what: "derive and build", a: building(200), b: building(20), pairs: 3, target: 10 };
}

function building(count: number): Way {
  const system = generatedSystem(count);
  const images = Object.fromEntries(
    Object.keys(system.services).map((name) => [name, `777788889999.dkr.ecr.eu-central-1.amazonaws.com/${name}:1.0.0`]),
  );
  const run = runOf("prod", { system: system.name, images, ...LARGE });
  const known = { systems: { [system.name]: system }, environments };
  return {
    name: `${count} services`,
    // Else the small system would pay for what the large one has left behind.
    prepare: () => {
      globalThis.gc?.();
      return Promise.resolve();
    },
    run: async () => {
      await deploy(() => buildOnEcs(planOf(run, known)));
    },
  };
}
