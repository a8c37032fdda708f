// A description in, a whole environment out. Pure and deterministic: the same description gives the same plan, however its
// keys are ordered. Expects what validate.ts has accepted.
import type { Environment } from "./environment";
import { calleesFirst, compare } from "./order";
import type { CallPlan, Plan, QueuePlan, ServicePlan, SubscriptionPlan } from "./plan";
import { DEFAULTS, resolveDatabase, resolveScaling, resolveSize, type Sources } from "./resolve";
import type { Settings } from "./settings";
import type { Service, System } from "./system";

/**
 * Derives everything that a system needs in an environment.
 *
 * @throws Error when services call each other in a circle or a service has no image; validation reports both before
 */
export function derive(system: System, environment: Environment, settings: Settings): Plan {
  const services = orderedServices(system).map(([name, service]) =>
    servicePlan(name, service, { system, environment, settings }),
  );
  const cacheUsers = services.filter(({ usesCache }) => usesCache).map(({ name }) => name);
  const { domain, hostedZoneId, alertEmail, cidr } = settings;
  return {
    system: system.name,
    environment: cidr === undefined ? environment : { ...environment, network: { ...environment.network, cidr } },
    region: settings.region,
    accountId: settings.accountId,
    partition: settings.partition,
    zones: settings.zones.slice(0, environment.network.zoneCount),
    tags: {
      Project: system.name,
      Environment: environment.name,
      Architecture: "Microservices",
      ManagedBy: "Pulumi",
    },
    ...(domain !== undefined &&
      hostedZoneId !== undefined && { https: { domainName: `services.${domain}`, hostedZoneId } }),
    ...(alertEmail !== undefined && { alertEmail }),
    waf: settings.waf,
    endpoints: endpointsOf(services),
    queues: queuesOf(system),
    topics: sorted(system.topics).map(([name, { displayName }]) => ({ name, displayName })),
    subscriptions: subscriptionsOf(system),
    ...(cacheUsers.length > 0 && {
      cache: { engineVersion: system.cache?.engineVersion ?? DEFAULTS.cacheVersion, users: cacheUsers.sort(compare) },
    }),
    services,
  };
}

/** AWS services that tasks reach without leaving the VPC: what starts every task, and what the edges use. */
export function endpointsOf(services: readonly ServicePlan[]): string[] {
  const uses = (test: (service: ServicePlan) => boolean): boolean => services.some(test);
  return [
    "ecr.api",
    "ecr.dkr",
    "logs",
    // No `kms`: queues, topics, secrets and buckets use their keys on the caller's behalf, behind their own endpoints.
    // Nothing for the cache: its tokens are signed inside the task.
    ...(uses(({ secrets, database }) => secrets.length > 0 || database !== undefined) ? ["secretsmanager"] : []),
    ...(uses(({ publishes }) => publishes.length > 0) ? ["sns"] : []),
    ...(uses(({ consumes, sendsTo }) => consumes.length + sendsTo.length > 0) ? ["sqs"] : []),
  ];
}

function queuesOf(system: System): QueuePlan[] {
  return sorted(system.services)
    .flatMap(([consumer, { consumes = {} }]) =>
      sorted(consumes).map(([name, { visibilityTimeout, maxReceiveCount }]) => ({
        name,
        visibilityTimeout,
        maxReceiveCount,
        consumer,
      })),
    )
    .sort((a, b) => compare(a.name, b.name));
}

function subscriptionsOf(system: System): SubscriptionPlan[] {
  return sorted(system.services)
    .flatMap(([, { consumes = {} }]) => sorted(consumes))
    .flatMap(([queue, { from = {} }]) =>
      sorted(from).map(([topic, events]) => ({
        topic,
        queue,
        ...(events !== "all" && { eventTypes: [...events].sort(compare) }),
      })),
    )
    .sort((a, b) => compare(a.topic, b.topic) || compare(a.queue, b.queue));
}

interface Whole {
  readonly system: System;
  readonly environment: Environment;
  readonly settings: Settings;
}

function servicePlan(name: string, service: Service, { system, environment, settings }: Whole): ServicePlan {
  const image = settings.images[name];
  if (image === undefined) throw new Error(`service ${name} has no image`);
  const sources: Sources = {
    settings: settings.services[name],
    environment,
    systemName: system.name,
    serviceName: name,
    service,
  };
  const exposes = exposureOf(service);
  const database = resolveDatabase(sources);
  return {
    name,
    context: service.context,
    image,
    port: service.port ?? DEFAULTS.port,
    ...resolveSize(sources),
    ...(exposes && { exposes }),
    ...(database && { database }),
    buckets: sorted(service.owns?.buckets ?? {}).map(([bucket, args]) => ({ name: bucket, ...args })),
    usesCache: service.usesCache ?? false,
    calls: callsOf(service, system),
    publishes: sorted(service.publishes ?? {}).map(([topic, types]) => ({
      topic,
      eventTypes: [...types].sort(compare),
    })),
    consumes: Object.keys(service.consumes ?? {}).sort(compare),
    sendsTo: [...new Set(service.sendsTo)].sort(compare),
    scaling: resolveScaling(sources),
    secrets: sorted(service.secrets ?? {}).map(([variable, { length }]) => ({ variable, length })),
    environment: Object.fromEntries(sorted(service.environment ?? {})),
    internetEgress: service.internetEgress !== undefined,
  };
}

function exposureOf({ exposes }: Service): ServicePlan["exposes"] {
  if (exposes === undefined) return undefined;
  return { ...exposes, healthCheck: { ...DEFAULTS.healthCheck, ...exposes.healthCheck } };
}

function callsOf(caller: Service, system: System): CallPlan[] {
  return sorted(caller.calls ?? {}).map(([service, policy]) => ({
    service,
    port: system.services[service]?.port ?? DEFAULTS.port,
    timeout: policy.timeout ?? DEFAULTS.callTimeout,
    retries: policy.retries ?? DEFAULTS.callRetries,
  }));
}

function orderedServices(system: System): [name: string, service: Service][] {
  const calls = Object.entries(system.services).map(
    ([name, service]) => [name, Object.keys(service.calls ?? {})] as const,
  );
  const names = calleesFirst(Object.fromEntries(calls));
  if (names === undefined) throw new Error(`services of ${system.name} call each other in a circle`);
  const byName = new Map(Object.entries(system.services));
  return names.flatMap((name) => {
    const service = byName.get(name);
    return service ? [[name, service] as [string, Service]] : [];
  });
}

function sorted<T>(record: Readonly<Record<string, T>>): [key: string, value: T][] {
  return Object.entries(record).sort(([a], [b]) => compare(a, b));
}
