// Lambda calls `handler` every five minutes: it counts the 5XX answers of an API and alerts people when there are too many. An error is thrown, not
// swallowed: Lambda tries again, keeps the call in the dead-letter queue, and the alarm on errors rings.
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { SNSClient } from "@aws-sdk/client-sns";
import { configFrom, monitor, type Outcome } from "./monitor";

const clients = { cloudwatch: new CloudWatchClient({}), sns: new SNSClient({}) };

/** @throws Error when a variable is missing, or CloudWatch or SNS does not answer */
export async function handler(): Promise<Outcome> {
  return await monitor(configFrom(process.env), clients, new Date());
}
