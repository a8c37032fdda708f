// Metrics of a thing as data: alerting rules and dashboards are made from one list. Pure.
import type { Duration } from "../../kit";
import type { Labels } from "./placement";

/** One metric of one thing, as Prometheus computes it. */
export interface Signal {
  /** Logical name of the thing: `order`, `order-db`. */
  readonly of: string;
  /** Names the signal among those of its thing: `memory`. Lower-case words with dashes. */
  readonly role: string;
  /** Title of its panel. */
  readonly title: string;
  /** Expression of PromQL for a namespace; a few series at most. */
  readonly expression: (namespace: string) => string;
  /** Unit of the value, as Grafana names it. */
  readonly unit: "short" | "percentunit" | "s";
  /** @default no alert */
  readonly alertAt?: AlertAt;
}

/** When an alert fires. */
export interface AlertAt {
  readonly description: string;
  readonly comparison: ">" | ">=" | "<";
  /** In the signal's unit. */
  readonly threshold: number;
  /** How long the value must be over the threshold. */
  readonly for: Duration;
  readonly severity: "critical" | "warning";
}

/**
 * Signals of containers, from kube-state-metrics and from the kubelet.
 *
 * @param containers labels that select them beside the namespace
 */
export function containerSignals(of: string, containers = `container="${of}"`): Signal[] {
  const selected = (namespace: string): string => `namespace="${namespace}",${containers}`;
  return [
    {
      ...{ of, role: "memory", title: "memory of the fullest pod, of its limit", unit: "percentunit" },
      expression: (namespace) =>
        `max(max by (pod) (container_memory_working_set_bytes{${selected(namespace)}}) / on (pod) max by (pod) (kube_pod_container_resource_limits{${selected(namespace)},resource="memory"}))`,
      alertAt: {
        description: "A pod is close to its memory limit, at which it is killed.",
        ...{ comparison: ">", threshold: 0.9, for: "10m", severity: "warning" },
      },
    },
    {
      ...{ of, role: "cpu", title: "CPU of all pods, of their limits", unit: "percentunit" },
      expression: (namespace) =>
        `sum(rate(container_cpu_usage_seconds_total{${selected(namespace)}}[5m])) / sum(kube_pod_container_resource_limits{${selected(namespace)},resource="cpu"})`,
    },
    {
      ...{ of, role: "restarts", title: "restarts in 15 minutes", unit: "short" },
      expression: (namespace) => `sum(increase(kube_pod_container_status_restarts_total{${selected(namespace)}}[15m]))`,
      alertAt: {
        description: "Containers stop and are started again.",
        ...{ comparison: ">", threshold: 3, for: "5m", severity: "critical" },
      },
    },
  ];
}

/** The Prometheus (of Prometheus Operator) that scrapes the metrics. */
export interface Monitoring {
  /** Namespace of Prometheus. */
  readonly namespace: string;
  /** Labels by which Prometheus selects monitors and rules (`release: kube-prometheus-stack`). @default none: it selects all */
  readonly labels?: Labels;
}

/** Used share of the volumes whose PersistentVolumeClaims match a name; from the kubelet. */
export function volumeSignal(of: string, claims: string): Signal {
  const selected = (namespace: string): string => `{namespace="${namespace}",persistentvolumeclaim=~"${claims}"}`;
  return {
    ...{ of, role: "volume", title: "fullest volume", unit: "percentunit" },
    expression: (namespace) =>
      `max(1 - kubelet_volume_stats_available_bytes${selected(namespace)} / kubelet_volume_stats_capacity_bytes${selected(namespace)})`,
    alertAt: {
      description: "A volume is almost full.",
      ...{ comparison: ">", threshold: 0.85, for: "10m", severity: "warning" },
    },
  };
}
