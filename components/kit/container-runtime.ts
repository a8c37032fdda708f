// How a container runs: its user, what it may write to, how its health is checked. Components and the system model take it in
// the same form and check it here, so that they never differ. Pure.
import { RUNTIME_LIMITS } from "./limits";
import { durationWithin, type Problem, unless, wholeNumber } from "./problems";
import { type Duration, mebibytes, type Size } from "./units";

/** What an image needs of the container that runs it; docs/images.md says it for nginx, JVM, Node, Python, .NET and Go. */
export interface ContainerRuntime {
  /** User, or user and group, that the process runs as. @default "10001", which no image has files of */
  readonly user?: string;
  /** Lets `user` be root. @default false */
  readonly allowRootUser?: boolean;
  /**
   * Folders in memory that the process may write to, beside `/tmp`. What is in them counts towards the task's memory.
   * @default only `/tmp` with 64 MiB; name `/tmp` to change its size or to allow execution
   */
  readonly writablePaths?: readonly (string | WritablePath)[];
  /** Lets the process change its own image's files; then there is no `/tmp` in memory unless it is named. @default false */
  readonly allowWritableRootFilesystem?: boolean;
  /** Check by ECS inside the container. @default none: the load balancer's check decides */
  readonly containerHealthCheck?: ContainerHealthCheck;
  /**
   * How long a new task may take until it is healthy, 0 seconds to 1 hour: failed checks of the load balancer do not count before.
   * @default "1m"
   */
  readonly startTime?: Duration;
  /** Time between SIGTERM and SIGKILL, 1 to 120 seconds. @default "30s" */
  readonly stopTimeout?: Duration;
  /** Disk of a task, which holds the image too, 21 to 200 GiB. @default Fargate's 20 GiB, which cost nothing */
  readonly ephemeralStorage?: Size;
}

/** A folder in memory. */
export interface WritablePath {
  /** Absolute path inside the container. */
  readonly path: string;
  /** Most that the folder may hold. @default "64 MiB" */
  readonly size?: Size;
  /** Lets programs in the folder be run, as Java's native loaders want. @default false */
  readonly allowExecution?: boolean;
}

/** A command that ECS runs inside the container to see whether it is well. */
export interface ContainerHealthCheck {
  /** `["CMD", "/app/healthcheck"]` */
  readonly command: readonly string[];
  /** 5 seconds to 5 minutes. @default "30s" */
  readonly interval?: Duration;
  /** 2 to 60 seconds. @default "5s" */
  readonly timeout?: Duration;
  /** 1–10. @default 3 */
  readonly retries?: number;
  /** 0 seconds to 5 minutes. @default "30s" */
  readonly startPeriod?: Duration;
}

/** A folder in memory with its defaults. */
export interface ResolvedWritablePath {
  readonly path: string;
  readonly mebibytes: number;
  readonly allowExecution: boolean;
}

/** User of a container whose image says none that is known here. */
export const DEFAULT_USER = "10001";
/**
 * MiB of a task that AWS recommends for the Service Connect proxy
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html).
 */
export const PROXY_MEMORY = 64;
/** MiB of a traced task that the OpenTelemetry collector may use; it refuses data before it reaches them. */
export const COLLECTOR_MEMORY = 128;
const TEMPORARY = "/tmp";
const DEFAULT_SIZE = "64 MiB";

/** The folders in memory: `/tmp`, which nearly every language's runtime writes to, and those that are named. */
export function resolveWritablePaths(runtime: ContainerRuntime): ResolvedWritablePath[] {
  const named = (runtime.writablePaths ?? []).map((entry): WritablePath =>
    typeof entry === "string" ? { path: entry } : entry,
  );
  const implied =
    runtime.allowWritableRootFilesystem === true || named.some(({ path }) => path === TEMPORARY)
      ? []
      : [{ path: TEMPORARY }];
  return [...implied, ...named].map(({ path, size = DEFAULT_SIZE, allowExecution = false }: WritablePath) => ({
    path,
    mebibytes: mebibytes(size) ?? NaN,
    allowExecution,
  }));
}

/**
 * Every problem of a container's runtime.
 *
 * @param path of the runtime, with a dot at its end; empty where its properties stand by themselves
 * @param memory MiB of the task, which the folders in memory are part of; undefined when it can't be read
 * @param taken MiB of it that other containers take: the proxy, and the collector where there is one
 */
