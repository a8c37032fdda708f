// One service of the plan, with every default, override and edge resolved.
import { type Duration, seconds } from "../../../../components/kit/units";
import type { Edge } from "../../edges";
import type { Environment } from "../../environment";
import { compare, gathered, sorted } from "../../order";
import type { CallPlan, ExposurePlan, SecretPlan, ServicePlan } from "../../plan";
import { DEFAULTS, overrideOf, resolveScaling, resolveSize, sourcesOf } from "../../resolve";
import { authenticationOf } from "./priorities";
import type { Settings } from "../../settings";
import type { CallPolicy, Secret, Service, System } from "../../system";
import type { TRACING } from "./variables";

/** Inputs of the derivation of a service. */
export interface Whole {
  readonly system: System;
  readonly environment: Environment;
  readonly settings: Settings;
  /** Listener rule priority by service. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Request timeout of the mesh, by service; only where it differs from the mesh's default. */
  readonly requestTimeouts: ReadonlyMap<string, Duration | "none">;
}

/** Derives a service. */
export function servicePlan(name: string, service: Service, whole: Whole): ServicePlan {
  const { environment, settings } = whole;
  const image = settings.images[name];
  if (image === undefined) throw new Error(`service ${name} has no image`);
  const sources = sourcesOf(name, service, whole);
  const exposes = exposureOf(name, service, whole);
  const requestTimeout = whole.requestTimeouts.get(name);
  return {
    name,
    context: service.context,
    description: service.description,
    ...(service.renamedFrom !== undefined && { renamedFrom: service.renamedFrom }),
    projects: Object.keys(service.projects ?? {}).sort(compare),
    image,
    port: service.port ?? DEFAULTS.port,
    ...resolveSize(sources),
    architecture: service.architecture ?? "X86_64",
    runtime: service.runtime ?? {},
    ...(requestTimeout !== undefined && { requestTimeout }),
    offers: sorted(service.offers ?? {}).map(([operation, kind]) => ({ operation, kind })),
    ...(exposes && { exposes }),
    protectData: overrideOf(sources)?.protectData ?? environment.protectData,
    scaling: resolveScaling(sources),
    ...(service.serviceLevel && { serviceLevel: service.serviceLevel }),
    secrets: sorted(service.secrets ?? {}).map(([variable, secret]) => secretPlan(variable, secret, settings)),
    environment: Object.fromEntries(sorted({ ...tracingVariables(name, service, whole), ...service.environment })),
    internetEgress: service.internetEgress !== undefined,
  };
}

/** How long the mesh waits for an answer by default, in seconds. */
const MESH_TIMEOUT = 15;

/**
 * How long the mesh waits for a service's answers: a second more than its slowest caller, since the caller's own policy decides, and as
 * long as its routes say. The proxy takes the container's port, so requests of the load balancer go through it too.
 */
export function requestTimeoutsOf({ services }: System): Whole["requestTimeouts"] {
  const policies = gathered(Object.values(services).flatMap(({ calls = {} }) => Object.entries(calls)));
  return new Map(
    Object.entries(services).flatMap(([name, { exposes }]): [string, Duration | "none"][] => {
      const waits = (policies.get(name) ?? []).map(({ timeout = DEFAULTS.callTimeout }) => timeout);
      const { responseTime } = exposes ?? {};
      if (responseTime === "none" || waits.includes("none")) return [[name, "none"]];
      const slowest = Math.max(0, ...waits.map((wait) => (seconds(wait) ?? 0) + 1));
      const longest = Math.max(slowest, seconds(responseTime ?? "0s") ?? 0);
      return responseTime === undefined && longest <= MESH_TIMEOUT ? [] : [[name, `${longest}s`]];
    }),
  );
}

/**
 * Environment variables that OpenTelemetry's SDKs read. Without a collector the exporters are `none`; an SDK would otherwise keep trying
 * to connect to a port of the task. Trace context is propagated and traces are sampled in both cases.
 */
function tracingVariables(
  name: string,
  service: Service,
  { system, environment }: Whole,
): Partial<Record<(typeof TRACING)[number], string>> {
  if (system.tracing === undefined) return {};
  const attributes = {
    "service.namespace": system.name,
    "deployment.environment.name": environment.name,
    "archipelago.context": service.context,
  };
  return {
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(attributes)
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
    OTEL_PROPAGATORS: "tracecontext,baggage,b3multi",
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: String(system.tracing.sampling ?? DEFAULTS.sampling),
    OTEL_TRACES_EXPORTER: "none",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
  };
}

function secretPlan(variable: string, secret: Secret, { secrets = {} }: Settings): SecretPlan {
  if ("length" in secret || "arn" in secret) return { variable, ...secret };
  const found = secrets[secret.existing];
  if (found === undefined) throw new Error(`configuration names no secret ${secret.existing}`);
  return { variable, ...found, ...(secret.field !== undefined && { field: secret.field }) };
}

function exposureOf(name: string, { exposes }: Service, { priorities }: Whole): ExposurePlan | undefined {
  if (exposes === undefined) return undefined;
  const { paths, authentication, balancing = "round_robin", rateLimit } = exposes;
  const priority = priorities.get(name);
  if (priority === undefined) throw new Error(`service ${name} has no priority`);
  return {
    paths,
    priority,
    authentication: authenticationOf(exposes),
    ...(typeof authentication === "object" && { tokens: authentication.jwt }),
    balancing,
    ...(exposes.slowStart !== undefined && { slowStart: exposes.slowStart }),
    ...(rateLimit && { ratePerMinute: rateLimit.perMinute }),
    ...(exposes.responseTime !== undefined && { responseTime: exposes.responseTime }),
    ...(exposes.maxBodySize !== undefined && { maxBodySize: exposes.maxBodySize }),
    healthCheck: { ...DEFAULTS.healthCheck, ...exposes.healthCheck },
  };
}

/** The calls of a service. */
export function callEdges(from: string, system: System): Edge[] {
  return sorted(system.services[from]?.calls ?? {}).map(([name, described]) => {
    const policy = callPlan(name, described, system);
    return { name: `call-${name}`, from, verb: "calls", to: { kind: "service", name }, policy };
  });
}

/** A call with everything decided. */
export function callPlan(callee: string, policy: CallPolicy, system: System): CallPlan {
  return {
    port: portOf(system.services[callee]),
    operations: calledOperations(callee, policy, system),
    timeout: policy.timeout ?? DEFAULTS.callTimeout,
    retries: policy.retries ?? (happensOnce(callee, policy, system).length > 0 ? 0 : DEFAULTS.callRetries),
    backoff: policy.backoff ?? DEFAULTS.callBackoff,
    breaker: policy.breaker ?? DEFAULTS.breaker,
    bulkhead: policy.bulkhead ?? DEFAULTS.bulkhead,
  };
}

/** The port that callers connect to; validation refuses calls of a service without one. */
function portOf({ port = DEFAULTS.port }: Pick<Service, "port"> = {}): number {
  return port === "none" ? DEFAULTS.port : port;
}

/** The operations of a call that must not be repeated. */
export function happensOnce(callee: string, policy: CallPolicy, system: System): string[] {
  const offers = system.services[callee]?.offers ?? {};
  return calledOperations(callee, policy, system).filter((operation) => offers[operation] === "once");
}

/** The operations that a call calls, sorted. */
function calledOperations(callee: string, { operations }: CallPolicy, system: System): string[] {
  return [...(operations ?? Object.keys(system.services[callee]?.offers ?? {}))].sort(compare);
}
