// The health monitor of an entrance: what it counts, whom it alerts, and what it may do.
import { expect } from "chai";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { type Deployment, deploy } from "../../../offline/providers/mocks";
import { planFor, runOf } from "../support/run";

describe("the health monitor of an entrance", function () {
  this.timeout(60_000);
  let built: Deployment<unknown>;
  before(async () => {
    const plan = planFor(runOf("prod"));
    built = await deploy(() => buildOnEcs(plan), { region: plan.region });
  });
  const monitors = () =>
    built.ofType("aws:lambda/function:Function").filter(({ name }) => name.endsWith("-health-monitor"));

  it("stands before each REST API and counts its answers every five minutes", () => {
    const apis = built.ofType("aws:apigateway/restApi:RestApi");
    const topic = built.one("aws:sns/topic:Topic", "alarms-topic");
    expect(monitors().length).to.equal(apis.length);
    for (const { inputs } of monitors()) {
      const { variables } = inputs.environment as { variables: Record<string, string> };
      expect(apis.map(({ outputs }) => outputs.name)).to.include(variables.API_NAME);
      expect([variables.ERROR_THRESHOLD, variables.ALERT_TOPIC_ARN]).to.deep.equal(["10", topic.outputs.arn]);
    }
    const schedules = built
      .ofType("aws:cloudwatch/eventRule:EventRule")
      .filter(({ name }) => name.includes("health-monitor"));
    expect(schedules.map(({ inputs }) => inputs.scheduleExpression)).to.deep.equal(
      monitors().map(() => "rate(5 minutes)"),
    );
  });

  it("may read metrics and publish to the alarm topic, beside what every function may", () => {
    const policies = built
      .ofType("aws:iam/rolePolicy:RolePolicy")
      .filter(({ name }) => name.endsWith("-health-monitor"));
    for (const { inputs } of policies) {
      const { Statement } = JSON.parse(String(inputs.policy)) as { Statement: { Sid: string; Action: unknown }[] };
      expect(Object.fromEntries(Statement.map(({ Sid, Action }) => [Sid, Action]))).to.deep.equal({
        WriteLogs: ["logs:CreateLogStream", "logs:PutLogEvents"],
        WriteTraces: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        KeepFailedCalls: "sqs:SendMessage",
        UseKey: ["kms:Decrypt", "kms:GenerateDataKey"],
        PublishAlerts: "sns:Publish",
        UseAlertKey: ["kms:Decrypt", "kms:GenerateDataKey*"],
        ReadMetrics: "cloudwatch:GetMetricData",
      });
    }
    expect(policies.length).to.equal(monitors().length);
  });

  it("sends its own alarms by a group: only groups and the topic's other users send messages", () => {
    const loud = built
      .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(
        ({ inputs }) =>
          inputs.alarmActions !== undefined && !String(inputs.alarmDescription).startsWith("Drives the scaling"),
      );
    expect(loud.map(({ name }) => name)).to.deep.equal([]);
    const rules = built
      .ofType("aws:cloudwatch/compositeAlarm:CompositeAlarm")
      .map(({ inputs }) => String(inputs.alarmRule))
      .join(" ");
    const quiet = built
      .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(({ inputs }) => inputs.alarmActions === undefined);
    expect(
      quiet.filter(({ outputs }) => !rules.includes(`ALARM("${String(outputs.name)}")`)).map(({ name }) => name),
    ).to.deep.equal([]);
  });
});
