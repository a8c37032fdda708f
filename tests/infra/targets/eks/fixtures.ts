// A stack on EKS, as its specs plan and build it.
import { InvalidInput, type Problem } from "../../../../components/kit/problems";
import { planOf } from "../../../../infra/config";
import { environments } from "../../../../infra/environments";
import type { System } from "../../../../infra/model/system";
import { systems } from "../../../../infra/systems";
import { buildOnEks } from "../../../../infra/targets/eks/eks";
import type { EksPlan } from "../../../../infra/targets/eks/plan";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";
import { runOf } from "../../support/run";

/** The plan of the stack that ships, with some keys changed; `undefined` removes one. */
export function planOnEks(
  changes: Readonly<Record<string, unknown>> = {},
  known: Readonly<Record<string, System>> = systems,
  offline = true,
): EksPlan {
  return planOf({ ...runOf("eks-local", changes), offline }, { systems: known, environments }) as EksPlan;
}

/** The problems that stop such a stack. */
export function problemsOnEks(
  changes: Readonly<Record<string, unknown>> = {},
  known: Readonly<Record<string, System>> = systems,
): readonly Problem[] {
  try {
    planOnEks(changes, known);
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
  return [];
}

/** Builds a plan. */
export function builtOnEks(plan: EksPlan): Promise<Deployment<object>> {
  const options = { region: plan.region, stack: "eks-local", project: "archipelago" };
  return deploy(() => buildOnEks(plan), options);
}
