// What observability on Kubernetes takes and what it offers.
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../../kit";
import type { Monitoring, Placement, Signal } from "../kit";

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
