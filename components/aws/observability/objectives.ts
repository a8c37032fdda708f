// Burn-rate alarms of a service level. A burn rate of 1 uses up the error budget of 30 days in 30 days. Windows and rates are those of the SRE
// workbook (https://sre.google/workbook/alerting-on-slos/, "Multiwindow, Multi-Burn-Rate Alerts"): each condition needs a long window,
// so that it is worth a message, and a short one, so that it ends soon after the fault does. Pure.
import type { AlarmAt, Metric, MetricMath, Signal } from "../../kit";
import type { ServiceObjectivesArgs } from "./args";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How fast the budget is used up, and how long it is looked at. */
interface Burn {
  /** Names the pair among those of an objective. */
  readonly name: string;
  readonly rate: number;
  /** Seconds. One period of an alarm may be a week long, if it is an hour or longer (API_PutMetricAlarm). */
  readonly long: number;
  readonly short: number;
  /** Whether a person has to act at once. */
  readonly urgent: boolean;
  /** What is used up of a month's budget in the long window. */
  readonly share: string;
}

const BURNS: readonly Burn[] = [
  { name: "1h", rate: 14.4, long: HOUR, short: 5 * MINUTE, urgent: true, share: "2 %" },
  { name: "6h", rate: 6, long: 6 * HOUR, short: 30 * MINUTE, urgent: true, share: "5 %" },
  { name: "3d", rate: 1, long: 3 * DAY, short: 6 * HOUR, urgent: false, share: "10 %" },
];

/**
 * Failed requests in the long window below which no alarm goes off: with a hundred requests a day, one failed request would be a burn rate of
 * ten. The same number as the alarm on 5XX has.
 */
const LEAST_ERRORS = 10;
/** CloudWatch takes ten metrics in the metric math of an alarm; one is left for the requests. */
const MOST_METRICS = 10;

/** One condition of an objective: two alarms that go off together. */
export interface BurnSignals {
  readonly urgent: boolean;
  readonly long: Signal;
  readonly short: Signal;
}

type Objective = Pick<ServiceObjectivesArgs, "availability" | "latency" | "requests" | "errors" | "times">;

/**
 * The conditions of a service's objectives. A rate that the share of bad requests can't reach has none: with a budget of 10 %, all
 * requests fail at a rate of 10, and 14.4 never comes.
 */
export function burnSignals(of: string, objective: Objective): BurnSignals[] {
  return [...availabilitySignals(of, objective), ...latencySignals(of, objective)];
}

/** Whether the metrics fit into one alarm. */
export function fitsOneAlarm({ requests, errors, times }: Omit<Objective, "availability">): boolean {
  return requests.length + errors.length <= MOST_METRICS && times.length <= MOST_METRICS;
}

function availabilitySignals(of: string, { availability, requests, errors }: Objective): BurnSignals[] {
  if (requests.length === 0 || errors.length === 0) return [];
  const budget = rounded(1 - availability / 100);
  return BURNS.flatMap((burn) => {
    const threshold = rounded(burn.rate * budget);
    if (threshold >= 1) return [];
    const signal = (window: number, role: string): Signal => ({
      of,
      role: `availability-${role}`,
      meaning: "errors",
      metric: errorRatio(requests, errors, window, window === burn.long ? LEAST_ERRORS : 1),
      alarmAt: alarmAt(
        `More than ${percent(threshold)} of the requests to ${of} fail`,
        window,
        burn,
        threshold,
        `${availability} % shall succeed`,
      ),
    });
    return [
      { urgent: burn.urgent, long: signal(burn.long, burn.name), short: signal(burn.short, `${burn.name}-short`) },
    ];
  });
}

/**
 * Share of failed requests. The count of errors has no data while there are none, so it is filled with zeros; without requests there is no value,
 * and no alarm.
 */
function errorRatio(requests: readonly Metric[], errors: readonly Metric[], period: number, least: number): MetricMath {
  const all = numbered("requests", requests, period);
  const failed = numbered("errors", errors, period);
  const sum = (metrics: object) =>
    Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(" + ");
  const bad = `(${sum(failed)})`;
  return {
    id: "ratio",
    expression: `IF(${bad} >= ${least}, ${bad} / (${Object.keys(all).join(" + ")}), 0)`,
    label: "Share of failed requests",
    metrics: { ...all, ...failed },
  };
}

/**
 * More than a share of the requests is too slow exactly when the percentile that leaves this share out is above the limit: with 99 % within
 * 300 ms, a burn rate of 14.4 is 14.4 % of slow requests, which is a p85.6 above 300 ms. No metric math is needed for one metric.
 */
function latencySignals(of: string, { latency, times }: Objective): BurnSignals[] {
  const [first] = times;
  if (latency === undefined || first === undefined) return [];
  const { percentile, within } = latency;
  const limit = first.unit === "milliseconds" ? rounded(within * 1000) : within;
  return BURNS.flatMap((burn) => {
    const slow = rounded(burn.rate * (100 - percentile));
    if (slow >= 100) return [];
    const statistic: Metric["statistic"] = `p${rounded(100 - slow)}`;
    const signal = (window: number, role: string): Signal => ({
      of,
      role: `latency-${role}`,
      meaning: "latency",
      metric: slowest(times, statistic, window),
      alarmAt: alarmAt(
        `More than ${slow} % of the requests to ${of} take longer than ${within * 1000} ms`,
        window,
        burn,
        limit,
        `${percentile} % shall be answered within it`,
      ),
    });
    return [
      { urgent: burn.urgent, long: signal(burn.long, burn.name), short: signal(burn.short, `${burn.name}-short`) },
    ];
  });
}

function slowest(times: readonly Metric[], statistic: Metric["statistic"], period: number): Metric | MetricMath {
  const [first, ...others] = times;
  if (first !== undefined && others.length === 0) return { ...first, statistic, period };
  const metrics = numbered("time", times, period, statistic);
  return { id: "slowest", expression: `MAX([${Object.keys(metrics).join(", ")}])`, label: "Slowest answers", metrics };
}

function numbered(prefix: string, metrics: readonly Metric[], period: number, statistic: Metric["statistic"] = "Sum") {
  return Object.fromEntries(metrics.map((metric, index) => [`${prefix}${index}`, { ...metric, statistic, period }]));
}

function alarmAt(what: string, window: number, burn: Burn, threshold: number, promise: string): AlarmAt {
  return {
    description: `${what}, over ${spoken(window)}. ${promise}; this uses up ${burn.share} of a month's error budget in ${spoken(burn.long)}.`,
    comparison: "above",
    threshold,
    periods: 1,
    // Without requests there is nothing that could be late or fail.
    missingData: "notBreaching",
  };
}

function spoken(seconds: number): string {
  if (seconds < HOUR) return `${seconds / MINUTE} minutes`;
  return seconds === HOUR ? "an hour" : seconds < DAY ? `${seconds / HOUR} hours` : `${seconds / DAY} days`;
}

const percent = (share: number): string => `${rounded(share * 100)} %`;

/** Without the noise of binary fractions. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