export function runtimeProblems(
  path: string,
  runtime: ContainerRuntime,
  memory: number | undefined,
  taken: number = PROXY_MEMORY,
): Problem[] {
  const { user = DEFAULT_USER, containerHealthCheck: check } = runtime;
  return [
    ...unless(runtime.allowRootUser === true || !/^(?:0+|root)(?::|$)/.test(user), {
      path: `${path}user`,
      value: user,
      allowed: "a user that is not root",
      remedy: "choose another user, or set allowRootUser and say so to your auditors",
    }),
    ...unless(/^[a-z0-9_][\w.-]*(?::[a-z0-9_][\w.-]*)?$/i.test(user), {
      path: `${path}user`,
      value: user,
      allowed: "user, uid, user:group or uid:gid",
      remedy: "correct it",
    }),
    // Fargate kills a task after two minutes at most.
    ...durationWithin(`${path}stopTimeout`, runtime.stopTimeout, ...RUNTIME_LIMITS.stopTimeout),
    ...durationWithin(`${path}startTime`, runtime.startTime, ...RUNTIME_LIMITS.startTime),
    ...unless(check === undefined || check.command.length > 1, {
      path: `${path}containerHealthCheck.command`,
      value: check?.command,
      allowed: '"CMD" or "CMD-SHELL", then the command',
      remedy: 'write it like ["CMD", "/app/healthcheck"]',
    }),
    ...durationWithin(`${path}containerHealthCheck.interval`, check?.interval, ...RUNTIME_LIMITS.healthCheckInterval),
    ...durationWithin(`${path}containerHealthCheck.timeout`, check?.timeout, ...RUNTIME_LIMITS.healthCheckTimeout),
    ...wholeNumber(`${path}containerHealthCheck.retries`, check?.retries, ...RUNTIME_LIMITS.healthCheckRetries),
    ...durationWithin(
      `${path}containerHealthCheck.startPeriod`,
      check?.startPeriod,
      ...RUNTIME_LIMITS.healthCheckStartPeriod,
    ),
    ...storageProblems(path, runtime),
    ...pathProblems(path, runtime, memory, taken),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
function storageProblems(path: string, { ephemeralStorage }: ContainerRuntime): Problem[] {
  if (ephemeralStorage === undefined) return [];
  const gibibytes = (mebibytes(ephemeralStorage) ?? NaN) / 1024;
  return unless(Number.isInteger(gibibytes) && gibibytes >= 21 && gibibytes <= 200, {
    path: `${path}ephemeralStorage`,
    value: ephemeralStorage,
    allowed: "whole GiB, 21 to 200",
    remedy: "choose a size in this range, or remove it: 20 GiB are there always",
  });
}

function pathProblems(at: string, runtime: ContainerRuntime, memory: number | undefined, taken: number): Problem[] {
  const { writablePaths = [] } = runtime;
  const paths = writablePaths.map((entry) => (typeof entry === "string" ? entry : entry.path));
  const total = resolveWritablePaths(runtime).reduce((sum, { mebibytes: size }) => sum + (size || 0), 0);
  return [
    ...paths.flatMap((path, index) =>
      unless(/^(?:\/[^/:\s]+)+$/.test(path) && !/\/\.\.?(?:\/|$)/.test(path) && paths.indexOf(path) === index, {
        path: `${at}writablePaths[${index}]`,
        value: path,
        allowed: "an absolute path other than /, without / at its end, once",
        remedy: "correct it, or remove the repetition",
      }),
    ),
    ...writablePaths.flatMap((entry, index) => {
      const size = typeof entry === "string" ? undefined : entry.size;
      const given = size === undefined ? 1 : mebibytes(size);
      return unless(given !== undefined && Number.isInteger(given) && given > 0, {
        path: `${at}writablePaths[${index}].size`,
        value: entry,
        allowed: "whole MiB, at least 1",
        remedy: 'write a number and a unit, such as "64 MiB"',
      });
    }),
    ...unless(total < (memory ?? Infinity) - taken, {
      path: `${at}writablePaths`,
      value: `${total} MiB, with /tmp`,
      allowed: `less than the task's memory, ${memory} MiB, without the ${taken} MiB of ${taken > PROXY_MEMORY ? "the proxy and the collector" : "the proxy"}: the folders are part of it`,
      remedy: "make the folders smaller, or memory larger",
    }),
  ];
}
