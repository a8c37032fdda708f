// Business metrics without a library in the service: the service logs each event that it publishes as one line of JSON, and a metric filter counts
// the lines. SNS counts messages by topic only, not by the type of their event.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, type Problem, type Signal, throwIfAny, transformed, unless } from "../../kit";
import { placed } from "../kit";
import type { CountedEvent, EventMetricsArgs } from "./args";

const TYPE = "archipelago:observability:EventMetrics";

/**
 * A metric filter for each event and publisher. The publisher logs `{"event_type": "ORDER_CREATED", …}` for each event that it has published,
 * once. A metric costs 0.30 USD a month. Another metric or event type updates a filter in place.
 *
 * @example
 * new EventMetrics("business", {
 *   placement,
 *   namespace: "shop/prod/Business",
 *   events: [{ metric: "OrdersCreated", eventType: "ORDER_CREATED", publisher: "order", logGroupName: order.logGroupName }],
 * });
 */
export class EventMetrics extends pulumi.ComponentResource {
  /** A metric each; publishers of the same one are counted together. */
  readonly signals: readonly Signal[];
  /** The children, by publisher and metric. */
  readonly nodes: { readonly filters: Readonly<Record<string, aws.cloudwatch.LogMetricFilter>> };

  constructor(name: string, args: EventMetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const { placement, namespace, events, transform } = args;
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(placement), ...validateEventMetrics(args)]);
    const filters = events.map((event): [string, aws.cloudwatch.LogMetricFilter] => {
      const key = `${event.publisher}-${event.metric}-${event.eventType}`;
      return [
        key,
        new aws.cloudwatch.LogMetricFilter(
          ...transformed<aws.cloudwatch.LogMetricFilterArgs>(
            transform?.filter,
            `${name}-${key}`,
            filterArgs(namespace, event),
            { parent: this },
          ),
        ),
      ];
    });
    this.nodes = { filters: Object.fromEntries(filters) };
    this.signals = [...new Set(events.map(({ metric }) => metric))].map((metric) => signalOf(name, namespace, metric));
    this.registerOutputs({});
  }
}

function filterArgs(namespace: string, { metric, eventType, logGroupName }: CountedEvent) {
  return {
    logGroupName,
    pattern: `{ $.event_type = "${eventType}" }`,
    // With a default, hours without an event are zeros and not gaps.
    metricTransformation: { namespace, name: metric, value: "1", defaultValue: "0", unit: "Count" },
  };
}

function signalOf(of: string, namespace: string, name: string): Signal {
  const metric = { namespace, name, dimensions: {}, statistic: "Sum", unit: "count", period: 300 } as const;
  return { of, role: name, meaning: "traffic", metric };
}

function validateEventMetrics({ namespace, events }: EventMetricsArgs): Problem[] {
  return [
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html; `AWS/` is AWS's own.
    ...unless(/^(?!AWS\/)[\w./#-]{1,255}$/.test(namespace), {
      path: "namespace",
      value: namespace,
      allowed: 'letters, digits and . - _ / #, at most 255, not beginning with "AWS/"',
      remedy: 'write it like "shop/prod/Business"',
    }),
    ...events.flatMap(({ metric, eventType }, index) => [
      ...unless(/^[A-Z][A-Za-z0-9]{0,254}$/.test(metric), {
        path: `events[${index}].metric`,
        value: metric,
        allowed: "letters and digits, a capital first",
        remedy: 'name it like "OrdersCreated"',
      }),
      ...unless(/^[\w.-]+$/.test(eventType), {
        path: `events[${index}].eventType`,
        value: eventType,
        allowed: "letters, digits and . - _",
        remedy: "correct it",
      }),
    ]),
  ];
}
