// Everything about a workload that Kubernetes would refuse, or that would fail only once pods start; all of it at once. Pure.
import { dirname } from "node:path/posix";
import {
  allowedPlainProblems,
  durationWithin,
  imageProblems,
  lowerCaseProblems,
  mebibytes,
  mergeVariables,
  plainSecretProblems,
  type Problem,
  resolveWritablePaths,
  runtimeProblems,
  SCALING_LIMITS,
  unless,
  wholeNumber,
} from "../../kit";
import { objectNameProblems, reachProblems } from "../kit/checks";
import type { SecretKey } from "../kit";
import type { HealthCheckSettings, JobArgs, MicroserviceArgs, ScalingSettings, WorkloadArgs } from "./args";
import { cronProblems } from "./cron";
import { routingProblems } from "./validate-routing";

/** A name that a Deployment, the hash of a ReplicaSet and the five characters of a pod fit behind: pods have it as their host name. */
const LONGEST_SERVICE = 45;
/** The controller puts 11 characters behind a CronJob's name (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/). */
const LONGEST_JOB = 52;

/** Every problem of a service's arguments; none when they can be built. */
export function validateMicroservice(name: string, args: MicroserviceArgs): Problem[] {
  const { port = 8080 } = args;
  return [
    ...nameProblems(name, LONGEST_SERVICE),
    ...(port === "none" ? workerProblems(args) : wholeNumber("port", port, 1, 65_535)),
    ...workloadProblems(name, port === "none" ? undefined : port, args),
    ...healthCheckProblems(args.healthCheck ?? {}),
    ...routingProblems(args.routing),
    ...scalingProblems(args.scaling),
  ];
}

/** Every problem of a job's arguments. */
export function validateJob(name: string, args: JobArgs): Problem[] {
  const { schedule, timeZone } = args;
  return [
    ...nameProblems(name, LONGEST_JOB),
    ...workloadProblems(name, undefined, args),
    ...(schedule === undefined ? [] : cronProblems("schedule", schedule)),
    ...unless(timeZone === undefined || /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/.test(timeZone), {
      path: "timeZone",
      value: timeZone,
      allowed: "an IANA name",
      remedy: 'write it like "Europe/Berlin"',
    }),
    ...durationWithin("deadline", args.deadline, "1m", "7d"),
    ...durationWithin("startingDeadline", args.startingDeadline, "1m", "1d"),
    ...wholeNumber("retries", args.retries, 0, 10),
  ];
}

function nameProblems(name: string, most: number): Problem[] {
  return [
    ...lowerCaseProblems("name", name, "rename it: its objects and its DNS name are called after it"),
    ...objectNameProblems("name", name, most).filter(() => name.length > most),
  ];
}

function workerProblems({ routing, healthCheck }: MicroserviceArgs): Problem[] {
  const set = Object.entries({ routing, healthCheck }).filter(([, value]) => value !== undefined);
  return set.map(([path]) => ({
    path,
    value: "set",
    allowed: `no ${path} for a service without a port`,
    remedy: `remove ${path}, or set port to something other than "none"`,
  }));
}

function workloadProblems(name: string, port: number | undefined, args: WorkloadArgs): Problem[] {
  const { image, cpu, memory = "512 MiB", environment = {}, allowPlainVariables, grants = {}, user } = args;
  const plain = {
    path: "environment",
    remedy: "put it into a Secret and name it in secrets; if it is no secret, say why in allowPlainVariables",
  };
  return [
    ...(typeof image === "string" ? imageProblems("image", image) : []),
    ...wholeNumber("cpu", cpu, 1, 1_048_576),
    ...memoryProblems(memory),
    ...variablesOf(name, port, args).problems,
    ...plainSecretProblems(plain, environment, allowPlainVariables),
    ...allowedPlainProblems("allowPlainVariables", environment, allowPlainVariables),
    ...reachProblems(grants),
    ...fileProblems(args),
    ...runtimeProblems("", args, mebibytes(memory)),
    // With `runAsNonRoot` the kubelet refuses a user given by name, because it can't determine its number.
    ...unless(user === undefined || /^\d+(?::\d+)?$/.test(user), {
      path: "user",
      value: user,
      allowed: "a number, or two (uid:gid): Kubernetes can't tell whether a user with a name is root",
      remedy: "write the number that the image's /etc/passwd has for it",
    }),
    ...unless(!/:0+$/.test(user ?? ""), {
      path: "user",
      value: user,
      allowed: "a group that is not root's",
      remedy: "choose another group",
    }),
  ];
}

