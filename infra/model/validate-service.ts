// One service's own numbers and names, against what AWS accepts.
import { runtimeProblems } from "../../components/base/container-runtime";
import { mebibytes, seconds } from "../../components/base/units";
import type { Findings } from "./findings";
import { FARGATE_CPU, fargateMemory } from "./fargate";
import { DEFAULTS } from "./resolve";
import type { CallPolicy, Exposure, QueueScaling, Scaling, Service, System } from "./system";
import { checkStores } from "./validate-stores";
import { checkUnbuilt } from "./validate-unbuilt";
import { checkVariableNames } from "./validate-variables";

// A user of the cache is called after its service: ElastiCache allows 40 characters, and a suffix of nine takes its part.
const LONGEST_SERVICE_NAME = 31;
/** The cache's own user, and what every object of JavaScript has. */
const UNUSABLE = ["default", "constructor"];

/** Checks everything that a service says about itself, and that what it names exists. */
export function checkService(name: string, service: Service, system: System, findings: Findings): void {
  const path = `services.${name}`;
  findings.require(
    /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) && !UNUSABLE.includes(name) && name.length <= LONGEST_SERVICE_NAME,
    path,
    name,
    `lower-case letters, digits and single dashes, at most ${LONGEST_SERVICE_NAME}; not ${UNUSABLE.map((word) => `"${word}"`).join(" or ")}`,
    "shorten or respell it; it becomes part of resource names",
  );
  findings.requireKnown(service.context, Object.keys(system.contexts), `${path}.context`, "context");
  findings.requireWhole(service.port ?? DEFAULTS.port, 1, 65_535, `${path}.port`);
  checkTaskSize(path, service.cpu ?? DEFAULTS.cpu, service.memory ?? DEFAULTS.memory, findings);
  const memory = mebibytes(service.memory ?? DEFAULTS.memory);
  findings.problems.push(...runtimeProblems(`${path}.runtime.`, service.runtime ?? {}, memory));
  if (service.exposes) checkExposure(`${path}.exposes`, service.exposes, findings);
  if (service.owns) checkStores(`${path}.owns`, service.owns, findings);
  checkUnbuilt(path, service, findings);
  checkApi(path, service, findings);
  checkReaching(path, name, service, system, findings);
  findings.require(
    service.usesCache !== true || system.cache !== undefined,
    `${path}.usesCache`,
    true,
    "false: the system has no cache",
    "add cache: {} to the system, or remove usesCache",
  );
  for (const [callee, policy] of Object.entries(service.calls ?? {})) {
    checkCall(`${path}.calls.${callee}`, callee, policy, system, findings);
  }
  checkConsumption(path, service, findings);
  checkScaling(`${path}.scaling`, service.scaling, Object.keys(service.consumes ?? {}), findings);
  checkVariables(path, service, findings);
  checkVariableNames(name, service, system.tracing !== undefined, findings);
  findings.require(
    service.internetEgress?.reason.trim() !== "",
    `${path}.internetEgress.reason`,
    service.internetEgress?.reason,
    "a sentence",
    "say what it needs the internet for",
  );
}

/** CPU and memory are a pair that Fargate offers. */
export function checkTaskSize(path: string, cpu: number, memory: string, findings: Findings): void {
  const offered = fargateMemory(cpu);
  findings.require(
    offered.length > 0,
    `${path}.cpu`,
    cpu,
    FARGATE_CPU.join(", "),
    "choose CPU units that Fargate offers",
  );
  const given = mebibytes(memory);
  findings.require(
    offered.length === 0 || (given !== undefined && offered.includes(given)),
    `${path}.memory`,
    memory,
    `with ${cpu} CPU units: ${offered.map((size) => `${size} MiB`).join(", ")}`,
    'choose one of these, written as "512 MiB" or "1 GiB"',
  );
}

