// Lambda calls `handler` every five minutes: it asks the entrance for its health, counts the 5XX answers of its API and alerts people when there are too
// many. An error is thrown, not swallowed: Lambda tries again, keeps the call in the dead-letter queue, and the alarm on errors rings.
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { SNSClient } from "@aws-sdk/client-sns";
import { checkHealth, configFrom, monitor, type Outcome } from "./monitor";

const clients = { cloudwatch: new CloudWatchClient({}), sns: new SNSClient({}) };

/** @throws Error when a variable is missing, or CloudWatch or SNS does not answer */
export async function handler(): Promise<Outcome> {
  const config = configFrom(process.env);
  const healthy = await checkHealth(config, console.log);
  return { ...(await monitor(config, clients, new Date())), healthy };
}
