// Requirements of an image on its container. The limits are in components/kit/container-runtime.ts, which the component uses too.
import type { ContainerRuntime as Runtime } from "../../../../components/kit/container-runtime";
import { RUNTIME_LIMITS } from "../../../../components/kit/limits";
import {
  duration,
  flag,
  forms,
  list,
  matching,
  object,
  optional,
  type Schema,
  size,
  text,
  value,
  whole,
} from "../../schema/words";

// Images read variables in other spellings too, such as DOTNET_EnableDiagnostics.
/** Name of an environment variable. */
export const VariableName = matching(
  /^[A-Za-z_]\w*$/,
  "letters, digits and underscores, not beginning with a digit",
  "respell the variable",
  256,
);
/** Value of an environment variable. */
export const VariableValue = value<string>(
  (given) => typeof given === "string" && !given.includes("\0"),
  "text without NUL characters",
  "write it as text, in quotes",
  "string",
);

const amount = size("1 MiB", "1 TiB");

/** CPU units of a task. */
// A target says which numbers its platform offers.
export const Cpu = whole(256, 16_384);
/** Memory of a task; which sizes go with which CPU units is checked where both are known. */
export const Memory = size("512 MiB", "120 GiB");

/** Requirements of a container that runs to its end: it has no health check. */
export type TaskRuntime = Omit<Runtime, "containerHealthCheck" | "startTime">;
const task = {
  /** User, or user and group, that the process runs as. @default "10001", which no image has files of */
  user: optional(text(100)),
  /** Lets `user` be root. @default false */
  allowRootUser: optional(flag()),
  /**
   * Folders in memory that the process may write to, beside `/tmp`. What is in them counts towards the task's memory.
   * @default only `/tmp` with 64 MiB; name `/tmp` to change its size or to allow execution
   */
  writablePaths: optional(
    list(
      forms("a path, or { path, size, allowExecution }", {
        text: text(),
        mapping: object({
          /** Absolute path inside the container. */
          path: text(),
          /** Most that the folder may hold. @default "64 MiB" */
          size: optional(amount),
          /** Lets programs in the folder be run, as Java's native loaders want. @default false */
          allowExecution: optional(flag()),
        }),
      }),
    ),
  ),
  /** Lets the process change its own image's files; then there is no `/tmp` in memory unless it is named. @default false */
  allowWritableRootFilesystem: optional(flag()),
  /** Time between SIGTERM and SIGKILL, 1 to 120 seconds. @default "30s" */
  stopTimeout: optional(duration(...RUNTIME_LIMITS.stopTimeout)),
  /** Disk of a task, which holds the image too, 21 to 200 GiB. @default Fargate's 20 GiB, which cost nothing */
  ephemeralStorage: optional(size("21 GiB", "200 GiB")),
};
export const TaskRuntime: Schema<TaskRuntime> = object(task);

/** Requirements of an image on its container; docs/images.md has examples for nginx, JVM, Node, Python, .NET and Go. */
export const ContainerRuntime: Schema<Runtime> = object({
  ...task,
  /** Check by ECS inside the container. @default none: the load balancer's check decides */
  containerHealthCheck: optional(
    object({
      /** `["CMD", "/app/healthcheck"]` */
      command: list(text()),
      /** 5 seconds to 5 minutes. @default "30s" */
      interval: optional(duration(...RUNTIME_LIMITS.healthCheckInterval)),
      /** 2 to 60 seconds. @default "5s" */
      timeout: optional(duration(...RUNTIME_LIMITS.healthCheckTimeout)),
      /** 1–10. @default 3 */
      retries: optional(whole(...RUNTIME_LIMITS.healthCheckRetries)),
      /** 0 seconds to 5 minutes. @default "30s" */
      startPeriod: optional(duration(...RUNTIME_LIMITS.healthCheckStartPeriod)),
    }),
  ),
  /**
   * How long a new task may take until it is healthy, 0 seconds to 1 hour: failed checks of the load balancer do not count before.
   * @default "1m"
   */
  startTime: optional(duration(...RUNTIME_LIMITS.startTime)),
});

/** The requirements of a service's container without its health check: for a task that runs to its end. */
export function taskRuntimeOf({ containerHealthCheck, startTime, ...runtime }: Runtime): TaskRuntime {
  return runtime;
}
