// Every default of a microservice, in one place.
import type * as pulumi from "@pulumi/pulumi";
import {
  DEFAULT_USER,
  type Duration,
  mebibytes,
  type ResolvedWritablePath,
  resolveWritablePaths,
  seconds,
  cpuUnits,
  memoryMebibytes,
} from "../../kit";
import type { JwtSettings, RoutingSettings, ScalingSettings } from "./args";
import type { TaskArgs } from "./context";

/** Resolved arguments: numbers instead of text, with all defaults. */
export interface Settings {
  /** Undefined for a worker. */
  readonly port: number | undefined;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly architecture: "X86_64" | "ARM64";
  readonly user: string;
  readonly readonlyRootFilesystem: boolean;
  readonly writablePaths: readonly ResolvedWritablePath[];
  readonly stopTimeout: number;
  /** Seconds in which failed checks of the load balancer do not count. */
  readonly startTime: number;
  /** GiB; undefined: Fargate's own 20. */
  readonly ephemeralStorage: number | undefined;
  /** Seconds, 0 for no end; undefined: Service Connect's own. */
  readonly requestTimeout: number | undefined;
  readonly waitForSteadyState: boolean;
  readonly logRetentionInDays: number;
  readonly routing: ResolvedRouting | undefined;
  readonly scaling: ResolvedScaling;
}

/** Routing with defaults; times in seconds. */
export interface ResolvedRouting {
  readonly listenerArn: pulumi.Input<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  readonly loadBalancerArnSuffix: pulumi.Input<string> | undefined;
  readonly listener: string | undefined;
  readonly paths: readonly string[];
  readonly host: string | undefined;
  readonly priority: number;
  readonly jwt: JwtSettings | undefined;
  readonly balancing: NonNullable<RoutingSettings["balancing"]>;
  readonly deregistrationDelay: number;
  readonly slowStart: number;
  readonly shared: RoutingSettings["shared"];
  readonly healthCheck: {
    readonly path: string;
    readonly interval: number;
    readonly timeout: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
    readonly matcher: string;
  };
}

/** Scaling with defaults; cooldowns in seconds. */
export interface ResolvedScaling extends Omit<ScalingSettings, "scaleInCooldown" | "scaleOutCooldown" | "schedules"> {
  readonly scaleInCooldown: number;
  readonly scaleOutCooldown: number;
  readonly queueCooldown: number;
  readonly schedules: NonNullable<ScalingSettings["schedules"]>;
  /** Whether anything changes the number of tasks. */
  readonly automatic: boolean;
}

/** Decides everything that the user left open. Expects arguments without problems. */
export function resolveSettings(args: TaskArgs): Settings {
  const { port = 8080, cpu = 256, memory = "512 MiB", routing, healthPath = "/health" } = args;
  return {
    port: port === "none" ? undefined : port,
    cpu: valid(cpuUnits(cpu)),
    memory: valid(memoryMebibytes(memory)),
    architecture: args.architecture ?? "X86_64",
    user: args.user ?? DEFAULT_USER,
    readonlyRootFilesystem: args.allowWritableRootFilesystem !== true,
    writablePaths: resolveWritablePaths(args),
    stopTimeout: duration(args.stopTimeout ?? "30s"),
    startTime: duration(args.startTime ?? "1m"),
    ephemeralStorage: args.ephemeralStorage && valid(mebibytes(args.ephemeralStorage)) / 1024,
    requestTimeout: args.requestTimeout === "none" ? 0 : args.requestTimeout && duration(args.requestTimeout),
    waitForSteadyState: args.waitForSteadyState ?? true,
    logRetentionInDays: args.logRetentionInDays ?? 30,
    routing: routing && resolveRouting(routing, healthPath),
    scaling: resolveScaling(args.scaling),
  };
}

/** Routing with its defaults. Expects arguments without problems. */
export function resolveRouting(routing: RoutingSettings, healthPath: string): ResolvedRouting {
  const { healthCheck = {}, deregistrationDelay = "30s", slowStart = "0s" } = routing;
  return {
    listenerArn: routing.listenerArn,
    loadBalancerSecurityGroupId: routing.loadBalancerSecurityGroupId,
    loadBalancerArnSuffix: routing.loadBalancerArnSuffix,
    listener: routing.listener,
    paths: routing.paths,
    host: routing.host,
    priority: routing.priority,
    jwt: routing.jwt,
    balancing: routing.balancing ?? "round_robin",
    deregistrationDelay: duration(deregistrationDelay),
    slowStart: duration(slowStart),
    shared: routing.shared,
    healthCheck: {
      path: healthCheck.path ?? healthPath,
      interval: duration(healthCheck.interval ?? "30s"),
      timeout: duration(healthCheck.timeout ?? "5s"),
      healthyThreshold: healthCheck.healthyThreshold ?? 2,
      unhealthyThreshold: healthCheck.unhealthyThreshold ?? 3,
      matcher: healthCheck.matcher ?? "200",
    },
  };
}

function resolveScaling(scaling: ScalingSettings): ResolvedScaling {
  const { scaleInCooldown = "3m", scaleOutCooldown = "1m", schedules = {}, ...rest } = scaling;
  return {
    ...rest,
    scaleInCooldown: duration(scaleInCooldown),
    scaleOutCooldown: duration(scaleOutCooldown),
    queueCooldown: duration(scaling.queue?.cooldown ?? "2m"),
    schedules,
    automatic: scaling.max > scaling.min || Object.keys(schedules).length > 0,
  };
}

function duration(text: Duration): number {
  return valid(seconds(text));
}

/** Validation has refused what can't be read. */
function valid(value: number | undefined): number {
  if (value === undefined) throw new Error("a size or a duration was not validated");
  return value;
}
