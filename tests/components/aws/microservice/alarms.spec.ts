import { expect } from "chai";
import type { Deployment } from "../../../../offline/providers/mocks";
import { build, routing, unnamed } from "./fixtures";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms";
const namesOf = ({ ofType }: Deployment<unknown>) => ofType(ALARM).map(({ name }) => name);

describe("components/aws/microservice alarms", () => {
  it("watches the number of tasks of every service", async () => {
    const { one } = await build();
    const dimensions = { ClusterName: "shop", ServiceName: one("aws:ecs/service:Service").outputs.name };
    const count = (metricName: string) => ({
      metric: { namespace: "ECS/ContainerInsights", metricName, dimensions, period: 60, stat: "Minimum" },
    });
    expect(one(ALARM).inputs).to.deep.equal({
      alarmDescription: "Fewer than 2 tasks of order run, although 2 or more are wanted.",
      metricQueries: [
        {
          id: "missing",
          expression: "IF(wanted >= 2 AND running < 2, 1, 0)",
          label: "Too few tasks",
          returnData: true,
        },
        { id: "wanted", ...count("DesiredTaskCount") },
        { id: "running", ...count("RunningTaskCount") },
      ],
      evaluationPeriods: 5,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // No data is no fault: a service that was just made has none.
      treatMissingData: "notBreaching",
    });
  });

  it("watches the targets of a routed service, with the seed's threshold for 5XX", async () => {
    const deployment = await build({ routing });
    const dimensions = {
      LoadBalancer: "app/shop/1",
      TargetGroup: deployment.one("aws:lb/targetGroup:TargetGroup").outputs.arnSuffix,
    };
    expect(namesOf(deployment)).to.have.members([
      "order-too-few-tasks",
      "order-unhealthy-hosts",
      "order-server-errors",
    ]);
    expect(deployment.one(ALARM, "order-server-errors").inputs).to.deep.equal({
      alarmDescription: "order answers with 5XX.",
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_Target_5XX_Count",
      dimensions,
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 2,
      threshold: 10,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
    expect(deployment.one(ALARM, "order-unhealthy-hosts").inputs).to.deep.equal({
      alarmDescription: "Tasks of order fail the load balancer's health check.",
      namespace: "AWS/ApplicationELB",
      metricName: "UnHealthyHostCount",
      dimensions,
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 3,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
  });

  it("can't watch targets of a load balancer that it isn't told the name of", async () => {
    expect(namesOf(await build({ routing: unnamed }))).to.deep.equal(["order-too-few-tasks"]);
  });

  it("expects the least that any schedule asks for, and one task where one is wanted of a service that may be gone", async () => {
    const night = { schedule: "rate(1 day)", max: 4 };
    const least = async (min: number) => {
      const { one } = await build({ scaling: { min: 3, max: 4, schedules: { night: { ...night, min } } } });
      return (one(ALARM).inputs.metricQueries as { readonly expression?: string }[])[0]?.expression;
    };
    expect(await least(2)).to.equal("IF(wanted >= 2 AND running < 2, 1, 0)");
    expect(await least(0)).to.equal("IF(wanted >= 1 AND running < 1, 1, 0)");
  });

  it("tells the topic of every fault and of its end, and never of scaling", async () => {
    const steps = [
      { from: 0, change: 0 },
      { from: 10, change: 1 },
    ];
    const { ofType } = await build({
      routing,
      alarmTopicArn: TOPIC,
      scaling: { min: 1, max: 2, cpu: 50, queue: { queueName: "q", steps } },
    });
    const told = ofType(ALARM).filter(({ inputs }) => (inputs.alarmActions as string[]).includes(TOPIC));
    expect(told.map(({ name, inputs }) => [name, inputs.okActions])).to.have.deep.members([
      ["order-too-few-tasks", [TOPIC]],
      ["order-unhealthy-hosts", [TOPIC]],
      ["order-server-errors", [TOPIC]],
    ]);
    expect(ofType(ALARM)).to.have.length(4);
  });
});
