// The plan of a stack that has a file in this project, made without the engine.
import { InvalidInput } from "../../../components/kit/problems";
import { readStack } from "../../check/stack-files";
import { environments } from "../../environments";
import { examine } from "../../examine";
import type { Day } from "../../model/anti-patterns";
import type { Plan } from "../../model/plan";
import { systems } from "../../systems";

/**
 * The plan of a stack, as an offline run makes it: examples will do.
 *
 * @throws InvalidInput with every problem
 */
export function planOfStack(folder: string, stack: string, today: Day): Plan {
  const { values } = readStack(folder, stack);
  const { plan, problems } = examine({ stack, values, offline: true }, { systems, environments }, today);
  if (!plan) throw new InvalidInput(`configuration of stack "${stack}"`, problems);
  return plan;
}