/** Counts, targets and steps; also for what an environment or the configuration makes of them. */
export function checkScaling(path: string, scaling: Scaling, queues: readonly string[], findings: Findings): void {
  const { min, max, cpu, memory, queue } = scaling;
  // A service with callers or routes at zero tasks would never come back: nothing here scales on arriving requests.
  findings.requireWhole(min, 1, 5000, `${path}.min`);
  findings.requireWhole(max, 1, 5000, `${path}.max`);
  findings.require(min <= max, `${path}.max`, max, `at least min, which is ${min}`, "raise max or lower min");
  if (cpu !== undefined) findings.requireWhole(cpu, 10, 95, `${path}.cpu`);
  if (memory !== undefined) findings.requireWhole(memory, 10, 95, `${path}.memory`);
  findings.requireDuration(scaling.scaleInCooldown, "1s", "1h", `${path}.scaleInCooldown`);
  findings.requireDuration(scaling.scaleOutCooldown, "1s", "1h", `${path}.scaleOutCooldown`);
  const signals = cpu !== undefined || memory !== undefined || queue !== undefined;
  findings.require(
    signals || min === max,
    path,
    scaling,
    "cpu, memory or queue when max is above min",
    "say what scales it",
  );
  if (queue === undefined) return;
  findings.requireKnown(queue.queue, queues, `${path}.queue.queue`, "queue that this service consumes");
  findings.requireDuration(queue.cooldown, "1s", "1h", `${path}.queue.cooldown`);
  checkSteps(`${path}.queue.steps`, queue, findings);
}

