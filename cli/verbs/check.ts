// `archipelago check`: every stack of the project, or STACK, without the engine.
import { thisDay } from "../../infra/examine";
import { checkStacks } from "../check/check";
import { checkLines } from "../check/show";
import { project } from "../places";
import { knownOf } from "../project-systems";
import { columnsOf } from "../screen";
import { readOrProblems, stacksIn, systemsWithoutStack } from "../stack-files";
import { askedStack } from "./target";

/** @returns 1 when something stops a stack */
export function check(): number {
  const stacks = stacksIn(project);
  const asked = askedStack(process.env, stacks);
  const read = stacks.map((stack) => readOrProblems(project, stack));
  const known = knownOf(project);
  const result = checkStacks(read, known, thisDay(), asked === undefined ? stacks : [asked]);
  const lines = asked === undefined ? systemsWithoutStack(Object.keys(known.systems), read) : [];
  process.stdout.write(`${[...lines, ...checkLines(result, columnsOf(process.stdout))].join("\n")}\n`);
  return Number(result.errors.length > 0);
}
