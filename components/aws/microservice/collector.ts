// The OpenTelemetry collector beside a service's container. The service sends to it inside the task, without rights and without waiting; the collector
// holds the rights and the way out. It is not essential: when it fails, ECS starts it again, and the service goes on without traces. Pure.
import type * as pulumi from "@pulumi/pulumi";
import { COLLECTOR_MEMORY, type Grant, imageProblems, type Problem, type SecretLink, unless } from "../../kit";
import { logConfiguration } from "./container";

/** A collector and where it sends traces. */
export interface CollectorSettings {
  /**
   * Image of the AWS Distro for OpenTelemetry, with a tag or digest. A task without a way to the internet pulls it from a repository of the account.
   */
  readonly image: string;
  /** Value of the attribute `stack` of every span, by which X-Ray groups traces: `shop-prod`. */
  readonly stack: string;
  /**
   * HTTPS URL that takes OTLP over HTTP; it gets traces and metrics, and the task may open connections to its port anywhere.
   * @default AWS X-Ray, which gets traces
   */
  readonly otlpEndpoint?: string;
  /** Value of the header `Authorization` for `otlpEndpoint`. @default none */
  readonly authorization?: SecretLink;
}

/** Ports on which the collector listens inside the task, and of its health check. */
const PORTS = { grpc: 4317, http: 4318, health: 13_133 } as const;
const AUTHORIZATION = "OTLP_AUTHORIZATION";

/** What a service gets for its collector: the address inside the task, and the rights that the collector needs. */
export function collectorGrant({ otlpEndpoint }: CollectorSettings): Grant {
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${PORTS.http}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_TRACES_EXPORTER: "otlp",
    ...(otlpEndpoint !== undefined && { OTEL_METRICS_EXPORTER: "otlp" }),
  };
  if (otlpEndpoint !== undefined) return { environment, reaches: [{ port: portOf(otlpEndpoint), cidr: "0.0.0.0/0" }] };
  return {
    environment,
    statements: [
      {
        Sid: "WriteTraces",
        // Traces belong to no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).
        Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        Resource: "*",
      },
    ],
  };
}

/** Every problem of the settings. */
export function collectorProblems({ image, otlpEndpoint, authorization }: CollectorSettings): Problem[] {
  return [
    ...imageProblems("collector.image", image),
    ...unless(otlpEndpoint === undefined || /^https:\/\/[^\s@#?]+$/.test(otlpEndpoint), {
      path: "collector.otlpEndpoint",
      value: otlpEndpoint,
      allowed: "an https URL without a user, a query and a fragment",
      remedy: "correct it, or leave it out to send to X-Ray",
    }),
    ...unless(authorization === undefined || otlpEndpoint !== undefined, {
      path: "collector.authorization",
      value: "[not shown]",
      allowed: "nothing without otlpEndpoint: X-Ray takes the role of the task",
      remedy: "remove it, or set otlpEndpoint",
    }),
  ];
}

/** The task in which a collector runs. */
export interface CollectorPlace {
  /** Of the service. */
  readonly name: string;
  readonly region: string;
  readonly logGroupName: pulumi.Input<string>;
}

/** Name of the collector's container in a service's task. */
export const collectorName = (service: string): string => `${service}-collector`;

/** The collector's container, which no other container depends on for longer than its start. */
export function collectorDefinition(settings: CollectorSettings, { name, region, logGroupName }: CollectorPlace) {
  const { authorization } = settings;
  return {
    name: collectorName(name),
    image: settings.image,
    essential: false,
    memory: COLLECTOR_MEMORY,
    user: "10001",
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
    portMappings: [],
    // JSON is YAML. The image reads its configuration from this variable.
    environment: [{ name: "AOT_CONFIG_CONTENT", value: JSON.stringify(configuration(settings, region)) }],
    secrets: authorization ? [{ name: AUTHORIZATION, valueFrom: authorization.arn }] : [],
    // A program in the image; it requests the endpoint of the health extension.
    healthCheck: { command: ["CMD", "/healthcheck"], interval: 30, timeout: 5, retries: 3, startPeriod: 15 },
    restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
    logConfiguration: logConfiguration(logGroupName, region, "collector"),
  };
}

/** The collector's configuration (https://opentelemetry.io/docs/collector/configuration/). */
function configuration(settings: CollectorSettings, region: string): object {
  const { stack, otlpEndpoint, authorization } = settings;
  const exporter = otlpEndpoint === undefined ? "awsxray" : "otlphttp";
  const pipeline = {
    receivers: ["otlp"],
    processors: ["memory_limiter", "resourcedetection", "attributes", "batch"],
    exporters: [exporter],
  };
  return {
    extensions: { health_check: { endpoint: `localhost:${PORTS.health}` } },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `localhost:${PORTS.grpc}` },
          http: { endpoint: `localhost:${PORTS.http}` },
        },
      },
    },
    processors: {
      // Refuses data before the container's limit stops the collector.
      memory_limiter: { check_interval: "1s", limit_mib: COLLECTOR_MEMORY - 32, spike_limit_mib: 24 },
      resourcedetection: { detectors: ["env", "ecs"], timeout: "2s", override: false },
      attributes: { actions: [{ key: "stack", value: stack, action: "upsert" }] },
      batch: { timeout: "5s", send_batch_size: 256 },
    },
    exporters: {
      [exporter]:
        otlpEndpoint === undefined
          ? { region, indexed_attributes: ["stack"] }
          : {
              endpoint: otlpEndpoint,
              ...(authorization && { headers: { Authorization: `\${env:${AUTHORIZATION}}` } }),
            },
    },
    service: {
      extensions: ["health_check"],
      telemetry: { logs: { level: "warn" } },
      pipelines: { traces: pipeline, ...(otlpEndpoint !== undefined && { metrics: pipeline }) },
    },
  };
}

function portOf(url: string): number {
  const { port } = new URL(url);
  return port === "" ? 443 : Number(port);
}
