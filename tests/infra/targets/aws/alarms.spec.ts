// An alarm that rings for a resource that was just made, or that was told to pause, teaches people not to look.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { enterpriseRun } from "../../support/enterprise";
import { planFor, runOf } from "../../support/run";

for (const run of [runOf("prod"), runOf("local"), enterpriseRun("prod")]) {
  const plan = planFor(run);
  describe(`alarms of ${plan.system} in ${plan.environment.name}`, function () {
    this.timeout(60_000);

    it("say what no data means, and that it is no fault", async () => {
      const { ofType } = await deploy(() => buildOnEcs(plan));
      const alarms = ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
      expect(alarms.length).to.be.greaterThan(plan.services.length);
      const others = alarms.filter(
        ({ inputs }) => !["notBreaching", "ignore", "missing"].includes(String(inputs.treatMissingData)),
      );
      expect(others.map(({ name }) => name)).to.deep.equal([]);
    });
  });
}
