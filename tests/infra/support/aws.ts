// Plans for AWS, for specs that build them.
import { planOf } from "../../../infra/config";
import type { Problem } from "../../../components/kit/problems";
import { environments } from "../../../infra/environments";
import { derive } from "../../../infra/model/derive";
import type { Environment } from "../../../infra/model/environment";
import type { Plan } from "../../../infra/model/plan";
import type { Settings } from "../../../infra/model/settings";
import { System as SystemSchema, type System } from "../../../infra/model/system";
import { checked } from "../../../infra/model/schema/check";
import { type AwsPlan, isOnAws, onAws } from "../../../infra/targets/aws/plan";
import { validateSystem } from "../../../infra/model/validate";
import { conflictsOnEcs } from "../../../infra/targets/ecs/conflicts";
import type { AwsSettings } from "../../../infra/targets/aws/settings";

/** What a stack's collector adds to each service that is traced. */
export const COLLECTOR_VARIABLES = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL"];

/** A plan that is known to be for AWS. */
export function awsPlan(plan: Plan): AwsPlan {
  if (!isOnAws(plan)) throw new Error("the plan is not for AWS");
  return plan;
}

/** The plan of a run, as the program derives it. */
export function awsPlanOf(...given: Parameters<typeof planOf>): AwsPlan {
  return awsPlan(planOf(...given));
}

/** What is wrong with a description by itself and on ECS; paths start at the system. */
export function problemsOnEcs(given: unknown): Problem[] {
  const problems = validateSystem(given);
  const system = checked(SystemSchema, given).rest;
  return system === undefined ? problems : [...problems, ...limitsOfEcs(system)];
}

function limitsOfEcs(system: System): Problem[] {
  const { problems } = conflictsOnEcs({ offline: true, system, environment: environments.dev, settings: {}, own: {} });
  const prefix = `${system.name}.`;
  const own = problems.filter(({ path }) => path.startsWith(prefix));
  return own.map((problem) => ({ ...problem, path: problem.path.slice(prefix.length) }));
}

/** The plan of a system whose settings are right. */
export function derivedOnAws(system: System, environment: Environment, settings: Settings & AwsSettings): AwsPlan {
  return onAws(derive(system, environment, settings), settings);
}
