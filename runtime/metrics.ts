// Business metrics as log lines in CloudWatch's embedded metric format. CloudWatch Logs makes the metrics; the service needs no right and no connection.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html

/** Units of CloudWatch that business metrics use. */
export type MetricUnit = "Count" | "Milliseconds" | "Seconds" | "Bytes" | "Percent" | "None";

/** How a value is recorded. */
export interface MetricOptions {
  /** @default "Count" */
  readonly unit?: MetricUnit;
  /** At most 29 beside the service. Each combination of values is a metric of its own and costs 0.30 USD a month: no identifiers. @default none */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** @default `<SERVICE_NAME>/Business` */
  readonly namespace?: string;
  /** Values for the log line only (`orderId`). @default none */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** CloudWatch takes 30 dimensions a metric. */
const MOST_DIMENSIONS = 30;
/** And values between -2^360 and 2^360. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const LARGEST = 2 ** 360;

/**
 * Records values of metrics: `record({ OrderValue: 12.5 }, { unit: "None", dimensions: { currency: "EUR" } })`. Sums, averages and percentiles
 * follow from the values, so that one call serves counters, gauges and histograms.
 *
 * @throws RangeError when a value is no number that CloudWatch takes, or there are too many dimensions
 */
export function record(values: Readonly<Record<string, number>>, options: MetricOptions = {}): void {
  const { unit = "Count", dimensions = {}, properties = {} } = options;
  const service = process.env.SERVICE_NAME ?? process.env.AWS_LAMBDA_FUNCTION_NAME ?? "unknown";
  const { namespace = `${service}/Business` } = options;
  const all = { service, ...dimensions };
  for (const [name, value] of Object.entries(values))
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST)
      throw new RangeError(`${name} is ${value}, which is no value of a metric`);
  const names = Object.keys(all);
  if (names.length > MOST_DIMENSIONS)
    throw new RangeError(`${names.length} dimensions: CloudWatch takes ${MOST_DIMENSIONS}`);
  const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: unit }));
  const directive = { Namespace: namespace, Dimensions: [names], Metrics };
  console.log(
    JSON.stringify({
      ...properties,
      ...all,
      ...values,
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
    }),
  );
}