function memoryProblems(memory: string): Problem[] {
  const given = mebibytes(memory);
  return unless(given !== undefined && Number.isInteger(given) && given >= 1, {
    path: "memory",
    value: memory,
    allowed: "whole MiB, at least 1",
    remedy: 'write a number and a unit, such as "512 MiB"',
  });
}

/** The variables of a workload: the standard ones, its own, and those of its edges. */
export function variablesOf(
  name: string,
  port: number | undefined,
  args: Pick<WorkloadArgs, "environment" | "grants" | "secrets">,
) {
  const standard = { SERVICE_NAME: name, ...(port !== undefined && { SERVICE_PORT: String(port) }) };
  return mergeVariables(
    [
      ["the component itself", standard],
      ["environment", args.environment ?? {}],
      ...Object.entries(args.grants ?? {}).map(
        ([grant, given]) => [`grants.${grant}`, given.environment ?? {}] as const,
      ),
    ],
    secretsOf(args),
  );
}

/** Each secret variable with the path of the argument that it comes from. */
export function secretsOf({ secrets = {}, grants = {} }: Pick<WorkloadArgs, "secrets" | "grants">) {
  const links = (origin: string, of: Readonly<Record<string, SecretKey>>) =>
    Object.entries(of).map(([variable, link]) => ({ variable, link, origin }));
  const granted = Object.entries(grants).flatMap(([grant, given]) =>
    links(`grants.${grant}.secrets`, given.secrets ?? {}),
  );
  return [...granted, ...links("secrets", secrets)];
}

/** A folder of files hides what the image has there, and the folders in memory too. */
function fileProblems(args: WorkloadArgs): Problem[] {
  const files = Object.entries(args.grants ?? {}).flatMap(([grant, given]) =>
    Object.keys(given.files ?? {}).map((path) => ({ at: `grants.${grant}.files`, path })),
  );
  const writable = resolveWritablePaths(args).map(({ path }) => path);
  return files.flatMap(({ at, path }, index) =>
    unless(
      /^(?:\/[^/:\s]+){2,}$/.test(path) &&
        files.findIndex((other) => other.path === path) === index &&
        !writable.includes(dirname(path)),
      {
        path: at,
        value: path,
        allowed: "an absolute path of a file, once, in a folder of its own (/etc/archipelago/orders-db/ca.crt)",
        remedy: "correct it; a folder in memory (writablePaths) can't hold it",
      },
    ),
  );
}

function healthCheckProblems(check: HealthCheckSettings): Problem[] {
  const { path } = check;
  return [
    ...unless(path === undefined || path.startsWith("/"), {
      path: "healthCheck.path",
      value: path,
      allowed: "a path that begins with /",
      remedy: "correct it",
    }),
    ...durationWithin("healthCheck.interval", check.interval, "1s", "5m"),
    ...durationWithin("healthCheck.timeout", check.timeout, "1s", "2m"),
    ...wholeNumber("healthCheck.healthyThreshold", check.healthyThreshold, 1, 10),
    ...wholeNumber("healthCheck.unhealthyThreshold", check.unhealthyThreshold, 1, 10),
  ];
}

function scalingProblems(scaling: ScalingSettings): Problem[] {
  const { min, max, cpu, memory, scaleInCooldown, scaleOutCooldown } = scaling;
  return [
    ...wholeNumber("scaling.min", min, 1, SCALING_LIMITS.tasks[1]),
    ...wholeNumber("scaling.max", max, 1, SCALING_LIMITS.tasks[1]),
    ...unless(!(max < min), {
      path: "scaling.max",
      value: max,
      allowed: `at least min, ${min}`,
      remedy: "make max larger or min smaller",
    }),
    ...wholeNumber("scaling.cpu", cpu, ...SCALING_LIMITS.target),
    ...wholeNumber("scaling.memory", memory, ...SCALING_LIMITS.target),
    ...durationWithin("scaling.scaleInCooldown", scaleInCooldown, ...SCALING_LIMITS.cooldown),
    ...durationWithin("scaling.scaleOutCooldown", scaleOutCooldown, ...SCALING_LIMITS.cooldown),
  ];
}
