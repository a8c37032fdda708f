// Alerting rules of Prometheus, from signals. Pure.
import type { Signal } from "../kit";
import type { Observed } from "./args";

/** The groups of a PrometheusRule: one for each section that has alerts. */
export function ruleGroups(sections: readonly Observed[], namespace: string): object[] {
  return sections.flatMap(({ title, signals }) => {
    const rules = signals.flatMap((signal) => ruleOf(signal, namespace));
    return rules.length === 0 ? [] : [{ name: title, rules }];
  });
}

function ruleOf({ of, role, expression, alertAt }: Signal, namespace: string): object[] {
  if (alertAt === undefined) return [];
  const { description, comparison, threshold, severity } = alertAt;
  return [
    {
      alert: `${of}-${role}`.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      expr: `${expression(namespace)} ${comparison} ${threshold}`,
      for: alertAt.for.replace(/\s/g, ""),
      labels: { severity, namespace, thing: of },
      annotations: { summary: `${of} in ${namespace}: ${description}`, value: "{{ $value }}" },
    },
  ];
}
