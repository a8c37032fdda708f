// The health monitor of an entrance: what it counts, whom it alerts, and what it may do.
import { expect } from "chai";
import { environments } from "../../../infra/environments";
import { ecommerce } from "../../../infra/systems/ecommerce";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { type Deployment, deploy, type Registered } from "../../../offline/providers/mocks";
import { awsPlanOf } from "../support/aws";
import { runOf } from "../support/run";

describe("the health monitor of an entrance", function () {
  this.timeout(60_000);
  let built: Deployment<unknown>;
  before(async () => {
    const system = {
      ...ecommerce,
      entrances: {
        ...ecommerce.entrances,
        mobile: {
          kind: "http" as const,
          routes: { order: { authentication: { public: "Tokens are the service's" } } },
        },
      },
    };
    const plan = awsPlanOf(runOf("prod"), { systems: { ecommerce: system }, environments });
    built = await deploy(() => buildOnEcs(plan), { region: plan.region });
  });
  const monitors = () =>
    built.ofType("aws:lambda/function:Function").filter(({ name }) => name.endsWith("-health-monitor"));

  it("stands before each API, counts its answers and asks for its health every five minutes", () => {
    const [apis, https] = ["aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api"].map((type) =>
      built.ofType(type),
    ) as [readonly Registered[], readonly Registered[]];
    const topic = built.one("aws:sns/topic:Topic", "alarms-topic");
    expect(monitors().length).to.equal(apis.length + https.length);
    const asked: (string | undefined)[][] = [];
    for (const { inputs } of monitors()) {
      const { variables } = inputs.environment as { variables: Record<string, string> };
      expect([...apis.map(({ outputs }) => outputs.name), ...https.map(({ outputs }) => outputs.id)]).to.include(
        variables.API_NAME ?? variables.API_ID,
      );
      asked.push([variables.ENTRANCE, variables.HEALTH_URL, variables.HEALTH_STATUS]);
      expect([variables.ERROR_THRESHOLD, variables.ALERT_TOPIC_ARN]).to.deep.equal(["10", topic.outputs.arn]);
    }
    expect(asked).to.have.deep.members([
      ["api", "https://api.example.com/health", "200"],
      ["mobile", "https://mobile.example.com/health", "404"],
    ]);
    const schedules = built
      .ofType("aws:cloudwatch/eventRule:EventRule")
      .filter(({ name }) => name.includes("health-monitor"));
    expect(schedules.map(({ inputs }) => inputs.scheduleExpression)).to.deep.equal(
      monitors().map(() => "rate(5 minutes)"),
    );
  });

  it("rings when two checks in a row fail, and not before there was one", () => {
    const alarms = built
      .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(({ inputs }) => inputs.metricName === "Failures");
    expect(alarms.map(({ inputs }) => inputs.dimensions)).to.have.deep.members([
      { Entrance: "api" },
      { Entrance: "mobile" },
    ]);
    const [group] = built
      .ofType("aws:cloudwatch/compositeAlarm:CompositeAlarm")
      .filter(({ name }) => name === "front-door-failing");
    for (const { inputs, outputs } of alarms) {
      expect([inputs.threshold, inputs.evaluationPeriods, inputs.treatMissingData, inputs.alarmActions]).to.deep.equal([
        ...[0, 2, "notBreaching", undefined],
      ]);
      expect(group?.inputs.alarmRule).to.contain(`ALARM("${String(outputs.name)}")`);
    }
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
