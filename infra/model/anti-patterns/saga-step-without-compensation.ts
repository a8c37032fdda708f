// A step that stays done when a later one fails.
import { sorted } from "../order";
import { type Rule, trail } from "./rule";

export const sagaStepWithoutCompensation: Rule = {
  id: "saga-step-without-compensation",
  severity: "error",
  allowed: "a compensation for every step but the last",
  why: "when a later step fails, what this one has done stays",
  find: ({ system }) =>
    sorted(system.sagas ?? {}).flatMap(([name, { steps }]) =>
      steps.slice(0, -1).flatMap((step, index) => {
        if (step.compensation !== undefined) return [];
        const at = `sagas.${name}.steps[${index}]`;
        const failing = steps[index + 1];
        return [
          {
            path: `${at}.compensation`,
            found: `${trail(...steps.slice(0, index + 2).map((one) => one.name))}: when ${failing?.name ?? ""} fails, nothing undoes ${step.name}`,
            remedy: `name the command of ${step.service} that undoes it, or say why there is nothing to undo: { unneeded: "it only reads" }`,
            places: [at, `sagas.${name}`],
          },
        ];
      }),
    ),
};
