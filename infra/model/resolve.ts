// Resolves precedence, in this file only: configuration > override in the environment > environment > system > default.
import type { Size } from "../../components/kit/units";
import type { Environment, ServiceOverride } from "./environment";
import type { ServicePlan } from "./plan";
import type { ServiceSettings, Settings } from "./settings";
import type { HealthCheck, Scaling, Schedule, Service, System } from "./system";

/** Defaults of a service. */
export const DEFAULTS = {
  port: 8080,
  cpu: 256,
  memory: "512 MiB",
  healthCheck: {
    path: "/health",
    interval: "30s",
    timeout: "5s",
    unhealthyThreshold: 3,
    healthyThreshold: 2,
    matcher: "200",
  },
  scaleInCooldown: "3m",
  scaleOutCooldown: "1m",
  queueCooldown: "2m",
  callTimeout: "3s",
  callRetries: 2,
  callBackoff: "100ms",
  breaker: { failures: 5, reset: "60s" },
  bulkhead: 20,
  visibilityTimeout: "30s",
  maxReceiveCount: 5,
  sampling: 0.1,
  sagaTimeout: "1m",
  sagaRetries: 2,
} as const satisfies {
  readonly port: number;
  readonly cpu: number;
  readonly memory: Size;
  readonly healthCheck: Required<HealthCheck>;
  readonly [key: string]: unknown;
};

/** Sources of a service's size, highest precedence first. */
export interface Sources {
  /** The stack's configuration. */
  readonly settings: ServiceSettings | undefined;
  readonly environment: Environment;
  readonly systemName: string;
  readonly serviceName: string;
  readonly service: Service;
}

/** The sources of a service's size. */
export function sourcesOf(
  serviceName: string,
  service: Service,
  {
    system,
    environment,
    settings,
  }: { readonly system: System; readonly environment: Environment; readonly settings: Settings },
): Sources {
  return { settings: settings.services[serviceName], environment, systemName: system.name, serviceName, service };
}

/** CPU units and memory of a task. */
export function resolveSize(sources: Sources): { readonly cpu: number; readonly memory: Size } {
  const { settings, service } = sources;
  const override = overrideOf(sources);
  return {
    cpu: settings?.cpu ?? override?.cpu ?? service.cpu ?? DEFAULTS.cpu,
    memory: settings?.memory ?? override?.memory ?? service.memory ?? DEFAULTS.memory,
  };
}

/** Task counts, targets and cooldowns. */
export function resolveScaling(sources: Sources): ServicePlan["scaling"] {
  const { settings, environment, service } = sources;
  const override = overrideOf(sources)?.scaling;
  const merged: Scaling = { ...service.scaling, ...override };
  const bounds = environment.tasks ?? { min: Infinity, max: Infinity };
  const { cpu, memory, queue, requestsPerTarget, backlogPerTask, schedules } = merged;
  const min = settings?.min ?? override?.min ?? Math.min(service.scaling.min, bounds.min);
  // A service of a fixed size stays one where the environment has fewer tasks: nothing of it says when to scale.
  const largest = service.scaling.min === service.scaling.max ? min : Math.min(service.scaling.max, bounds.max);
  return {
    min,
    max: settings?.max ?? override?.max ?? largest,
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(queue && { queue: { ...queue, cooldown: queue.cooldown ?? DEFAULTS.queueCooldown } }),
    ...(requestsPerTarget !== undefined && { requestsPerTarget }),
    ...(backlogPerTask && { backlogPerTask }),
    ...(schedules && {
      schedules: Object.fromEntries(
        Object.entries(schedules).map(([name, schedule]) => [name, within(schedule, bounds)]),
      ),
    }),
    scaleInCooldown: merged.scaleInCooldown ?? DEFAULTS.scaleInCooldown,
    scaleOutCooldown: merged.scaleOutCooldown ?? DEFAULTS.scaleOutCooldown,
  };
}

/** A schedule inside the environment's bounds. */
function within(schedule: Schedule, bounds: { readonly min: number; readonly max: number }): Schedule {
  return { ...schedule, min: Math.min(schedule.min, bounds.min), max: Math.min(schedule.max, bounds.max) };
}

/** The override that the environment holds for this service of this system. */
export function overrideOf(sources: Omit<Sources, "settings" | "service">): ServiceOverride | undefined {
  return sources.environment.services?.[sources.systemName]?.[sources.serviceName];
}
