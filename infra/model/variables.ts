// The environment variables that a service's edges set, as the components call them: known before anything is created.
import { callPrefix, constantCase } from "../../components/kit/names";
import { queuesOf } from "./kinds/queue/selection";
import type { Service } from "./system";

/** A variable and what sets it. */
export interface Variable {
  readonly variable: string;
  /** Below the service (`calls.payment`); empty for what every service has. */
  readonly path: string;
}

const STANDARD = ["SERVICE_NAME", "SERVICE_PORT", "AWS_REGION"];
const DATABASE = ["HOST", "PORT", "NAME", "USERNAME"];
const CACHE = ["HOST", "PORT", "USERNAME", "TLS", "KEY_PREFIX", "REPLICATION_GROUP"];
/** What tracing sets; the service's own `environment` may say otherwise. */
export const TRACING = [
  "OTEL_SERVICE_NAME",
  "OTEL_RESOURCE_ATTRIBUTES",
  "OTEL_PROPAGATORS",
  "OTEL_TRACES_SAMPLER",
  "OTEL_TRACES_SAMPLER_ARG",
  "OTEL_TRACES_EXPORTER",
  "OTEL_METRICS_EXPORTER",
  "OTEL_LOGS_EXPORTER",
] as const;
const CALL = ["URL", "TIMEOUT_MS", "RETRIES", "BACKOFF_MS", "BREAKER_FAILURES", "BREAKER_RESET_MS", "MAX_CONCURRENT"];

/** What the edges and stores of a service set, each once: a queue that it both sends to and consumes has one variable. */
export function variablesOf(name: string, service: Service): Variable[] {
  const { owns = {}, usesCache = false, publishes = {}, calls = {}, sendsTo = [] } = service;
  const queues = new Map(queuesOf(name, service).map((queue) => [queue.name, queue.path]));
  sendsTo.forEach((queue, index) => {
    if (!queues.has(queue)) queues.set(queue, `sendsTo[${index}]`);
  });
  return [
    ...named("", STANDARD, ""),
    ...(owns.database ? named("DB_", DATABASE, "owns.database") : []),
    ...(usesCache ? named("REDIS_", CACHE, "usesCache") : []),
    ...Object.keys(owns.buckets ?? {}).flatMap((bucket) =>
      named(`${constantCase(bucket)}_`, ["BUCKET"], `owns.buckets.${bucket}`),
    ),
    ...Object.keys(publishes).flatMap((topic) =>
      named(`${constantCase(topic)}_TOPIC_`, ["ARN", "EVENT_TYPES"], `publishes.${topic}`),
    ),
    ...[...queues].flatMap(([queue, path]) => named(`${constantCase(queue)}_`, ["URL"], path)),
    ...Object.keys(calls).flatMap((callee) => named(callPrefix(callee), CALL, `calls.${callee}`)),
  ];
}

function named(prefix: string, names: readonly string[], path: string): Variable[] {
  return names.map((name) => ({ variable: `${prefix}${name}`, path }));
}
