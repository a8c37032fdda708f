// The catalogue files of plans, by name.
import type { Plan } from "../../model/plan";
import { eventCatalogue } from "./events";
import type { Rights } from "../../targets/rights";
import { fileOf } from "./names";
import { rightsPage } from "./rights";
import { serviceCatalogue } from "./services";

/** The pages of a plan: the same plan gives the same bytes on every machine. */
export function catalogueFiles(plan: Plan): ReadonlyMap<string, string> {
  return new Map([
    [fileOf.events(plan), eventCatalogue(plan)],
    [fileOf.services(plan), serviceCatalogue(plan)],
  ]);
}

/** The page of a plan's rights on a target. */
export function rightsFile(plan: Plan, target: string, rights: Rights): ReadonlyMap<string, string> {
  return new Map([[fileOf.rights(plan, target), rightsPage(plan, target, rights)]]);
}

/** One plan of each system: production's where there is one, for a catalogue tells what others rely on. */
export function onePlanEach(plans: readonly Plan[]): Plan[] {
  const chosen = new Map<string, Plan>();
  for (const plan of plans) {
    if (!chosen.has(plan.system) || plan.environment.name === "prod") chosen.set(plan.system, plan);
  }
  return [...chosen.values()];
}
