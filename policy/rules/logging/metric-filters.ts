// Metrics that filters make from logs, and the alarms that watch them.
import type { Rule, Stack, StackResource, StackRule } from "../rule";
import { at, each, UNKNOWN } from "../value";

const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** The filters that an alarm of the stack watches, or may watch. */
export function watchedFilters(stack: Stack): readonly StackResource[] {
  const names = stack
    .ofType(ALARM)
    .flatMap(({ props }) => [
      at(props, "metricName"),
      ...each(props, "metricQueries[*].metric.metricName").map(({ value }) => value),
    ]);
  const known = new Set(names);
  const open = known.has(UNKNOWN);
  return stack.ofType(FILTER).filter(({ props }) => {
    const name = at(props, "metricTransformation.name");
    return open || name === UNKNOWN || known.has(name);
  });
}

const requireMetricFilterAlarm: StackRule = {
  id: "require-metric-filter-alarm",
  title: "Metrics from logs have an alarm",
  description: "An alarm of the stack watches the metric that a filter makes from a log.",
  severity: "low",
  level: "advisory",
  controls: ["NIST-800-53 SI-4", "NIST-800-53 AU-6"],
  remediation: "add a MetricAlarm with the name and the namespace of metricTransformation",
  appliesTo: [FILTER],
  checkStack(stack, report) {
    const watched = new Set(watchedFilters(stack));
    for (const filter of stack.ofType(FILTER).filter((one) => !watched.has(one))) {
      const found = at(filter.props, "metricTransformation.name");
      report(filter, { path: "metricTransformation.name", found, required: "a metric that an alarm watches" });
    }
  },
};

/** Rules on filters that make metrics from logs. */
export const metricFilterRules: readonly Rule[] = [requireMetricFilterAlarm];
