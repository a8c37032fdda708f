// What is measured of a cache, by kube-state-metrics and the kubelet: Valkey itself has no metrics for Prometheus. Pure.
import { containerSignals, type Signal, volumeSignal } from "../kit";
import { nodesName } from "./pods";

/** Signals of a cache. */
export function cacheSignals(name: string, nodes: number): Signal[] {
  const set = nodesName(name);
  return [
    {
      ...{ of: name, role: "nodes", title: "nodes that are ready", unit: "short" },
      expression: (namespace) =>
        `(sum(kube_statefulset_status_replicas_ready{namespace="${namespace}",statefulset="${set}"}) or vector(0))`,
      alertAt: {
        description: "A node of the cache is not ready.",
        ...{ comparison: "<", threshold: nodes, for: "10m", severity: "critical" },
      },
    },
    ...containerSignals(name, `pod=~"${set}-[0-9]+",container="server"`),
    volumeSignal(name, `data-${set}-[0-9]+`),
  ];
}
