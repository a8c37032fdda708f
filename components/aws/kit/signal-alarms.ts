// Alarms from signals.
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmAt, Metric, Signal, Transform } from "../../kit";
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
  const how = statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic };
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
