// What is measured of services and jobs, by kube-state-metrics and the kubelet. Pure.
import { containerSignals, type Signal } from "../kit";
import type { ResolvedScaling } from "./resolve";

/** Signals of a service. */
export function serviceSignals(name: string, { min, by }: Pick<ResolvedScaling, "min" | "by">): Signal[] {
  return [
    {
      ...{ of: name, role: "available", title: "available pods", unit: "short" },
      expression: (namespace) =>
        `(sum(kube_deployment_status_replicas_available{namespace="${namespace}",deployment="${name}"}) or vector(0))`,
      alertAt: {
        description: "Fewer pods are available than always run.",
        ...{ comparison: "<", threshold: min, for: "5m", severity: "critical" },
      },
    },
    ...containerSignals(name),
    ...(by === "nothing" ? [] : [growthSignal(name)]),
  ];
}

/** KEDA calls its autoscalers `keda-hpa-<name>`. */
function growthSignal(name: string): Signal {
  const selected = (namespace: string): string =>
    `{namespace="${namespace}",horizontalpodautoscaler=~"(keda-hpa-)?${name}"}`;
  return {
    ...{ of: name, role: "scaling", title: "pods, of the most that it may have", unit: "percentunit" },
    expression: (namespace) =>
      `max(kube_horizontalpodautoscaler_status_current_replicas${selected(namespace)} / kube_horizontalpodautoscaler_spec_max_replicas${selected(namespace)})`,
    alertAt: {
      description: "The service has as many pods as it may have, and can't grow any more.",
      ...{ comparison: ">=", threshold: 1, for: "30m", severity: "warning" },
    },
  };
}

/** Signals of a job. Runs are called `<name>-<digits>`; a failed one stays for a day. */
export function jobSignals(name: string): Signal[] {
  return [
    {
      ...{ of: name, role: "failed", title: "failed runs of the last day", unit: "short" },
      expression: (namespace) =>
        `sum(kube_job_failed{namespace="${namespace}",job_name=~"${name}-[0-9]+",condition="true"})`,
      alertAt: {
        description: "A run has failed.",
        ...{ comparison: ">", threshold: 0, for: "1m", severity: "warning" },
      },
    },
  ];
}
