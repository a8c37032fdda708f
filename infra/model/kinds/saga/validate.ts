// Sagas: their services exist, their steps differ, their limits fit.
import { seconds } from "../../../../components/kit/units";
import type { Findings } from "../../findings";
import { DEFAULTS } from "../../resolve";
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
  const { service, command, compensation, heartbeat, timeout = DEFAULTS.sagaTimeout, optional = false } = step;
  findings.requireKnown(service, services, `${path}.service`, "service");
  findings.require(
    heartbeat === undefined || (seconds(heartbeat) ?? 0) < (seconds(timeout) ?? 0),
    `${path}.heartbeat`,
    heartbeat,
    `less than the step's timeout, ${timeout}`,
    "shorten it, or raise the timeout",
  );
  findings.require(
    !optional || typeof compensation !== "string",
    `${path}.optional`,
    optional,
    "false, because the step has a compensation: nobody knows whether a failed step must be undone",
    "remove optional, or say why there is nothing to undo: compensation: { unneeded: … }",
  );
  if (compensation === undefined) return;
  findings.require(
    compensation !== command,
    `${path}.compensation`,
    compensation,
    "another command than the step's own",
    "say what undoes the step: the same command would do it again",
  );
}
