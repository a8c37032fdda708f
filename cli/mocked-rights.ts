// The rights of each workload of a stack, from a mocked build: no engine, no account.
import { deploy } from "../offline/providers/mocks";
import type { Plan } from "../infra/model/plan";
import { isOnAws } from "../infra/targets/aws/plan";
import type { Rights } from "../infra/targets/rights";
import type { Target } from "../infra/targets/target";

/** Builds a plan against mocks. @returns rights by workload and grant */
export async function mockedRights(target: Target, plan: Plan): Promise<Rights> {
  let rights: Rights = {};
  await deploy(
    () => {
      rights = target.rights(plan);
    },
    isOnAws(plan) ? { region: plan.region } : {},
  );
  return rights;
}
