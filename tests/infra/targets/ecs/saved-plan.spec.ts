// `pulumi up --plan` stops where an update does what its preview did not announce: another resource, or another dependency of one.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { planFor, runOf } from "../../support/run";

type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

async function dependenciesOf(stack: string, preview: boolean): Promise<Dependencies> {
  const plan = planFor(runOf(stack));
  const { resources } = await deploy(() => buildOnEcs(plan), { region: plan.region, stack, preview });
  return new Map(resources.map(({ urn, dependencies }) => [urn, new Set(dependencies)]));
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

describe("an update", function () {
  this.timeout(120_000);

  for (const stack of ["prod"])
    it(`of ${stack} makes the resources of its preview, with no dependency that the preview did not have`, async () => {
      const announced = await dependenciesOf(stack, true);
      const made = await dependenciesOf(stack, false);
      expect([...made.keys()].sort()).to.deep.equal([...announced.keys()].sort());
      const more = [...made].flatMap(([urn, dependencies]) =>
        [...dependencies]
          .filter((dependency) => announced.get(urn)?.has(dependency) !== true)
          .map((dependency) => `${nameOf(urn)} on ${nameOf(dependency)}`),
      );
      expect(more).to.deep.equal([]);
    });
});
