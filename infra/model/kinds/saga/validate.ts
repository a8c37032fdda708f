// Sagas: who takes part in them, and that their steps can be told apart.
import type { Findings } from "../../findings";
import type { Saga, SagaStep, System } from "../../system";

/** Checks every saga of a system. */
export function checkSagas(system: System, findings: Findings): void {
  const services = Object.keys(system.services);
  for (const [name, saga] of Object.entries(system.sagas ?? {})) checkSaga(`sagas.${name}`, saga, services, findings);
}

function checkSaga(path: string, { startedBy, steps }: Saga, services: readonly string[], findings: Findings): void {
  findings.requireKnown(startedBy, services, `${path}.startedBy`, "service");
  steps.forEach((step, index) => {
    const before = steps.slice(0, index).findIndex((other) => other.name === step.name);
    findings.require(
      before === -1,
      `${path}.steps[${index}].name`,
      step.name,
      `a name that no other step has; steps[${before}] has it`,
      "rename one of them",
    );
    checkStep(`${path}.steps[${index}]`, step, services, findings);
  });
}

function checkStep(path: string, step: SagaStep, services: readonly string[], findings: Findings): void {
  const { service, command, compensation } = step;
  findings.requireKnown(service, services, `${path}.service`, "service");
  if (compensation === undefined) return;
  findings.require(
    compensation !== command,
    `${path}.compensation`,
    compensation,
    "another command than the step's own",
    "say what undoes the step: the same command would do it again",
  );
}
