// The health monitor as Lambda runs it: the bundled file in a process of its own, against an AWS API server.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { bundled } from "../../components/aws/function";
import { collect } from "../../cli/process";
import { type AwsServer, startAws } from "./support/aws-server";
import { root } from "./support/stacks";

/** The outcome, below the line of metrics. */
const outcomeIn = (stdout: string): string => stdout.trim().split("\n").at(-1) ?? "";

describe("the health monitor, against an AWS API server", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "archipelago-monitor-"));
  let aws: AwsServer;
  let topicArn = "";
  let queueUrl = "";
  let healthUrl = "";
  const entrance = createServer((_, response) => response.writeHead(200).end());

  before(async function () {
    const started = await startAws();
    if (typeof started === "string") return this.skip();
    aws = started;
    await new Promise<void>((listening) => entrance.listen(0, "127.0.0.1", listening));
    healthUrl = `http://127.0.0.1:${(entrance.address() as AddressInfo).port}/health`;
    // The runtime brings the SDK; here the repository's packages do.
    writeFileSync(join(folder, "index.js"), bundled(join(root, "infra/functions/health-monitor/index.ts")));
    const [sns, sqs] = [new SNSClient(aws.client), new SQSClient(aws.client)];
    topicArn = (await sns.send(new CreateTopicCommand({ Name: "alerts" }))).TopicArn ?? "";
    queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }))).QueueUrl ?? "";
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }),
    );
    await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn ?? "" }));
    return undefined;
  });

  after(() => {
    entrance.close();
    (aws as AwsServer | undefined)?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Errors of an API, some minutes ago. */
  const fail = (api: string, count: number, minutesAgo: number): Promise<unknown> =>
    new CloudWatchClient(aws.client).send(
      new PutMetricDataCommand({
        Namespace: "AWS/ApiGateway",
        MetricData: [
          {
            MetricName: "5XXError",
            Dimensions: [
              { Name: "ApiName", Value: api },
              { Name: "Stage", Value: "v1" },
            ],
            Timestamp: new Date(Date.now() - minutesAgo * 60_000),
            Value: count,
          },
        ],
      }),
    );

  const run = (api: string, more: Record<string, string> = {}) =>
    collect({
      file: process.execPath,
      args: [
        "-e",
        "require(process.argv[1]).handler().then((outcome) => console.log(JSON.stringify(outcome)), (error) => { console.error(error.message); process.exitCode = 1; })",
        join(folder, "index.js"),
      ],
      env: {
        PATH: process.env.PATH ?? "",
        NODE_NO_WARNINGS: "1",
        NODE_PATH: join(root, "node_modules"),
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_REGION: "eu-central-1",
        AWS_ACCESS_KEY_ID: "moto",
        AWS_SECRET_ACCESS_KEY: "moto",
        ENTRANCE: api,
        API_NAME: api,
        HEALTH_URL: healthUrl,
        HEALTH_STATUS: "200",
        METRIC_NAMESPACE: "shop/prod/Health",
        API_STAGE: "v1",
        ALERT_TOPIC_ARN: topicArn,
        ERROR_THRESHOLD: "10",
        ...more,
      },
    });

  /** Subjects of all alerts that have arrived. */
  const alerts = async (): Promise<string[]> => {
    const { Messages = [] } = await new SQSClient(aws.client).send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    return Messages.map(({ Body = "{}" }) => (JSON.parse(Body) as { Subject: string }).Subject);
  };

  it("is silent without errors, at the threshold, and about errors that are over", async () => {
    await fail("quiet", 10, 3);
    await fail("old", 100, 30);
    for (const [api, errors] of [
      ["none", 0],
      ["quiet", 10],
      ["old", 0],
    ] as const) {
      const { code, stdout, stderr } = await run(api);
      expect([api, code, stderr, outcomeIn(stdout)]).to.deep.equal([
        api,
        0,
        "",
        JSON.stringify({ errors, alerted: false, healthy: true }),
      ]);
    }
    expect(await alerts()).to.deep.equal([]);
  });

  it("publishes exactly one alert above the threshold", async () => {
    await fail("shop", 6, 2);
    await fail("shop", 5, 4);
    const { code, stdout } = await run("shop");
    expect([code, outcomeIn(stdout)]).to.deep.equal([0, JSON.stringify({ errors: 11, alerted: true, healthy: true })]);
    expect(await alerts()).to.deep.equal(["shop: 11 failed requests"]);
  });

  it("fails with every variable that is missing, and when the topic does not exist", async () => {
    const unset = await run("shop", { API_STAGE: "", ERROR_THRESHOLD: "ten" });
    expect([unset.code, unset.stderr.trim()]).to.deep.equal([
      1,
      "missing or wrong environment variables: API_STAGE, ERROR_THRESHOLD",
    ]);
    const lost = await run("shop", { ALERT_TOPIC_ARN: `${topicArn}-gone` });
    expect(lost.code).to.equal(1);
    expect(lost.stderr).to.contain("does not exist");
  });
});
