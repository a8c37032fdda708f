// A spec that repeats a failed run of a campaign: the same life up to that run, with the same faults at the same moments.
import { holds } from "./campaign";
import type { RunResult } from "./life";
import type { RunPlan } from "./plan";

export interface Reproduction {
  /** Where the spec belongs, from the clone's root. */
  readonly file: string;
  readonly text: string;
}

/** A spec for the first failed run of each life; a later one follows from it. */
export function reproductions(results: readonly RunResult[]): readonly Reproduction[] {
  const failed = [...results].sort((a, b) => a.run - b.run).filter((result) => !holds(result));
  const first = failed.filter(({ seed }, place) => failed.findIndex((other) => other.seed === seed) === place);
  return first.map((result) => {
    const life = results.filter(({ seed, run }) => seed === result.seed && run <= result.run);
    return specOf(result, [...life].sort((a, b) => a.run - b.run).map(planOf));
  });
}

function specOf({ seed, run, verb, fault }: RunResult, plans: readonly RunPlan[]): Reproduction {
  const text = `import { expect } from "chai";
import { ecommerce } from "../chaos/ecommerce";
import { live } from "../chaos/life";
import type { RunPlan } from "../chaos/plan";

const plans: readonly RunPlan[] = ${JSON.stringify(plans, undefined, 2)};

describe("run ${run} of the life with seed ${seed}: ${verb}, ${fault}", function () {
  this.timeout(1_800_000);

  it("recovers by the runbook and loses nothing", async () => {
    const results = await live(ecommerce, plans, () => undefined);
    expect(results.flatMap(({ lost, problems }) => [...lost, ...problems])).to.deep.equal([]);
    expect(results.at(-1)?.happened).to.equal(true);
  });
});
`;
  return { file: `tests/engine/chaos-${seed}-${run}.spec.ts`, text };
}

function planOf({ run, seed, verb, fault, moment, change, setting, lasting }: RunResult): RunPlan {
  return { run, seed, verb, fault, moment, change, setting, lasting };
}
