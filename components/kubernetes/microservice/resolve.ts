// Every default of a workload on Kubernetes, in one place. Pure.
import {
  DEFAULT_USER,
  type Duration,
  mebibytes,
  type ResolvedWritablePath,
  resolveWritablePaths,
  seconds,
} from "../../kit";
import type { HealthCheckSettings, MicroserviceArgs, ScalingSettings, WorkloadArgs } from "./args";

/** Resolved arguments of the pod: numbers instead of text, with all defaults. */
export interface PodSettings {
  readonly uid: number;
  readonly gid: number;
  /** Thousandths of a CPU. */
  readonly millicpu: number;
  /** MiB. */
  readonly memory: number;
  /** `kubernetes.io/arch` */
  readonly architecture: "amd64" | "arm64";
  readonly readonlyRootFilesystem: boolean;
  readonly writablePaths: readonly ResolvedWritablePath[];
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopTimeout: number;
  /** MiB of the node's disk: logs, and the root file system where it can be written to. */
  readonly disk: number;
}

/** The same of a service. */
export interface Settings extends PodSettings {
  /** Undefined for a worker. */
  readonly port: number | undefined;
  /** Seconds in which failed probes do not count. */
  readonly startTime: number;
  readonly healthCheck: {
    readonly path: string;
    readonly interval: number;
    readonly timeout: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
  readonly scaling: ResolvedScaling;
}

/** Scaling with defaults; times in seconds. */
export interface ResolvedScaling extends Omit<ScalingSettings, "scaleInCooldown" | "scaleOutCooldown" | "triggers"> {
  readonly triggers: NonNullable<ScalingSettings["triggers"]>;
  readonly scaleInCooldown: number;
  readonly scaleOutCooldown: number;
  /** What changes the number of pods. */
  readonly by: "nothing" | "HorizontalPodAutoscaler" | "ScaledObject";
}

/** MiB that a container with a read-only root writes: its logs, which the kubelet rotates. */
const LOGS = 1024;
/** MiB where the root file system can be written to: as much as a task of Fargate has. */
const WRITABLE_ROOT = 20 * 1024;
/** Seconds for which a pod that goes still answers, until no proxy sends it requests any more. */
export const DRAIN_SECONDS = 10;

/** Decides what a pod needs. Expects arguments without problems. */
export function resolvePod(args: Omit<WorkloadArgs, "placement" | "image">): PodSettings {
  const { cpu = 256, memory = "512 MiB", architecture = "X86_64", user = DEFAULT_USER } = args;
  const [uid, gid = uid] = user.split(":").map(Number);
  const writable = args.allowWritableRootFilesystem === true;
  return {
    uid: valid(uid),
    gid: valid(gid),
    millicpu: Math.ceil((cpu * 1000) / 1024),
    memory: valid(mebibytes(memory)),
    architecture: architecture === "ARM64" ? "arm64" : "amd64",
    readonlyRootFilesystem: !writable,
    writablePaths: resolveWritablePaths(args),
    stopTimeout: duration(args.stopTimeout ?? "30s"),
    disk:
      args.ephemeralStorage === undefined ? (writable ? WRITABLE_ROOT : LOGS) : valid(mebibytes(args.ephemeralStorage)),
  };
}

/** Decides everything that the user of a service left open. Expects arguments without problems. */
export function resolveSettings(args: Omit<MicroserviceArgs, "placement" | "image">): Settings {
  const { port = 8080 } = args;
  return {
    ...resolvePod(args),
    port: port === "none" ? undefined : port,
    startTime: duration(args.startTime ?? "1m"),
    healthCheck: resolveHealthCheck(args.healthCheck ?? {}),
    scaling: resolveScaling(args.scaling),
  };
}

function resolveHealthCheck(check: HealthCheckSettings): Settings["healthCheck"] {
  return {
    path: check.path ?? "/health",
    interval: duration(check.interval ?? "10s"),
    timeout: duration(check.timeout ?? "5s"),
    healthyThreshold: check.healthyThreshold ?? 1,
    unhealthyThreshold: check.unhealthyThreshold ?? 3,
  };
}

function resolveScaling(scaling: ScalingSettings): ResolvedScaling {
  const { scaleInCooldown = "3m", scaleOutCooldown = "1m", triggers = [], ...rest } = scaling;
  const measured = rest.cpu !== undefined || rest.memory !== undefined;
  const automatic = rest.max > rest.min && (measured || triggers.length > 0);
  return {
    ...rest,
    triggers,
    scaleInCooldown: duration(scaleInCooldown),
    scaleOutCooldown: duration(scaleOutCooldown),
    by: !automatic ? "nothing" : triggers.length > 0 ? "ScaledObject" : "HorizontalPodAutoscaler",
  };
}

function duration(text: Duration): number {
  return valid(seconds(text));
}

/** Validation has refused what can't be read. */
function valid(value: number | undefined): number {
  if (value === undefined || Number.isNaN(value)) throw new Error("a number was not validated");
  return value;
}
