// Plans for AWS, for specs that build them.
import { planOf } from "../../../infra/config";
import { derive } from "../../../infra/model/derive";
import type { Environment } from "../../../infra/model/environment";
import type { Plan } from "../../../infra/model/plan";
import type { Settings } from "../../../infra/model/settings";
import type { System } from "../../../infra/model/system";
import { type AwsPlan, isOnAws, onAws } from "../../../infra/targets/aws/plan";
import type { AwsSettings } from "../../../infra/targets/aws/settings";

/** A plan that is known to be for AWS. */
export function awsPlan(plan: Plan): AwsPlan {
  if (!isOnAws(plan)) throw new Error("the plan is not for AWS");
  return plan;
}

/** The plan of a run, as the program derives it. */
export function awsPlanOf(...given: Parameters<typeof planOf>): AwsPlan {
  return awsPlan(planOf(...given));
}

/** The plan of a system whose settings are right. */
export function derivedOnAws(system: System, environment: Environment, settings: Settings & AwsSettings): AwsPlan {
  return onAws(derive(system, environment, settings), settings);
}
