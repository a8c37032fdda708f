// Nothing waits without need: the platform comes up within 5 % of the longest chain that the cloud needs.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { criticalPath } from "../../../bench/critical-path/analysis";
import { nameOf, type Step, stepsOf } from "../../../bench/critical-path/steps";
import { simulate } from "../../../bench/critical-path/simulate";
import { PARALLEL } from "../../../../cli/engine-stack";
import { deploy } from "../../../../offline/providers/mocks";
import { planFor, runOf } from "../../support/run";

describe("creation order", () => {
  it("has a task's ways to its image, its logs and its stores stand before it starts", async function () {
    this.timeout(60_000);
    const { resources } = await deploy(() => buildOnEcs(planFor(runOf("prod"))));
    const steps = stepsOf(resources);
    const before = (step: Step, seen = new Set<Step>()): ReadonlySet<Step> => {
      for (const { on } of step.waits) if (!seen.has(on)) before(on, seen.add(on));
      return seen;
    };
    const all = (type: string): Step[] => steps.filter((step) => step.type === type);
    const endpoints = all("aws:ec2/vpcEndpoint:VpcEndpoint").filter(
      ({ inputs }) => inputs.vpcEndpointType === "Interface" || inputs.serviceName === "com.amazonaws.eu-central-1.s3",
    );
    const natRoutes = all("aws:ec2/route:Route").filter(({ inputs }) => inputs.natGatewayId !== undefined);
    const [writer] = all("aws:rds/clusterInstance:ClusterInstance").filter((step) => nameOf(step).endsWith("-writer"));
    expect([endpoints.length, natRoutes.length, writer === undefined]).to.deep.equal([9, 3, false]);
    const services = all("aws:ecs/service:Service");
    const missing = services.flatMap((service) => {
      const seen = before(service);
      return endpoints.filter((endpoint) => !seen.has(endpoint)).map((endpoint) => [nameOf(service), nameOf(endpoint)]);
    });
    expect(missing).to.deep.equal([]);
    const waiting = (on: Step | undefined): string[] =>
      services.filter((service) => on && before(service).has(on)).map(nameOf);
    // Those that reach the internet, and whoever calls them.
    for (const route of natRoutes) expect(waiting(route)).to.have.members(["notification", "payment", "order"]);
    expect(waiting(writer)).to.have.members(["product", "order"]);
  });
});

describe("critical path", () => {
  for (const stack of Object.keys(environments)) {
    it(`of ${stack} is what the cloud needs`, async function () {
      this.timeout(60_000);
      const { seconds, resources } = await simulate(() => buildOnEcs(planFor(runOf(stack))), { atOnce: PARALLEL });
      const { declared, needed, needless } = criticalPath(resources);
      expect(needless, stack).to.deep.equal([]);
      // A database or a cache is on it, or the figures have gone.
      expect(needed.seconds).to.be.greaterThan(7 * 60);
      expect(declared.seconds).to.be.at.least(needed.seconds);
      expect(seconds).to.be.at.least(declared.seconds);
      expect(seconds / needed.seconds).to.be.at.most(1.05);
    });
  }
});
