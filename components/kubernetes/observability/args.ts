// What observability on Kubernetes takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Size, Transform } from "../../kit";
import type { Grant, Monitoring, NetworkPolicyTransform, Placement, SecretKey, Signal } from "../kit";

/** A thing, or several that belong together, with their signals. */
export interface Observed {
  /** Heading of its panels. */
  readonly title: string;
  readonly signals: readonly Signal[];
}

/** Arguments of {@link Observability}. */
export interface ObservabilityArgs {
  readonly placement: Placement;
  /** The Prometheus that reads the rules. */
  readonly monitoring: Monitoring;
  /** Title of the dashboard, 1 to 100 characters; no other dashboard of the Grafana has it. */
  readonly title: string;
  /** Everything that is watched, in the order of the panels. */
  readonly sections: readonly Observed[];
  /** Label by which a sidecar of Grafana finds dashboards, with the value "1". @default "grafana_dashboard" */
  readonly dashboardLabel?: string;
  /** @default every child as described */
  readonly transform?: ObservabilityTransforms;
}

/** One slot a child. */
export interface ObservabilityTransforms {
  readonly rules?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly dashboard?: Transform<kubernetes.core.v1.ConfigMapArgs>;
}

/** What {@link Observability} offers. */
export interface ObservabilityOutputs {
  /** Identifier of the dashboard in Grafana: `/d/<uid>`. */
  readonly dashboardUid: pulumi.Output<string>;
}

/** Arguments of {@link Collector}. */
export interface CollectorArgs {
  readonly placement: Placement;
  /** Image of the OpenTelemetry Collector (`otel/opentelemetry-collector`), with a tag or a digest. */
  readonly image: string;
  /** URL that takes OTLP over HTTP, without the path `/v1/traces`. `http` only with `namespace`. */
  readonly otlpEndpoint: string;
  /** Namespace of the pods behind `otlpEndpoint`, for a destination in the cluster. @default none: it is outside the cluster */
  readonly namespace?: string;
  /** IPv4 range of `otlpEndpoint`, for a destination outside the cluster. @default the internet */
  readonly cidr?: string;
  /** Value of the header `Authorization` for `otlpEndpoint`. @default none */
  readonly authorization?: SecretKey;
  /** Value of the attribute `stack` of all traces and metrics: `shop-prod`. */
  readonly stack: string;
  /** Pods, 1 to 20. @default 2 */
  readonly replicas?: number;
  /** Memory of a pod, at least 128 MiB. @default "256 MiB" */
  readonly memory?: Size;
  /** Processor of the image; pods run on nodes of this kind only. @default "X86_64" */
  readonly architecture?: "X86_64" | "ARM64";
  /** Names of Secrets in the namespace that open the registry. @default the nodes' own rights */
  readonly imagePullSecrets?: readonly string[];
  /** @default every child as described */
  readonly transform?: CollectorTransforms;
}

/** One slot a child. */
export interface CollectorTransforms {
  readonly configMap?: Transform<kubernetes.core.v1.ConfigMapArgs>;
  readonly serviceAccount?: Transform<kubernetes.core.v1.ServiceAccountArgs>;
  readonly networkPolicy?: NetworkPolicyTransform;
  readonly deployment?: Transform<kubernetes.apps.v1.DeploymentArgs>;
  readonly service?: Transform<kubernetes.core.v1.ServiceArgs>;
  readonly disruptionBudget?: Transform<kubernetes.policy.v1.PodDisruptionBudgetArgs>;
}

/** What {@link Collector} offers. */
export interface CollectorOutputs {
  /** `http://<name>.<namespace>.svc:4318`: OTLP over HTTP. */
  readonly endpoint: pulumi.Output<string>;
  /** Prometheus metrics of it. */
  readonly signals: readonly Signal[];
  /** Address and connection of a workload that sends traces and metrics. It does not wait for the collector. */
  grantSend(): Grant;
}
