// The environment variables that a service's edges set, as the components call them: known before anything is created.
import { callPrefix } from "../../../../components/kit/names";
import type { Service, System } from "../../system";
import { type AnyKind, type Variable, variablesWith } from "../kind";
import { registry } from "../registry";

const STANDARD = ["SERVICE_NAME", "SERVICE_PORT", "AWS_REGION"];
/** Variables of tracing; the service's own `environment` takes precedence. */
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

/** Variables that the edges and stores of a service set, each once. */
export function variablesOf(name: string, service: Service, system: Pick<System, "sagas">): Variable[] {
  const kinds: readonly AnyKind[] = Object.values(registry);
  return [
    ...variablesWith("", STANDARD, ""),
    ...kinds.flatMap(({ variables }) => variables?.(name, service, system) ?? []),
    ...Object.keys(service.calls ?? {}).flatMap((callee) => variablesWith(callPrefix(callee), CALL, `calls.${callee}`)),
  ];
}
