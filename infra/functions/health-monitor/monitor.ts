// What the health monitor does, apart from where it runs.
import { type CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";

/** Settings of the monitor; each is an environment variable of the function. */
export interface MonitorConfig {
  /** `API_NAME`: the API whose answers are counted. */
  readonly apiName: string;
  /** `API_STAGE` */
  readonly stage: string;
  /** `ALERT_TOPIC_ARN`: the topic that people have subscribed to. */
  readonly topicArn: string;
  /** `ERROR_THRESHOLD`: 5XX answers in five minutes above which an alert is published. */
  readonly threshold: number;
}

/** What one run has found. */
export interface Outcome {
  readonly errors: number;
  readonly alerted: boolean;
}

const MINUTE = 60_000;
const MINUTES = 5;

/**
 * Reads the settings.
 *
 * @throws Error that names every variable that is missing or wrong
 */
export function configFrom(environment: Readonly<Record<string, string | undefined>>): MonitorConfig {
  const { API_NAME = "", API_STAGE = "", ALERT_TOPIC_ARN = "", ERROR_THRESHOLD = "" } = environment;
  const threshold = /^\d+$/.test(ERROR_THRESHOLD) ? Number(ERROR_THRESHOLD) : NaN;
  const wrong = [
    ...Object.entries({ API_NAME, API_STAGE, ALERT_TOPIC_ARN }).flatMap(([name, value]) =>
      value === "" ? [name] : [],
    ),
    ...(Number.isNaN(threshold) ? ["ERROR_THRESHOLD"] : []),
  ];
  if (wrong.length > 0) throw new Error(`missing or wrong environment variables: ${wrong.join(", ")}`);
  return { apiName: API_NAME, stage: API_STAGE, topicArn: ALERT_TOPIC_ARN, threshold };
}

/**
 * Counts the 5XX answers of the last five whole minutes, of which the youngest is over for a minute, because CloudWatch gets metrics late. Publishes one
 * alert when there are more than the threshold.
 */
export async function monitor(
  { apiName, stage, topicArn, threshold }: MonitorConfig,
  { cloudwatch, sns }: { readonly cloudwatch: CloudWatchClient; readonly sns: SNSClient },
  now: Date,
): Promise<Outcome> {
  const end = Math.floor(now.getTime() / MINUTE) * MINUTE - MINUTE;
  const Dimensions = [
    { Name: "ApiName", Value: apiName },
    { Name: "Stage", Value: stage },
  ];
  const Metric = { Namespace: "AWS/ApiGateway", MetricName: "5XXError", Dimensions };
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
        Subject: `${apiName}: ${errors} failed requests`,
        Message: [
          `The API ${apiName} (stage ${stage}) answered ${errors} requests with 5XX from ${new Date(end - MINUTES * MINUTE).toISOString()} to ${new Date(end).toISOString()}.`,
          `An alert is published above ${threshold}.`,
        ].join("\n"),
      }),
    );
  }
  return { errors, alerted };
}
