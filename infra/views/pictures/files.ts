// The files that a plan's pictures are, by name.
import type { Plan } from "../../model/plan";
import type { Rights } from "../../targets/rights";
import { pageOf } from "./page/page";
import { pictureOf } from "./svg";

/** What the files of a plan's pictures begin with: `ecommerce-prod`, or `ecommerce-local-kubernetes` on another target than `ecs`. */
export function pictureName({ system, environment }: Plan, target: string): string {
  return [system, environment.name, ...(target === "ecs" ? [] : [target])].join("-");
}

/** The picture files of a plan: the same plan gives the same bytes on every machine. */
export async function pictureFiles(plan: Plan, target: string, rights: Rights): Promise<ReadonlyMap<string, string>> {
  const picture = await pictureOf(plan);
  const name = pictureName(plan, target);
  return new Map([
    [`${name}.svg`, picture],
    [`${name}.html`, pageOf(plan, picture, rights)],
  ]);
}
