import { expect } from "chai";
import { transpileModule } from "typescript";
import type { RunResult } from "./life";
import { faultsOf, planCampaign } from "./plan";
import { reproductions } from "./reproduction";

const results: readonly RunResult[] = planCampaign(7, 6, faultsOf(true))
  .flat()
  .map((plan) => ({
    ...plan,
    happened: true,
    met: 0,
    code: 255,
    steps: ["refresh"],
    orphans: 0,
    lost: plan.run === 5 ? ["bucket images"] : [],
    problems: plan.run === 6 ? ["left after down: a queue"] : [],
    seconds: 1,
  }));

describe("the spec of a failed run", () => {
  it("repeats the life up to its first failed run, with the faults and moments of the campaign", () => {
    // Run 5 is the second of the second life; what went wrong in run 6 follows from it.
    const [found, ...more] = reproductions([...results].reverse());
    expect(more).to.deep.equal([]);
    expect(found?.file).to.equal("tests/engine/chaos-8-5.spec.ts");
    const { diagnostics } = transpileModule(found?.text ?? "", { reportDiagnostics: true });
    expect(diagnostics).to.deep.equal([]);
    const plans: unknown = JSON.parse(/RunPlan\[\] = (\[[^]*?\n\]);/.exec(found?.text ?? "")?.[1] ?? "");
    expect(plans).to.deep.equal(planCampaign(7, 6, faultsOf(true)).flat().slice(3, 5));
  });

  it("is not made where every run recovered", () => {
    expect(reproductions(results.slice(0, 4))).to.deep.equal([]);
  });
});
