import { expect } from "chai";
import { build } from "./fixtures";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const QUEUE = "aws:sqs/queue:Queue";

describe("components/aws/messaging alarms", () => {
  it("ring for the first message given up, and tells the topic it was given", async () => {
    const quiet = await build();
    expect(quiet.one(ALARM, "m-work-dead-letter").inputs).to.deep.equal({
      alarmDescription: "Messages lie in m-work-dead-letter: find out why they were given up, then redrive them.",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: quiet.one(QUEUE, "m-work-dead-letter").outputs.name },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
    const loud = await build({ alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms" });
    expect(loud.ofType(ALARM).map(({ name, inputs }) => [name, inputs.alarmActions, inputs.okActions])).to.deep.equal(
      ["m-work-dead-letter", "m-events-to-work-undelivered"].map((name) => [
        name,
        ["arn:aws:sns:eu-central-1:123456789012:alarms"],
        ["arn:aws:sns:eu-central-1:123456789012:alarms"],
      ]),
    );
  });

  it("ring when messages wait longer than the queue's own limit, where it has one", async () => {
    const slow = { visibilityTimeout: "30s", maxReceiveCount: 3, maxAge: "5m" } as const;
    const deployment = await build({ queues: { work: slow } });
    expect(deployment.ofType(ALARM).map(({ name }) => name)).to.have.members([
      "m-work-dead-letter",
      "m-work-age",
      "m-events-to-work-undelivered",
    ]);
    expect(deployment.one(ALARM, "m-work-age").inputs).to.deep.equal({
      alarmDescription: "Messages wait in m-work for more than 5m: see whether its consumer runs and keeps up.",
      namespace: "AWS/SQS",
      metricName: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: deployment.one(QUEUE, "m-work").outputs.name },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 3,
      threshold: 300,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
    });
  });
});
