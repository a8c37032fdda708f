// Sagas: who takes part in them, and that their steps can be told apart.
import type { Findings } from "./findings";
import type { Saga, SagaStep, System } from "./system";

/** Checks every saga of a system. */
export function checkSagas(system: System, findings: Findings): void {
  const services = Object.keys(system.services);
  for (const [name, saga] of Object.entries(system.sagas ?? {}))
    checkSaga(`sagas.${name}`, name, saga, services, findings);
}

function checkSaga(
  path: string,
  name: string,
  { startedBy, steps }: Saga,
  services: readonly string[],
  findings: Findings,
): void {
  findings.require(
    /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) && name.length <= 40,
    path,
    name,
    "lower-case letters, digits and single dashes, at most 40",
    "shorten or respell it; it becomes part of resource names",
  );
  findings.requireKnown(startedBy, services, `${path}.startedBy`, "service");
  findings.require(
    steps.length >= 2,
    `${path}.steps`,
    steps.map((step) => step.name),
    "at least two steps: one is done or not, and there is nothing to undo",
    "name the other steps, or let a service do it alone",
  );
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
  const { name, service, command, compensation, timeout } = step;
  const identifier = /^[A-Za-z]\w*$/;
  findings.require(
    identifier.test(name),
    `${path}.name`,
    name,
    "letters, digits and underscores, a letter first",
    "respell it",
  );
  findings.requireKnown(service, services, `${path}.service`, "service");
  findings.require(
    command.trim() !== "",
    `${path}.command`,
    command,
    "a command",
    "say what the service is told to do",
  );
  findings.requireDuration(timeout, "1s", "1d", `${path}.timeout`);
  if (compensation === undefined) return;
  const undoes = typeof compensation === "string" ? compensation : compensation.unneeded;
  findings.require(
    undoes.trim() !== "",
    typeof compensation === "string" ? `${path}.compensation` : `${path}.compensation.unneeded`,
    undoes,
    typeof compensation === "string" ? "a command" : "a sentence",
    "say what undoes the step, or why there is nothing to undo",
  );
  findings.require(
    compensation !== command,
    `${path}.compensation`,
    compensation,
    "another command than the step's own",
    "say what undoes the step: the same command would do it again",
  );
}
