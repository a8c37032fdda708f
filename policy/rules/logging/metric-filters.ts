// Metrics that filters make from logs, and the alarms that watch them.
import type { Rule, Stack, StackResource, StackRule } from "../rule";
import { at, each, textOf, UNKNOWN } from "../value";

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

/** Fields of CloudTrail's records. A filter on other fields counts what a team wants on a dashboard. */
const OF_TRAIL = /\$\.(eventName|eventSource|userIdentity|errorCode|errorMessage)\b/;

const requireMetricFilterAlarm: StackRule = {
  id: "require-metric-filter-alarm",
  title: "Metrics of what a trail records have an alarm",
  description: "An alarm of the stack watches the metric that a filter makes from the records of CloudTrail.",
  severity: "low",
  level: "advisory",
  controls: ["NIST-800-53 SI-4", "NIST-800-53 AU-6"],
  remediation: "add a MetricAlarm with the name and the namespace of metricTransformation",
  appliesTo: [FILTER],
  checkStack(stack, report) {
    const watched = new Set(watchedFilters(stack));
    for (const filter of stack.ofType(FILTER)) {
      if (watched.has(filter) || !OF_TRAIL.test(textOf(at(filter.props, "pattern")))) continue;
      const found = at(filter.props, "metricTransformation.name");
      report(filter, { path: "metricTransformation.name", found, required: "a metric that an alarm watches" });
    }
  },
};

/** Rules on filters that make metrics from logs. */
export const metricFilterRules: readonly Rule[] = [requireMetricFilterAlarm];
