// Alarms from signals.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, AlarmLink, Metric, Signal, Transform } from "../../kit";
import { type AlarmArgs, notifyingAlarm, type Parent } from "./children";

const COMPARISONS: Readonly<Record<AlarmAt["comparison"], string>> = {
  above: "GreaterThanThreshold",
  "at least": "GreaterThanOrEqualToThreshold",
  below: "LessThanThreshold",
};

/** How a component makes its alarms. */
export interface AlarmOwner extends Parent {
  readonly transform: Transform<aws.cloudwatch.MetricAlarmArgs> | undefined;
  readonly topicArn: pulumi.Input<string> | undefined;
  /** Logical name of a signal's alarm. */
  readonly nameOf: (signal: Signal) => string;
}

/** The alarms of those signals that have a threshold, by their role. */
export function signalAlarms(
  { transform, topicArn, nameOf, ...parent }: AlarmOwner,
  signals: readonly Signal[],
): Readonly<Record<string, aws.cloudwatch.MetricAlarm>> {
  return Object.fromEntries(
    signals.flatMap((signal) => {
      const args = alarmArgs(signal);
      return args ? [[signal.role, notifyingAlarm(parent, transform, nameOf(signal), topicArn, args)] as const] : [];
    }),
  );
}

/** The alarms that were made from signals, among those of a component; others, such as those that drive scaling, are left out. */
export function alarmsOf(
  signals: readonly Signal[],
  alarms: Readonly<Record<string, AlarmLink | undefined>>,
): AlarmLink[] {
  return signals.flatMap(({ role, alarmAt }) => {
    const alarm = alarms[role];
    return alarmAt && alarm ? [alarm] : [];
  });
}

/** Arguments of a signal's alarm; undefined for a signal without a threshold. Pure. */
export function alarmArgs({ metric, alarmAt }: Signal): AlarmArgs | undefined {
  if (!alarmAt) return undefined;
  const { description, comparison, threshold, periods, missingData } = alarmAt;
  return {
    alarmDescription: description,
    comparisonOperator: COMPARISONS[comparison],
    threshold,
    evaluationPeriods: periods,
    treatMissingData: missingData,
    ...("expression" in metric ? { metricQueries: queriesOf(metric) } : metricArgs(metric)),
  };
}

function metricArgs({ namespace, name, dimensions, statistic, period }: Metric) {
  // With few data points a percentile is one of them: the alarm keeps its state until there are enough.
  const how = statistic.startsWith("p")
    ? { extendedStatistic: statistic, evaluateLowSampleCountPercentiles: "ignore" }
    : { statistic };
  return { namespace, metricName: name, dimensions: { ...dimensions }, period, ...how };
}

function queriesOf({
  id: result,
  expression,
  label,
  metrics,
}: Extract<Signal["metric"], { readonly expression: string }>) {
  const queries = Object.entries(metrics).map(([id, { namespace, name, dimensions, statistic, period }]) => ({
    id,
    metric: { namespace, metricName: name, dimensions: { ...dimensions }, period, stat: statistic },
  }));
  return [{ id: result, expression, label, returnData: true }, ...queries];
}
