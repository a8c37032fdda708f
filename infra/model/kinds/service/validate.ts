// One service's own numbers and names.
import { runtimeProblems } from "../../../../components/kit/container-runtime";
import { allowedPlainProblems, plainSecretProblems } from "../../../../components/kit/plain-secrets";
import { mebibytes, seconds } from "../../../../components/kit/units";
import type { Findings } from "../../findings";
import { DEFAULTS } from "../../resolve";
import type { CallPolicy, Exposure, QueueScaling, Scaling, Service, System } from "../../system";
import { checkReservedVariables, checkVariableNames } from "./validate-variables";

/** Checks everything that a service says about itself, and that what it names exists. */
export function checkService(name: string, service: Service, system: System, findings: Findings): void {
  const path = `services.${name}`;
  findings.requireKey(service.context, system.contexts, `${path}.context`, "context");
  const memory = mebibytes(service.memory ?? DEFAULTS.memory);
  findings.problems.push(...runtimeProblems(`${path}.runtime.`, service.runtime ?? {}, memory));
  findings.require(
    service.port !== "none" || service.exposes === undefined,
    `${path}.port`,
    service.port,
    "a port: the load balancer forwards requests to it",
    "remove exposes, or give the service a port",
  );
  if (service.exposes) checkExposure(`${path}.exposes`, service.exposes, findings);
  checkReaching(path, name, service, system, findings);
  for (const [callee, policy] of Object.entries(service.calls ?? {})) {
    checkCall(`${path}.calls.${callee}`, callee, policy, system, findings);
  }
  checkScaling(`${path}.scaling`, service.scaling, service, findings);
  checkVariables(path, service, findings);
  checkVariableNames(name, service, system, findings);
  checkReservedVariables(name, service, findings);
}

const PLAIN_REMEDY =
  'name it in secrets: { length: 32 } makes one, { existing: "<name>" } takes one that configuration names; ' +
  "if it is no secret, say why in allowPlainVariables";

/** Counts, targets and steps; also for what an environment or the configuration makes of them. */
export function checkScaling(
  path: string,
  scaling: Scaling,
  { consumes = {}, exposes }: Pick<Service, "consumes" | "exposes">,
  findings: Findings,
): void {
  const { min, max, cpu, memory, queue, requestsPerTarget, backlogPerTask, schedules = {} } = scaling;
  const queues = Object.keys(consumes);
  findings.require(min <= max, `${path}.max`, max, `at least min, which is ${min}`, "raise max or lower min");
  const signals = [cpu, memory, queue, requestsPerTarget, backlogPerTask, Object.values(schedules)[0]];
  findings.require(
    min === max || signals.some((signal) => signal !== undefined),
    path,
    scaling,
    "cpu, memory, queue, requestsPerTarget, backlogPerTask or schedules when max is above min",
    "say what scales it",
  );
  findings.require(
    requestsPerTarget === undefined || exposes !== undefined,
    `${path}.requestsPerTarget`,
    requestsPerTarget,
    "only for a service with exposes: the load balancer counts the requests",
    "add exposes, or scale on cpu",
  );
  if (backlogPerTask) {
    const known = "queue that this service consumes";
    findings.requireKnown(backlogPerTask.queue, queues, `${path}.backlogPerTask.queue`, known);
  }
  for (const [name, schedule] of Object.entries(schedules)) {
    findings.require(
      schedule.min <= schedule.max,
      `${path}.schedules.${name}.max`,
      schedule.max,
      `at least min, which is ${schedule.min}`,
      "raise max or lower min",
    );
  }
  if (queue === undefined) return;
  findings.requireKnown(queue.queue, queues, `${path}.queue.queue`, "queue that this service consumes");
  checkSteps(`${path}.queue.steps`, queue, findings);
}

function checkSteps(path: string, { steps }: QueueScaling, findings: Findings): void {
  if (steps.length === 0) return;
  const starts = steps.map(({ from }) => from);
  findings.require(
    starts[0] === 0 && starts.every((from, index) => from > (starts[index - 1] ?? -1)),
    path,
    starts,
    "the first step from 0 messages, each from more than the one before",
    "sort the steps, and say what an empty queue means: { from: 0, change: 0 }",
  );
  const changes = steps.map(({ change }) => change);
  const rising = changes.every((change, index) => change >= (changes[index - 1] ?? 0));
  findings.require(
    rising && (changes[0] ?? 0) === 0 && changes.some((change) => change > 0),
    path,
    changes,
    "whole changes that start at 0, never fall and end above 0",
    "add more tasks for more messages; target tracking takes them away again",
  );
}

function checkExposure(
  path: string,
  { paths, healthCheck = {}, slowStart, balancing }: Exposure,
  findings: Findings,
): void {
  findings.require(
    slowStart === undefined || balancing !== "least_outstanding_requests",
    `${path}.slowStart`,
    slowStart,
    "only with round_robin: by outstanding requests a load balancer warms up no task",
    "remove slowStart, or balance by round_robin",
  );
  const wildcards = paths.join("").replace(/[^*?]/g, "").length;
  findings.require(wildcards <= 5, `${path}.paths`, paths, "at most 5 wildcards in all patterns", "use fewer patterns");
  const check = { ...DEFAULTS.healthCheck, ...healthCheck };
  findings.require(
    (seconds(check.timeout) ?? 0) < (seconds(check.interval) ?? Infinity),
    `${path}.healthCheck.timeout`,
    check.timeout,
    `less than the interval, which is ${check.interval}`,
    "shorten the timeout or lengthen the interval",
  );
}

function checkCall(path: string, callee: string, policy: CallPolicy, system: System, findings: Findings): void {
  findings.requireKey(callee, system.services, path, "service");
  findings.require(
    system.services[callee]?.port !== "none",
    path,
    callee,
    "a service with a port",
    `give ${callee} a port, or send work to a queue that it consumes (sendsTo)`,
  );
  const offered = Object.keys(system.services[callee]?.offers ?? {});
  policy.operations?.forEach((operation, index) => {
    findings.requireKnown(operation, offered, `${path}.operations[${index}]`, `operation that ${callee} offers`);
  });
}

/** The stores of other services that it reads exist. The anti-patterns check whether it may read them. */
function checkReaching(path: string, name: string, { reachesInto }: Service, system: System, findings: Findings): void {
  for (const owner of Object.keys(reachesInto ?? {})) {
    const at = `${path}.reachesInto.${owner}`;
    if (owner === name) findings.require(false, at, owner, "another service", "remove it: its own store is open to it");
    else findings.requireKey(owner, system.services, at, "service");
  }
}

function checkVariables(path: string, service: Service, findings: Findings): void {
  const { secrets = {}, environment = {}, allowPlainVariables } = service;
  const place = { path: `${path}.environment`, remedy: PLAIN_REMEDY };
  findings.problems.push(
    ...plainSecretProblems(place, environment, allowPlainVariables),
    ...allowedPlainProblems(`${path}.allowPlainVariables`, environment, allowPlainVariables),
  );
  for (const variable of Object.keys(secrets)) {
    const clear = !(variable in environment);
    findings.require(clear, `${path}.secrets.${variable}`, variable, "a name that environment has not", "rename one");
  }
}
