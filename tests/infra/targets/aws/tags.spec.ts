// Everything that can carry tags says whose it is: the stack's four on all, and the service's two on what belongs to a service.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import type { AwsPlan } from "../../../../infra/targets/aws/plan";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { enterpriseRun } from "../../support/enterprise";
import { planFor, runOf } from "../../support/run";

for (const run of [runOf("prod"), enterpriseRun("prod")]) describeTags(planFor(run));

function describeTags(plan: AwsPlan): void {
  describe(`tags on ${plan.system}`, () => {
    let taggable: readonly Registered[];
    before(async function () {
      // The whole of prod.
      this.timeout(20_000);
      const { resources } = await deploy(() => buildOnEcs(plan));
      taggable = resources.filter(({ type, outputs }) => type.startsWith("aws:") && outputs.tagsAll !== undefined);
    });

    const tagsOf = ({ outputs }: Registered) => outputs.tagsAll as Record<string, string>;

    it("of the stack are on everything that can carry tags", () => {
      expect(taggable.length).to.be.greaterThan(150);
      const { Project, Environment, Architecture, ManagedBy } = plan.tags;
      const bare = taggable.filter((resource) => {
        const tags = tagsOf(resource);
        return (
          tags.Project !== Project ||
          tags.Environment !== Environment ||
          tags.Architecture !== Architecture ||
          tags.ManagedBy !== ManagedBy
        );
      });
      expect([Project, Environment, Architecture, ManagedBy]).to.deep.equal([
        plan.system,
        "prod",
        "Microservices",
        "Pulumi",
      ]);
      expect(bare.map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("of a service are on what belongs to that service alone", () => {
      const wrong = plan.services.flatMap(({ name, context }) => {
        // A service's resources stand below components that are called after it (`order`, `order-db`).
        const own = taggable.filter(({ urn }) =>
          new RegExp(`archipelago:(microservice|database|storage|secret):.*::${name}(-|$)`).test(urn),
        );
        expect(own, name).to.not.be.empty;
        return own.filter((resource) => tagsOf(resource).Service !== name || tagsOf(resource).Context !== context);
      });
      expect(wrong.map(({ urn }) => urn)).to.deep.equal([]);
    });
  });
}
