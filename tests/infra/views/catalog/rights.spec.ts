// Rights on EKS and Kubernetes are those that the resources of the stack give; on ECS tests/infra/views/pictures/page.spec.ts compares them.
import { join } from "node:path";
import { expect } from "chai";
import { builtStack, knownOf } from "../../../../cli/project-systems";
import { isOnAws } from "../../../../infra/targets/aws/plan";
import { thisDay } from "../../../../infra/examine";

import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { rightsPage } from "../../../../infra/views/catalog/rights";

const root = join(__dirname, "../../../..");

interface Container {
  readonly env?: readonly { readonly name: string }[];
}
interface Workload {
  readonly template: { readonly spec: { readonly containers: readonly Container[] } };
}
interface Document {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[];
}

function stackOf(stack: string) {
  return builtStack(root, knownOf(root), stack, thisDay());
}

function variablesOf({ inputs }: Registered): string[] {
  const { template } = inputs.spec as Workload;
  return template.spec.containers.flatMap(({ env = [] }) => env.map(({ name }) => name));
}

describe("rights of pods", function () {
  this.timeout(60_000);

  for (const stack of ["eks-local", "k8s-local"]) {
    it(`are those of the resources of ${stack}`, async () => {
      const { plan, target } = stackOf(stack);
      const { result: rights, resources } = await deploy(
        () => target.rights(plan),
        isOnAws(plan) ? { region: plan.region } : {},
      );
      const services = Object.entries(rights).filter(([workload, { service }]) => workload === service);
      expect(services.map(([name]) => name).sort()).to.deep.equal(plan.services.map(({ name }) => name).sort());
      for (const [name, { grants }] of services) {
        const all = Object.values(grants);
        const variables = all.flatMap((right) => right.variables);
        const deployment = resources.find(
          ({ type, name: own }) => type === "kubernetes:apps/v1:Deployment" && own === name,
        );
        if (deployment === undefined) throw new Error(`${name} has no Deployment`);
        const known = new Set(variables);
        expect(
          variablesOf(deployment)
            .filter((each) => known.has(each))
            .sort(),
          name,
        ).to.deep.equal([...known].sort());
        const policy = resources.find(
          ({ type, name: own }) => type === "aws:iam/rolePolicy:RolePolicy" && own === `ecommerce-local-${name}`,
        );
        const actions = new Set(all.flatMap((right) => right.actions));
        const built = policy ? (JSON.parse(String(policy.outputs.policy)) as Document).Statement : [];
        expect([...actions].sort(), name).to.deep.equal([...new Set(built.flatMap(({ Action }) => Action))].sort());
      }
      expect(rightsPage(plan, stack, rights)).to.include("| use the database | `order-db:5432` |");
    });
  }
});