function checkSteps(path: string, { steps }: QueueScaling, findings: Findings): void {
  const starts = steps.map(({ from }) => from);
  findings.require(
    starts[0] === 0 &&
      starts.length <= 20 &&
      starts.every((from, index) => Number.isInteger(from) && from > (starts[index - 1] ?? -1)),
    path,
    starts,
    "1 to 20 steps: the first from 0 messages, each from more than the one before",
    "sort the steps, and say what an empty queue means: { from: 0, change: 0 }",
  );
  const changes = steps.map(({ change }) => change);
  const rising = changes.every((change, index) => Number.isInteger(change) && change >= (changes[index - 1] ?? 0));
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
  { paths, priority, rateLimit, healthCheck = {} }: Exposure,
  findings: Findings,
): void {
  if (priority !== undefined) findings.requireWhole(priority, 1, 50_000, `${path}.priority`);
  if (rateLimit) findings.requireWhole(rateLimit.perMinute, 10, 2_000_000_000, `${path}.rateLimit.perMinute`);
  findings.require(
    paths.length >= 1 && paths.length <= 5,
    `${path}.paths`,
    paths,
    "1 to 5 patterns: a listener rule holds no more values",
    "use a wildcard, or split the service",
  );
  const wildcards = paths.join("").replace(/[^*?]/g, "").length;
  findings.require(wildcards <= 5, `${path}.paths`, paths, "at most 5 wildcards in all patterns", "use fewer patterns");
  for (const pattern of paths) {
    const holds = /^\/[\w\-.$/~"'@:+*?&]*$/.test(pattern) && pattern.length <= 128;
    findings.require(
      holds,
      `${path}.paths`,
      pattern,
      "a path from / with at most 128 characters",
      "respell the pattern",
    );
  }
  const check = { ...DEFAULTS.healthCheck, ...healthCheck };
  findings.require(
    check.path.startsWith("/"),
    `${path}.healthCheck.path`,
    check.path,
    "a path from /",
    "add the slash",
  );
  findings.requireDuration(check.interval, "5s", "300s", `${path}.healthCheck.interval`);
  findings.requireDuration(check.timeout, "2s", "120s", `${path}.healthCheck.timeout`);
  findings.requireWhole(check.unhealthyThreshold, 2, 10, `${path}.healthCheck.unhealthyThreshold`);
  findings.require(
    (seconds(check.timeout) ?? 0) < (seconds(check.interval) ?? Infinity),
    `${path}.healthCheck.timeout`,
    check.timeout,
    `less than the interval, which is ${check.interval}`,
    "shorten the timeout or lengthen the interval",
  );
}

function checkCall(path: string, callee: string, policy: CallPolicy, system: System, findings: Findings): void {
  findings.requireKnown(callee, Object.keys(system.services), path, "service");
  if (policy.timeout !== "none") findings.requireDuration(policy.timeout, "1s", "60s", `${path}.timeout`);
  findings.requireWhole(policy.retries ?? DEFAULTS.callRetries, 0, 5, `${path}.retries`);
  findings.requireMilliseconds(policy.backoff, "1ms", "60s", `${path}.backoff`);
  findings.requireWhole(policy.bulkhead ?? DEFAULTS.bulkhead, 1, 10_000, `${path}.bulkhead`);
  findings.requireWhole(policy.perRequest ?? 1, 1, 1000, `${path}.perRequest`);
  if (policy.breaker !== undefined && policy.breaker !== "none") {
    findings.requireWhole(policy.breaker.failures, 1, 1000, `${path}.breaker.failures`);
    findings.requireDuration(policy.breaker.reset, "1s", "1h", `${path}.breaker.reset`);
  }
  const offered = Object.keys(system.services[callee]?.offers ?? {});
  policy.operations?.forEach((operation, index) => {
    findings.requireKnown(operation, offered, `${path}.operations[${index}]`, `operation that ${callee} offers`);
  });
}

/** What it offers and what it promises. */
function checkApi(path: string, { offers = {}, serviceLevel }: Service, findings: Findings): void {
  for (const operation of Object.keys(offers)) {
    findings.require(
      /^[a-z][A-Za-z0-9]*$/.test(operation) && operation.length <= 64,
      `${path}.offers.${operation}`,
      operation,
      "letters and digits in camelCase, at most 64 (placeOrder)",
      "respell it; callers name it in calls.<service>.operations",
    );
  }
  if (serviceLevel === undefined) return;
  // 99.999 is five minutes in a year: a service in one region can't promise more than what it stands on.
  findings.requireBetween(serviceLevel.availability, 50, 99.999, `${path}.serviceLevel.availability`);
  if (serviceLevel.latency === undefined) return;
  findings.requireBetween(serviceLevel.latency.percentile, 1, 99.99, `${path}.serviceLevel.latency.percentile`);
  findings.requireMilliseconds(serviceLevel.latency.within, "1ms", "5m", `${path}.serviceLevel.latency.within`);
}

/** What it opens of other services is there; whether it may is for the anti-patterns. */
function checkReaching(path: string, name: string, { reachesInto }: Service, system: System, findings: Findings): void {
  const others = Object.keys(system.services).filter((other) => other !== name);
  for (const owner of Object.keys(reachesInto ?? {})) {
    const at = `${path}.reachesInto.${owner}`;
    if (owner === name) findings.require(false, at, owner, "another service", "remove it: its own store is open to it");
    else findings.requireKnown(owner, others, at, "service");
  }
}

function checkConsumption(path: string, { consumes = {} }: Service, findings: Findings): void {
  for (const [queue, { visibilityTimeout, handlingTime, maxReceiveCount }] of Object.entries(consumes)) {
    // SQS allows 0 s, with which every message is handled by several tasks at once.
    findings.requireDuration(visibilityTimeout, "1s", "12h", `${path}.consumes.${queue}.visibilityTimeout`);
    findings.requireDuration(handlingTime, "1s", "2h", `${path}.consumes.${queue}.handlingTime`);
    const receives = maxReceiveCount ?? DEFAULTS.maxReceiveCount;
    findings.requireWhole(receives, 1, 1000, `${path}.consumes.${queue}.maxReceiveCount`);
  }
}

function checkVariables(path: string, { secrets = {}, environment = {} }: Service, findings: Findings): void {
  for (const [variable, { length }] of Object.entries(secrets)) {
    findings.requireWhole(length, 16, 4096, `${path}.secrets.${variable}.length`);
    const clear = !(variable in environment);
    findings.require(clear, `${path}.secrets.${variable}`, variable, "a name that environment has not", "rename one");
  }
  for (const variable of Object.keys(secrets)) {
    const holds = /^[A-Z][A-Z0-9_]*$/.test(variable);
    findings.require(holds, path, variable, "capitals, digits and underscores", "respell the variable");
  }
  // Images read variables in other spellings too, such as DOTNET_EnableDiagnostics.
  for (const variable of Object.keys(environment)) {
    const holds = /^[A-Za-z_]\w*$/.test(variable);
    findings.require(
      holds,
      path,
      variable,
      "letters, digits and underscores, not beginning with a digit",
      "respell the variable",
    );
  }
}
