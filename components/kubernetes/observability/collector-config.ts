// The file that the collector reads. Pure.
import { mebibytes } from "../../kit";
import type { CollectorArgs } from "./args";
import { COLLECTOR_DEFAULTS as DEFAULTS } from "./validate-collector";

/** Ports of a pod: OTLP over HTTP, and the health check. */
export const PORTS = { otlp: 4318, health: 13_133 } as const;
/** Variable with the value of the header. */
export const AUTHORIZATION = "OTLP_AUTHORIZATION";

/** The collector's configuration (https://opentelemetry.io/docs/collector/configuration/); JSON is YAML. */
export function configuration({ otlpEndpoint, authorization, stack, memory = DEFAULTS.memory }: CollectorArgs): object {
  const limit = mebibytes(memory) ?? 0;
  const pipeline = {
    receivers: ["otlp"],
    processors: ["memory_limiter", "attributes", "batch"],
    exporters: ["otlphttp"],
  };
  return {
    extensions: { health_check: { endpoint: `0.0.0.0:${PORTS.health}` } },
    receivers: { otlp: { protocols: { http: { endpoint: `0.0.0.0:${PORTS.otlp}` } } } },
    processors: {
      // Refuses data before the container's limit stops the collector.
      memory_limiter: {
        check_interval: "1s",
        limit_mib: Math.floor(limit * 0.8),
        spike_limit_mib: Math.floor(limit * 0.2),
      },
      attributes: { actions: [{ key: "stack", value: stack, action: "upsert" }] },
      batch: { timeout: "5s", send_batch_size: 256 },
    },
    exporters: {
      otlphttp: {
        endpoint: otlpEndpoint,
        ...(authorization && { headers: { Authorization: `\${env:${AUTHORIZATION}}` } }),
      },
    },
    service: {
      extensions: ["health_check"],
      telemetry: { logs: { level: "warn" } },
      pipelines: { traces: pipeline, metrics: pipeline },
    },
  };
}
