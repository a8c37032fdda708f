// Sagas in the service catalogue: each step beside what undoes it.
import type { SagaPlan } from "../../model/plan";
import { code, linkTo, plain, sentence, table } from "./markdown";
import { heading } from "./names";

/** Sagas by name. */
export function sagaLines(sagas: readonly SagaPlan[]): string[] {
  if (sagas.length === 0) return [];
  const service = (name: string): string => linkTo(code(name), heading.service(name));
  return [
    "## Sagas",
    "",
    ...sagas.flatMap(({ name, description, startedBy, steps }) => [
      `### Saga ${name}`,
      "",
      `${sentence(description)} Started by ${service(startedBy)}.`,
      ...table(
        ["step", "service", "command", "undone by", "at most", "tries"],
        steps.map((step) => [
          code(step.name),
          service(step.service),
          code(step.command),
          undoneBy(step.compensation),
          step.timeout,
          `${step.retries + 1}${step.optional ? ", then it is left out" : ""}`,
        ]),
      ),
    ]),
  ];
}

function undoneBy(compensation: SagaPlan["steps"][number]["compensation"]): string {
  if (compensation === undefined) return "nothing";
  return typeof compensation === "string" ? code(compensation) : `nothing: ${plain(compensation.unneeded)}`;
}
