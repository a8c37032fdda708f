// What is measured of a database, by CloudNativePG's exporter and the kubelet (https://cloudnative-pg.io/documentation/current/monitoring/). Pure.
import { type Signal, volumeSignal } from "../kit";

/** Signals of a database. */
export function databaseSignals(name: string, instances: number): Signal[] {
  const pods = (namespace: string): string => `namespace="${namespace}",pod=~"${name}-[0-9]+"`;
  return [
    {
      ...{ of: name, role: "instances", title: "instances", unit: "short" },
      expression: (namespace) => `(sum(cnpg_collector_up{${pods(namespace)}}) or vector(0))`,
      alertAt: {
        description: "An instance of PostgreSQL does not answer.",
        ...{ comparison: "<", threshold: instances, for: "10m", severity: "critical" },
      },
    },
    {
      ...{ of: name, role: "connections", title: "connections, of the most that are allowed", unit: "percentunit" },
      expression: (namespace) =>
        `max(sum by (pod) (cnpg_backends_total{${pods(namespace)}}) / on (pod) max by (pod) (cnpg_pg_settings_setting{${pods(namespace)},name="max_connections"}))`,
      alertAt: {
        description: "Almost all connections are in use.",
        ...{ comparison: ">", threshold: 0.8, for: "5m", severity: "warning" },
      },
    },
    {
      ...{ of: name, role: "lag", title: "replication lag", unit: "s" },
      expression: (namespace) => `max(cnpg_pg_replication_lag{${pods(namespace)}})`,
      alertAt: {
        description: "A replica is behind the primary.",
        ...{ comparison: ">", threshold: 300, for: "5m", severity: "warning" },
      },
    },
    volumeSignal(name, `${name}-[0-9]+`),
  ];
}
