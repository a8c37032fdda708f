// Metrics of a thing as data: alarms, dashboards and objectives are made from one list. Types only.
import type * as pulumi from "@pulumi/pulumi";

/** What a metric measures about its thing. */
export type Meaning = "errors" | "latency" | "traffic" | "backlog" | "saturation" | "cost";

/** A metric of CloudWatch. */
export interface Metric {
  /** `AWS/SQS` */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  /** `p95`: the value that 95 % of the data points do not exceed. */
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum" | `p${number}`;
  readonly unit:
    "count" | "count per second" | "percent" | "seconds" | "milliseconds" | "microseconds" | "bytes" | "units";
  /** Seconds of one data point. */
  readonly period: number;
}

/** A value that is computed from several metrics of CloudWatch, by metric math. */
export interface MetricMath {
  /** Identifier of the result. */
  readonly id: string;
  /** `MAX([node001, node002])` */
  readonly expression: string;
  readonly label: string;
  /** By the identifier in the expression. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** When an alarm goes off. */
export interface AlarmAt {
  readonly description: string;
  readonly comparison: "above" | "at least" | "below";
  /** In the metric's unit. */
  readonly threshold: number;
  /** Data points in a row that must be over the threshold. */
  readonly periods: number;
  /** State of the alarm without data; never an alarm, because a resource has no data in its first minutes. */
  readonly missingData: "notBreaching" | "ignore" | "missing";
}

/** An alarm that exists, as others refer to it. */
export interface AlarmLink {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
}

/** One metric of one thing. */
export interface Signal {
  /** Logical name of the thing: `order`, `orders-db`, `messaging-order-queue`. */
  readonly of: string;
  /** Names the signal among those of its thing: `cpu`. */
  readonly role: string;
  readonly meaning: Meaning;
  readonly metric: Metric | MetricMath;
  /** @default no alarm */
  readonly alarmAt?: AlarmAt;
}
