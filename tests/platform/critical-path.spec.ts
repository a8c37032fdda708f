// Nothing waits without need: the platform comes up within 5 % of the longest chain that the cloud needs.
import { expect } from "chai";
import { environments } from "../../infra/environments";
import { buildOnEcs } from "../../infra/platform/ecs";
import { criticalPath } from "../../offline/critical-path/analysis";
import { simulate } from "../../offline/critical-path/simulate";
import { AT_ONCE } from "../../offline/engine/at-once";
import { planFor, runOf } from "../infra/support/run";

describe("critical path", () => {
  for (const stack of Object.keys(environments)) {
    it(`of ${stack} is what the cloud needs`, async function () {
      this.timeout(20_000);
      const { seconds, resources } = await simulate(() => buildOnEcs(planFor(runOf(stack))), { atOnce: AT_ONCE });
      const { declared, needed, needless } = criticalPath(resources);
      expect(needless, stack).to.deep.equal([]);
      // A database or a cache is on it, or the figures have gone.
      expect(needed.seconds).to.be.greaterThan(8 * 60);
      expect(declared.seconds).to.be.at.least(needed.seconds);
      expect(seconds).to.be.at.least(declared.seconds);
      expect(seconds / needed.seconds).to.be.at.most(1.05);
    });
  }
});
