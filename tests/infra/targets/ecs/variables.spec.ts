// The model knows what a task will find in its environment: validation refuses clashes by these names before anything is made.
import { expect } from "chai";
import { variablesOf } from "../../../../infra/model/kinds/service/variables";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { systems } from "../../../../infra/systems";
import { deploy } from "../../../../offline/providers/mocks";
import { COLLECTOR_VARIABLES } from "../../support/aws";
import { planFor, runOf } from "../../support/run";

interface Container {
  readonly name: string;
  readonly environment?: readonly { readonly name: string }[];
  readonly secrets?: readonly { readonly name: string }[];
}

describe("variables", () => {
  for (const [stack, systemName] of [
    ["local", "ecommerce"],
    ["enterprise-local", "enterprise"],
  ] as const) {
    it(`of the services of ${systemName} are those that the model names, and no other`, async function () {
      this.timeout(60_000);
      const plan = planFor(runOf(stack));
      const { resources } = await deploy(() => buildOnEcs(plan));
      const found = resources
        .filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")
        .map(({ outputs }) => {
          const [main] = JSON.parse(String(outputs.containerDefinitions)) as Container[];
          const names = [...(main?.environment ?? []), ...(main?.secrets ?? [])].map(({ name }) => name);
          return [main?.name, names.sort()];
        });
      const migrations = plan.nodes.flatMap((node) => (node.kind === "database" ? (node.migration ?? []) : []));
      const ofMigrations = migrations.map(({ name }) => [
        name,
        ["AWS_REGION", "DB_HOST", "DB_NAME", "DB_PORT", "DB_SECRET_ARN", "SERVICE_NAME"],
      ]);
      const system = systems[systemName];
      const ofServices = Object.entries(system?.services ?? {}).map(([name, service]) => {
        const planned = plan.services.find((candidate) => candidate.name === name);
        const own = [...Object.keys(planned?.environment ?? {}), ...Object.keys(service.secrets ?? {})];
        const named = variablesOf(name, service, system ?? {}).map(({ variable }) => variable);
        return [name, [...named, ...own, ...COLLECTOR_VARIABLES].sort()];
      });
      const expected = [...ofServices, ...ofMigrations];
      expect(Object.fromEntries(found)).to.deep.equal(Object.fromEntries(expected));
      expect(found).to.have.length(expected.length);
    });
  }
});
