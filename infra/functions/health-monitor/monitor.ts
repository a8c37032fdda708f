// What the health monitor does, apart from where it runs.
import { type CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";

/** Settings of the monitor; each is an environment variable of the function. */
export interface MonitorConfig {
  /** `ENTRANCE`: name of the entrance, in alerts and metrics. */
  readonly entrance: string;
  /** `API_NAME`: name of a REST API, or `API_ID`: id of an HTTP API, whose answers are counted. */
  readonly api: { readonly name: string } | { readonly id: string };
  /** `API_STAGE` */
  readonly stage: string;
  /** `ALERT_TOPIC_ARN`: the topic that people have subscribed to. */
  readonly topicArn: string;
  /** `ERROR_THRESHOLD`: 5XX answers in five minutes above which an alert is published. */
  readonly threshold: number;
  /** `HEALTH_URL`: what is asked from outside the network. */
  readonly healthUrl: string;
  /** `HEALTH_STATUS`: status of the answer of an entrance that works. */
  readonly healthStatus: number;
  /** `METRIC_NAMESPACE`: where `Failures` and `ResponseTime` of the health check are, by `Entrance`. */
  readonly namespace: string;
}

/** What one run has found. */
export interface Outcome {
  readonly errors: number;
  readonly alerted: boolean;
  /** Whether the entrance answered as it should. */
  readonly healthy: boolean;
}

const MINUTE = 60_000;
const MINUTES = 5;

/**
 * Reads the settings.
 *
 * @throws Error that names every variable that is missing or wrong
 */
export function configFrom(environment: Readonly<Record<string, string | undefined>>): MonitorConfig {
  const { ENTRANCE = "", API_NAME = "", API_ID = "", API_STAGE = "", ALERT_TOPIC_ARN = "" } = environment;
  const { HEALTH_URL = "", METRIC_NAMESPACE = "" } = environment;
  const [threshold, healthStatus] = [environment.ERROR_THRESHOLD, environment.HEALTH_STATUS].map((text = "") =>
    /^\d+$/.test(text) ? Number(text) : undefined,
  );
  const wrong = [
    ...Object.entries({ ENTRANCE, API_STAGE, ALERT_TOPIC_ARN, HEALTH_URL, METRIC_NAMESPACE }).flatMap(
      ([name, value]) => (value === "" ? [name] : []),
    ),
    ...((API_NAME === "") === (API_ID === "") ? ["API_NAME or API_ID"] : []),
    ...(threshold === undefined ? ["ERROR_THRESHOLD"] : []),
    ...(healthStatus === undefined ? ["HEALTH_STATUS"] : []),
  ];
  if (wrong.length > 0 || threshold === undefined || healthStatus === undefined)
    throw new Error(`missing or wrong environment variables: ${wrong.join(", ")}`);
  return {
    entrance: ENTRANCE,
    api: API_NAME === "" ? { id: API_ID } : { name: API_NAME },
    stage: API_STAGE,
    topicArn: ALERT_TOPIC_ARN,
    ...{ threshold, healthStatus },
    healthUrl: HEALTH_URL,
    namespace: METRIC_NAMESPACE,
  };
}

/** Longest wait for the answer to a health check, milliseconds. */
const LONGEST_ANSWER = 10_000;

/**
 * Asks the entrance as a client outside the network does, and logs the metrics of the answer in the embedded metric format, which needs no right to
 * publish metrics (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 *
 * @param log writes a line of the function's log
 */
export async function checkHealth(
  { entrance, healthUrl, healthStatus, namespace }: MonitorConfig,
  log: (line: string) => void,
): Promise<boolean> {
  const start = Date.now();
  const found = await statusOf(healthUrl);
  const healthy = found === healthStatus;
  const Metrics = [
    { Name: "Failures", Unit: "Count" },
    { Name: "ResponseTime", Unit: "Milliseconds" },
  ];
  log(
    JSON.stringify({
      _aws: {
        Timestamp: start,
        CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [["Entrance"]], Metrics }],
      },
      Entrance: entrance,
      Failures: healthy ? 0 : 1,
      ResponseTime: Date.now() - start,
      found,
    }),
  );
  return healthy;
}

/** Status of an answer, or why there is none. */
async function statusOf(url: string): Promise<number | string> {
  try {
    const { status } = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(LONGEST_ANSWER) });
    return status;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  }
}

/**
 * Counts the 5XX answers of the last five whole minutes, of which the youngest is over for a minute, because CloudWatch gets metrics late. Publishes one
 * alert when there are more than the threshold.
 */
export async function monitor(
  { entrance, api, stage, topicArn, threshold }: MonitorConfig,
  { cloudwatch, sns }: { readonly cloudwatch: CloudWatchClient; readonly sns: SNSClient },
  now: Date,
): Promise<Omit<Outcome, "healthy">> {
  const end = Math.floor(now.getTime() / MINUTE) * MINUTE - MINUTE;
  const [MetricName, dimension] =
    "name" in api ? ["5XXError", { Name: "ApiName", Value: api.name }] : ["5xx", { Name: "ApiId", Value: api.id }];
  const Metric = {
    ...{ Namespace: "AWS/ApiGateway", MetricName },
    Dimensions: [dimension, { Name: "Stage", Value: stage }],
  };
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(end - MINUTES * MINUTE),
      EndTime: new Date(end),
      MetricDataQueries: [{ Id: "errors", MetricStat: { Metric, Period: 60, Stat: "Sum" } }],
    }),
  );
  const errors = MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((sum, value) => sum + value, 0);
  const alerted = errors > threshold;
  if (alerted) {
    await sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: `${entrance}: ${errors} failed requests`,
        Message: [
          `The entrance ${entrance} (stage ${stage}) answered ${errors} requests with 5XX from ${new Date(end - MINUTES * MINUTE).toISOString()} to ${new Date(end).toISOString()}.`,
          `An alert is published above ${threshold}.`,
        ].join("\n"),
      }),
    );
  }
  return { errors, alerted };
}
